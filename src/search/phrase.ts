// Quoted phrases: stems in sequence within one field of a paper.
import type { Positions, Segment } from "./segment.ts";

/** Tells of one paper after another whether it holds the phrase; null when the segment lacks one of its stems. */
export function openPhrase(stems: readonly string[], segment: Segment): ((doc: number) => boolean) | null {
  const terms = stems.map((stem) => segment.findTerm(stem));
  if (terms.includes(-1)) return null;
  const readers = terms.map((term) => segment.openPositions(term));
  return (doc) => readers.every((reader) => reader.moveTo(doc)) && standInSequence(readers);
}

/** True when some place of the first is followed by the next places of the others. Field bits keep fields apart. */
function standInSequence(readers: readonly Positions[]): boolean {
  const [first, ...others] = readers;
  if (!first) return false;
  for (let i = first.start; i < first.end; i++) {
    const place = first.data[i]!;
    if (others.every((reader, k) => holds(reader, place + k + 1))) return true;
  }
  return false;
}

function holds({ data, start, end }: Positions, place: number): boolean {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (data[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low < end && data[low] === place;
}
