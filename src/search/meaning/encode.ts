// Texts to vectors: the weighted sum of the rows of a text's stems and phrases, scaled to length 1.
import type { MeaningModel } from "./meaning-model.ts";
import { poolOf } from "./row-pool.ts";
import { readSentences, type Token } from "./tokens.ts";
import { sentencesOfPaper } from "./training-corpus.ts";
import { rowsOfSentence } from "./vocabulary.ts";

/** A word of the title counts as so many of the abstract. */
const titleWeight = 2;

/** Unit vector of a paper (clean text); null when the model knows none of its words. */
export function encodePaper(
  model: MeaningModel,
  paper: { title: string; abstract: string },
): Float32Array | null {
  return encodeSentences(model, sentencesOfPaper(paper));
}

/** As encodePaper, of sentences: title first. */
export function encodeSentences(
  model: MeaningModel,
  [title, ...abstract]: readonly (readonly Token[])[],
): Float32Array | null {
  const counts = new Map<number, number>();
  countRows(model, [title ?? []], titleWeight, counts);
  countRows(model, abstract, 1, counts);
  return poolRows(model, counts);
}

/** Unit vector of a query or any other text; null when the model knows none of its words. */
export function encodeQuery(model: MeaningModel, text: string): Float32Array | null {
  const counts = new Map<number, number>();
  countRows(model, readSentences(text), 1, counts);
  return poolRows(model, counts);
}

/** Rows of the model that a query's words stand for, each once: stems, and phrases of adjacent ones. */
export function rowsOfQuery(model: MeaningModel, text: string): number[] {
  return [...new Set(readSentences(text).flatMap((tokens) => rowsOfSentence(model.vocabulary, tokens)))];
}

function countRows(
  { vocabulary }: MeaningModel,
  sentences: readonly (readonly Token[])[],
  weight: number,
  counts: Map<number, number>,
): void {
  for (const tokens of sentences) {
    for (const row of rowsOfSentence(vocabulary, tokens)) counts.set(row, (counts.get(row) ?? 0) + weight);
  }
}

/** Sum of (1 + ln count) x row, then to length 1; null when nothing is left. */
export function poolRows(
  model: MeaningModel,
  counted: Iterable<readonly [row: number, count: number]>,
): Float32Array | null {
  const entries = [...counted];
  const rows = Int32Array.from(entries, ([row]) => row);
  return poolCounted(model, {
    rows,
    counts: Int32Array.from(entries, ([, count]) => count),
    length: rows.length,
  });
}

/** The first `length` rows, and how often each occurs beside them. */
export interface CountedRows {
  rows: Int32Array;
  counts: Int32Array;
  length: number;
}

/** As poolRows. */
export function poolCounted(model: MeaningModel, { rows, counts, length }: CountedRows): Float32Array | null {
  const sum = poolOf(model).sum(rows, counts, length);
  let squares = 0;
  for (let i = 0; i < sum.length; i++) squares += sum[i]! * sum[i]!;
  if (squares === 0) return null;
  const scale = Math.sqrt(squares);
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! / scale;
  return sum;
}
