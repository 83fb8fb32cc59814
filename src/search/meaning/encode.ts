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

/** Sum of (1 + ln count) x row, then to length 1. */
export function poolRows(
  model: MeaningModel,
  counts: Iterable<readonly [row: number, count: number]>,
): Float32Array | null {
  const sum = poolOf(model).sum(Array.from(counts, ([row, count]) => [row, 1 + Math.log(count)] as const));
  let squares = 0;
  for (const value of sum) squares += value * value;
  if (squares === 0) return null;
  const length = Math.sqrt(squares);
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! / length;
  return sum;
}
