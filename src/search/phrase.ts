// Phrases: stems in sequence within one field of a paper.
import type { QueryTerms } from "./query-terms.ts";
import { fieldShift, type Positions } from "./segment.ts";

/** Tells of one paper of the segment after another whether it holds the phrase, in a given field or any. */
export function openPhrase(
  stems: readonly string[],
  terms: QueryTerms,
  { segment, field = null }: { segment: number; field?: number | null },
): (doc: number) => boolean {
  const numbers = stems.map((stem) => terms.get(stem).numbers[segment]!);
  if (numbers.includes(-1)) return () => false;
  if (stems.length === 1) return () => true;
  // A stem that stands in the phrase twice is read once.
  const opened = new Map<number, Positions>();
  for (const number of numbers) {
    if (!opened.has(number)) opened.set(number, terms.segments[segment]!.openPositions(number));
  }
  const readers = numbers.map((number) => opened.get(number)!);
  const different = [...opened.values()];
  return (doc) => different.every((reader) => reader.moveTo(doc)) && standInSequence(readers, field);
}

/** True when some place of the first is followed by the next places of the others. Field bits keep fields apart. */
function standInSequence(readers: readonly Positions[], field: number | null): boolean {
  const first = readers[0]!;
  for (let i = first.start; i < first.end; i++) {
    const place = first.data[i]!;
    if (field !== null && place >> fieldShift !== field) continue;
    let k = 1;
    while (k < readers.length && holds(readers[k]!, place + k)) k++;
    if (k === readers.length) return true;
  }
  return false;
}

function holds({ data, start, end }: Positions, place: number): boolean {
  let i = start;
  while (i < end && data[i]! < place) i++;
  return i < end && data[i] === place;
}
