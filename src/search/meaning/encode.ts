// Texts to vectors: the weighted sum of the rows of a text's stems and phrases, scaled to length 1.
import type { MeaningModel } from "./meaning-model.ts";
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
  const [title, ...abstract] = sentencesOfPaper(paper);
  const counts = new Map<number, number>();
  countRows(model, [title!], titleWeight, counts);
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
function poolRows(model: MeaningModel, counts: ReadonlyMap<number, number>): Float32Array | null {
  const { dimension, rows, scales } = model;
  const sum = new Float32Array(dimension);
  for (const [row, count] of counts) {
    const weight = (1 + Math.log(count)) * scales[row]!;
    const from = row * dimension;
    for (let i = 0; i < dimension; i++) sum[i] = sum[i]! + weight * rows[from + i]!;
  }
  let squares = 0;
  for (const value of sum) squares += value * value;
  const length = Math.sqrt(squares);
  return length > 0 ? sum.map((value) => value / length) : null;
}
