// The keys of the papers that meet a query's conditions. The meaning side asks by key, and of every paper: looking each one
// up in the segments cost more than all the rest of a query.
import { addBit, type Bits, countBits, forEachBit, hasBit, noBits } from "./bits.ts";
import type { Segment } from "./segment.ts";

/** Up to such keys a bit for each is small (16 MiB); beyond, a set of those there are. */
const largestTabled = 2 ** 27;

export interface AcceptedKeys {
  count: number;
  has(key: number): boolean;
  list(): number[];
}

/** `accepted`: sets of docs, beside the segments. */
export function openAcceptedKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
): AcceptedKeys {
  const visit = (take: (key: number) => void) => {
    segments.forEach((segment, at) => {
      const bits = accepted[at];
      if (bits) forEachBit(bits, (doc) => take(segment.keyOf(doc)));
    });
  };
  let test: ((key: number) => boolean) | null = null;
  return {
    count: accepted.reduce((sum, bits) => sum + (bits ? countBits(bits) : 0), 0),
    has(key) {
      test ??= openTest(visit);
      return test(key);
    },
    list() {
      const keys: number[] = [];
      visit((key) => keys.push(key));
      return keys;
    },
  };
}

function openTest(visit: (take: (key: number) => void) => void): (key: number) => boolean {
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
