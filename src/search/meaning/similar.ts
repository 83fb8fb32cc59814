// Papers like a paper: TF-IDF says which words they share, the meaning model what they are about. Both are made comparable
// over the candidates (z-scores) and added. A whole abstract as query wants a much flatter idf than a short query.
import type { PaperText } from "../search.ts";
import { encodePaper } from "./encode.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { weightOfCount } from "./row-pool.ts";
import type { Token } from "./tokens.ts";
import { sentencesOfPaper } from "./training-corpus.ts";

/** idf to this power: measured, docs/model-data-sheet.md. */
const idfPower = 0.3;
/** A word of the title counts as so many of the abstract. */
export const titleWeight = 2;

/** Weights of a text's stems by TF-IDF. */
export type StemWeights = ReadonlyMap<string, number>;

export interface PairsToRank {
  query: PaperText;
  candidates: readonly PaperText[];
  /** "meaning" leaves shared words alone, "words" meaning alone. */
  without?: readonly string[];
}

/** Indexes of the candidates, most similar first; ties keep their order. For texts that need not be in any collection. */
export function rankPairs(model: MeaningModel, { query, candidates, without = [] }: PairsToRank): number[] {
  const weights = weighStems(model, query);
  const words = candidates.map((candidate) => {
    const others = weighStems(model, candidate);
    return overlap(weights, others) / (lengthOf(others) || 1);
  });
  const vector = encodePaper(model, query);
  const meaning = candidates.map((candidate) => cosine(vector, encodePaper(model, candidate)));
  const part = (name: string, values: number[]) => (without.includes(name) ? values.map(() => 0) : values);
  const scores = addStandardised(part("words", words), part("meaning", meaning));
  return candidates.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** (1 + ln count) x idf^0.3 of each stem; a word of the title counts twice. Frequencies are the model's. */
export function weighStems(model: MeaningModel, paper: PaperText): StemWeights {
  const weights = new Map<string, number>();
  for (const [stem, count] of countStems(sentencesOfPaper(paper)))
    weights.set(stem, weightOfCount(count) * idfOf(model, stem));
  return weights;
}

function lengthOf(weights: StemWeights): number {
  let squares = 0;
  for (const weight of weights.values()) squares += weight * weight;
  return Math.sqrt(squares);
}

/** The flattened idf of a stem; stems that the model does not know are the rarest. */
export function idfOf(model: MeaningModel, stem: string): number {
  const { byRow, unknown } = idfTable(model);
  const row = model.vocabulary.rowOf.get(stem);
  return row === undefined ? unknown : byRow[row]!;
}

export interface IdfTable {
  byRow: Float64Array;
  /** Of a stem that is no row. */
  unknown: number;
}

const idfTables = new WeakMap<MeaningModel, IdfTable>();

/** The flattened idfs, by row. */
export function idfTable(model: MeaningModel): IdfTable {
  const known = idfTables.get(model);
  if (known) return known;
  const { frequencies, papers } = model.vocabulary;
  const idf = (frequency: number) => Math.log((papers + 1) / (frequency + 0.5)) ** idfPower;
  const table = { byRow: Float64Array.from(frequencies, idf), unknown: idf(1) };
  idfTables.set(model, table);
  return table;
}

/** Title first. */
function countStems([title, ...abstract]: readonly Token[][]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (tokens: readonly Token[], weight: number) => {
    for (const token of tokens) if (token !== null) counts.set(token, (counts.get(token) ?? 0) + weight);
  };
  add(title!, titleWeight);
  for (const sentence of abstract) add(sentence, 1);
  return counts;
}

function overlap(a: StemWeights, b: StemWeights): number {
  let sum = 0;
  for (const [stem, weight] of a) sum += weight * (b.get(stem) ?? 0);
  return sum;
}

function cosine(a: Float32Array | null, b: Float32Array | null): number {
  if (!a || !b) return 0;
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Sum of the z-scores. */
export function addStandardised(a: readonly number[], b: readonly number[]): Float64Array {
  const left = standardise(a);
  const right = standardise(b);
  return left.map((value, i) => value + right[i]!);
}

/** (x - mean) / standard deviation; zeros when all are equal. */
export function standardise(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1);
  const deviation = Math.sqrt(variance);
  return Float64Array.from(values, (value) => (deviation > 0 ? (value - mean) / deviation : 0));
}
