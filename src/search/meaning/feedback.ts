// Feedback from the best papers (Rocchio 1971, without the negative part): the query's vector is moved towards their
// middle. It helps where the query names a topic and hurts where it means one paper, so the weight is 0 there (fusion.ts).
import { factorOf } from "./vector-segment.ts";
import type { VectorShelf } from "./vector-shelf.ts";

/** Papers that speak. */
export const feedbackPapers = 25;

/** The unit vector plus `weight` times the unit middle of the papers' vectors; any length. Papers without one are silent. */
export function moveTowards(
  vector: Float32Array,
  { shelf, keys, weight }: { shelf: VectorShelf; keys: readonly number[]; weight: number },
): Float32Array {
  const middle = new Float32Array(vector.length);
  for (const key of keys) {
    const row = shelf.rowOf(key);
    if (row) addUnit(middle, row);
  }
  let squares = 0;
  for (let i = 0; i < middle.length; i++) squares += middle[i]! * middle[i]!;
  const share = squares === 0 ? 0 : weight / Math.sqrt(squares);
  const moved = new Float32Array(vector.length);
  for (let i = 0; i < moved.length; i++) moved[i] = vector[i]! + share * middle[i]!;
  return moved;
}

function addUnit(to: Float32Array, row: Int8Array): void {
  const scale = factorOf(row);
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + row[i]! * scale;
}
