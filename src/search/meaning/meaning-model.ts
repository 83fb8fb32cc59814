// The meaning model: one vector a stem or phrase, eight bits a component. A text's vector is the weighted sum of its rows.
import type { Vocabulary } from "./vocabulary.ts";

export interface MeaningModel {
  vocabulary: Vocabulary;
  /** Components of a vector. */
  dimension: number;
  /** Row r, component i is rows[r * dimension + i] * scales[r]. */
  rows: Int8Array;
  scales: Float32Array;
  facts: ModelFacts;
}

/** How the model came to be: what its file and `broadsheet doctor` tell. */
export interface ModelFacts {
  /** Names the model: vectors of different models cannot be compared. */
  id: string;
  papers: number;
  epochs: number;
  seed: number;
  /** Mean loss of the last steps. */
  loss: number;
}

/** Largest magnitude of a stored component. */
export const largestStep = 127;

/** Rows of floats to rows of bytes with one scale each: the largest component of a row becomes ±127. */
export function quantiseRows(floats: Float32Array, dimension: number): Pick<MeaningModel, "rows" | "scales"> {
  const count = floats.length / dimension;
  const rows = new Int8Array(floats.length);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    scales[row] = quantiseInto(
      floats.subarray(row * dimension, (row + 1) * dimension),
      rows.subarray(row * dimension, (row + 1) * dimension),
    );
  }
  return { rows, scales };
}

/** Writes one vector as bytes; returns its scale (0 for a vector of zeros). */
export function quantiseInto(vector: Float32Array, to: Int8Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  const scale = Math.fround(largest / largestStep);
  for (let i = 0; i < vector.length; i++) to[i] = scale === 0 ? 0 : Math.round(vector[i]! / scale);
  return scale;
}
