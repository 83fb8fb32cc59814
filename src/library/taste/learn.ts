// Learning a taste: one linear model over words and meaning, by ridge regression in its dual form (Saunders, Gammerman and Vovk
// 1998). Examples are the reader's; the background stands for everything nobody said anything of. Pure and deterministic.
import { solve } from "./cholesky.ts";
import type { Features } from "./features.ts";
import { multiplyAmong, type Sample, solveAgainst, type Told } from "./sample.ts";
import { layOutWords, type OtherWords, type Words } from "./word-sums.ts";

/** What an example is known by: a paper's pk; a reference's title where it is no paper here. */
export interface ExampleName {
  /** Why it is an example: it was saved, asked for more of, written by the reader, brought along, put off, not wanted. */
  kind: "save" | "more" | "own" | "reference" | "later" | "less" | "hide";
  pk: number | null;
  title: string;
}

export interface Example extends ExampleName {
  features: Features;
  /** ISO instant it was marked at. */
  at: string;
}

export interface LearnedTaste {
  /** Components of the meaning side of the model. */
  vector: Float32Array;
  /** By number, the heaviest first. */
  words: Words;
  /** Each with what it adds: its own weight in the model. Positive ones first, as given. */
  examples: (ExampleName & { weight: number; vector: Float32Array })[];
}

/** How much an example of each kind says, and for which side. */
const says: Record<ExampleName["kind"], number> = {
  save: 1,
  more: 1,
  own: 1,
  reference: 0.7,
  later: 0.5,
  less: -1,
  hide: -0.5,
};

/** What was marked so long ago says half as much; but never less than a fifth. */
const halfLifeDays = 365;
const leastRecency = 0.2;
/** Ridge: larger is nearer to the plain mean of the examples. Tuned on IJCAI 2023 to 2024 and AAAI 2022 (docs/taste.md). */
const ridge = 30;
/** Words of the model that are kept, the heaviest. */
const mostWords = 400;

export interface Background {
  /** What a text has in common with the words of an average paper, and these with themselves. */
  productWith(text: Words): number;
  itself: number;
  /** The words of an average paper, so many times. */
  times(factor: number): OtherWords;
  /** Papers that count against; null where too few are held: then what an average paper holds is taken off instead. */
  sample: Sample | null;
}

/** The newest examples that are learned from, on each side: more would cost more than they say. */
export const mostPositives = 300;
export const mostNegatives = 150;

/** Learns from the examples; null when none of them speaks for anything. In the order given, newest first. */
export function learnTaste(
  given: readonly Example[],
  background: Background,
  now: string,
): LearnedTaste | null {
  const positives = given.filter(({ kind }) => says[kind] > 0).slice(0, mostPositives);
  const negatives = given.filter(({ kind }) => says[kind] < 0).slice(0, mostNegatives);
  if (positives.length === 0) return null;
  const examples = [...positives, ...negatives];
  const nowMs = Date.parse(now);
  const trust = examples.map(({ kind, at }) => Math.abs(says[kind]) * recencyOf(at, nowMs));
  const targets = examples.map(({ kind }) => Math.sign(says[kind]));
  const features = examples.map((example) => example.features);
  const words = layOutWords(features);
  const products = multiplyAmong(features, words.products);
  const weighed = solveFor({ features, products, trust, targets }, background);
  return {
    vector: addVectors(features, background, weighed),
    words: words.sumHeaviest(mostWords, weighed.own, othersOf(background, weighed)),
    examples: examples.map(({ kind, pk, title, features: { vector } }, i) => ({
      kind,
      pk,
      title,
      weight: Math.fround(weighed.own[i]!),
      vector,
    })),
  };
}

interface Weighed {
  /** Of the examples, in their order. */
  own: Float64Array;
  /** Of the background's papers; null without them. */
  sample: Float64Array | null;
}

function solveFor(told: Told, background: Background): Weighed {
  if (background.sample) return solveAgainst(background.sample, told);
  return { own: solve(gramOf(told, background), told.targets), sample: null };
}

function recencyOf(at: string, nowMs: number): number {
  const days = Math.max(0, (nowMs - Date.parse(at)) / 86_400_000);
  return Math.max(leastRecency, 0.5 ** (days / halfLifeDays));
}

/** Products of the examples, their words as they differ from the background's; the diagonal holds what an example may err. */
function gramOf({ features, products, trust }: Told, { productWith, itself }: Background): Float64Array[] {
  const common = features.map(productWith);
  for (const [i, row] of products.entries()) {
    for (let j = 0; j <= i; j++) row[j] = row[j]! - common[i]! - common[j]! + itself;
    row[i] = row[i]! + ridge / trust[i]!;
  }
  return products;
}

function addVectors(
  features: readonly Features[],
  { sample: papers }: Background,
  { own, sample }: Weighed,
): Float32Array {
  const sum = new Float64Array(features[0]!.vector.length);
  if (papers && sample) sum.set(papers.sumVectors(sample));
  for (let i = 0; i < features.length; i++) {
    const { vector } = features[i]!;
    for (let k = 0; k < sum.length; k++) sum[k] = sum[k]! + own[i]! * vector[k]!;
  }
  return Float32Array.from(sum);
}

/** The background's part in the words of the model. */
function othersOf({ times, sample: papers }: Background, { own, sample }: Weighed): OtherWords {
  return papers && sample ? papers.wordsOf(sample) : times(-own.reduce((sum, weight) => sum + weight, 0));
}
