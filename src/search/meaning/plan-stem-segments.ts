// The engine's segments as the search for similar papers sees them.
import { QueryTerms } from "../query-terms.ts";
import { frequencyOf } from "../scoring.ts";
import type { Segment } from "../segment.ts";
import { titleWeight } from "./similar.ts";
import type { StemSegment } from "./similar-papers.ts";

export function openStemSegments(segments: readonly Segment[]): StemSegment[] {
  const terms = new QueryTerms(segments);
  return segments.map((segment, at) => ({
    size: segment.size,
    countsOf(stem) {
      const postings = terms.postings(stem, at);
      if (!postings) return null;
      const { docs, codes } = postings;
      // Where only an author bears the word it counts as once in the abstract.
      const count = (i: number) =>
        Math.max(1, titleWeight * frequencyOf(codes[i]!, 0) + frequencyOf(codes[i]!, 1));
      return { docs, count };
    },
    keyOf: (doc) => segment.keyOf(doc),
    isRemoved: (doc) => segment.removed.has(doc),
  }));
}
