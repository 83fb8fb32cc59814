// Feedback from the nearest papers (Rocchio 1971, without the negative part): the query's vector is moved towards their
// middle. It helps where the query names a topic and hurts where it means one paper, so the weight is 0 there (fusion.ts).
import type { VectorShelf } from "./vector-shelf.ts";

/** Papers that speak. */
export const feedbackPapers = 20;

/** The unit vector plus `weight` times the unit middle of the papers' vectors; any length. Papers without one are silent. */
export function moveTowards(
  vector: Float32Array,
  { shelf, keys, weight }: { shelf: VectorShelf; keys: readonly number[]; weight: number },
): Float32Array {
  const middle = new Float32Array(vector.length);
  for (const key of keys) addUnit(middle, shelf.rowOf(key));
  const share = weight / (lengthOf(middle) || 1);
  return vector.map((value, i) => value + share * middle[i]!);
}

function addUnit(to: Float32Array, row: ArrayLike<number> | null): void {
  const length = row ? lengthOf(row) : 0;
  if (!row || length === 0) return;
  const scale = 1 / length;
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + row[i]! * scale;
}

function lengthOf(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
  return Math.sqrt(squares);
}
