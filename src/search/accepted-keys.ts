// The keys of the papers that meet a query's conditions. The meaning side asks by key, and of every paper: looking each one
// up in the segments cost more than all the rest of a query.
import { addBit, type Bits, forEachBit, hasBit, noBits } from "./bits.ts";
import type { Segment } from "./segment.ts";

/** Up to such keys a bit for each is small (16 MiB); beyond, a set of those there are. */
const largestTabled = 2 ** 27;

/** `accepted`: sets of docs, beside the segments. */
export function openAcceptedKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
): (key: number) => boolean {
  const visit = (take: (key: number) => void) => {
    segments.forEach((segment, at) => {
      const bits = accepted[at];
      if (bits) forEachBit(bits, (doc) => take(segment.keyOf(doc)));
    });
  };
  let largest = 0;
  visit((key) => {
    if (key > largest) largest = key;
  });
  if (largest > largestTabled) {
    const keys = new Set<number>();
    visit((key) => keys.add(key));
    return (key) => keys.has(key);
  }
  const table = noBits(largest + 1);
  visit((key) => addBit(table, key));
  return (key) => key <= largest && hasBit(table, key);
}
