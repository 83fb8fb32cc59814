// Whether two words stand side by side in a paper, told by their places there, and what that is worth.
import { fieldShift, type Positions } from "./segment.ts";

/** Part of a pair's weight that it adds when it stands in the title, the abstract, the authors. */
export const titleShare = 1;
export const abstractShare = 0.4;
export const authorsShare = 1;
export const shares = [titleShare, abstractShare, authorsShare];

/** Bit of a title's places for all from this one on. */
export const lastPlace = 31;

/** The places of a word in the title as bits, the last for all from there on. */
export function bitsOfTitle({ data, start, end }: Positions): number {
  let bits = 0;
  for (let i = start; i < end && data[i]! >> fieldShift === 0; i++)
    bits |= 1 << Math.min(data[i]!, lastPlace);
  return bits >>> 0;
}

/** Share of the best field in which a place of the left is followed by one of the right; `most` ends the search. */
export function bestShare(left: Positions, right: Positions, most: number): number {
  let best = 0;
  let j = right.start;
  for (let i = left.start; i < left.end && best < most; i++) {
    const next = left.data[i]! + 1;
    while (j < right.end && right.data[j]! < next) j++;
    if (j === right.end) break;
    if (right.data[j] === next) best = Math.max(best, shares[next >> fieldShift]!);
  }
  return best;
}
