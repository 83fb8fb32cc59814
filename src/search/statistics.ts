// Counts over all segments: what a term weighs does not depend on how the papers are spread.
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";

/** Papers in all segments, without removed ones. */
export function countAllPapers(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.size - segment.removed.count, 0);
}

/** Papers that hold a stem, without removed ones. */
export function countPapersWith(stem: string, segments: readonly Segment[]): number {
  let papers = 0;
  for (const segment of segments) {
    const term = segment.findTerm(stem);
    if (term >= 0) papers += segment.countPapers(term);
  }
  return papers;
}

/** Weight (idf) of a stem. */
export function weighStem(stem: string, segments: readonly Segment[]): number {
  return inverseDocumentFrequency(countPapersWith(stem, segments), countAllPapers(segments));
}
