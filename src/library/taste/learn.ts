// Learning a taste: one linear model over words and meaning, by ridge regression in its dual form (Saunders, Gammerman and Vovk
// 1998). Examples are the reader's; the background stands for everything nobody said anything of. Pure and deterministic.
import { solve } from "./cholesky.ts";
import { type Features, product, sharedWords } from "./features.ts";
import { type Sample, solveAgainst } from "./sample.ts";

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
  /** Stem number -> weight, the heaviest first. */
  words: Map<number, number>;
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
  /** Part of each stem in what an average paper holds, by number; stems not named hold none. */
  words: Pick<Features, "stems" | "weights">;
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
  const trust = examples.map(({ kind, at }) => Math.abs(says[kind]) * recencyOf(at, now));
  const targets = examples.map(({ kind }) => Math.sign(says[kind]));
  const { weights, terms } = solveFor(examples, background, { trust, targets });
  return {
    vector: sumVectors(terms),
    words: sumWords(terms),
    examples: examples.map(({ kind, pk, title, features }, i) => ({
      kind,
      pk,
      title,
      weight: weights[i]!,
      vector: features.vector,
    })),
  };
}

interface Term {
  features: Pick<Features, "stems" | "weights"> & { vector: Float32Array | null };
  weight: number;
}

/** The weights of the examples, and all that adds to the model with theirs. */
function solveFor(
  examples: readonly Example[],
  background: Background,
  { trust, targets }: { trust: readonly number[]; targets: readonly number[] },
): { weights: Float64Array; terms: Term[] } {
  const features = examples.map((example) => example.features);
  const termsOf = (texts: readonly Features[], weights: Float64Array) =>
    texts.map((text, i) => ({ features: text, weight: weights[i]! }));
  if (background.sample) {
    const { own, sample } = solveAgainst(background.sample, { features, targets, trust });
    return { weights: own, terms: [...termsOf(features, own), ...termsOf(background.sample.papers, sample)] };
  }
  const weights = solve(gramOf(examples, background, trust), targets);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = { features: { ...background.words, vector: null }, weight: -total };
  return { weights, terms: [...termsOf(features, weights), average] };
}

function recencyOf(at: string, now: string): number {
  const days = Math.max(0, (Date.parse(now) - Date.parse(at)) / 86_400_000);
  return Math.max(leastRecency, 0.5 ** (days / halfLifeDays));
}

/** Products of the examples, their words as they differ from the background's; the diagonal holds what an example may err. */
function gramOf(
  examples: readonly Example[],
  { words }: Background,
  trust: readonly number[],
): Float64Array[] {
  const common = examples.map(({ features }) => sharedWords(features, words));
  const itself = sharedWords(words, words);
  const rows = examples.map(() => new Float64Array(examples.length));
  for (let i = 0; i < examples.length; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b] = [examples[i]!.features, examples[j]!.features];
      const shared = sharedWords(a, b) - common[i]! - common[j]! + itself;
      rows[i]![j] = product(a.vector, b.vector) + shared + (i === j ? ridge / trust[i]! : 0);
    }
  }
  return rows;
}

function sumVectors(terms: readonly Term[]): Float32Array {
  const sum = new Float32Array(terms[0]!.features.vector!.length);
  for (const { features, weight } of terms) {
    const { vector } = features;
    if (vector) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + weight * vector[i]!;
  }
  return sum;
}

function sumWords(terms: readonly Term[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { features, weight } of terms) {
    const { stems, weights } = features;
    for (let i = 0; i < stems.length; i++)
      sums.set(stems[i]!, (sums.get(stems[i]!) ?? 0) + weight * weights[i]!);
  }
  const least = leastKept(Float64Array.from(sums.values(), Math.abs));
  const heaviest = [...sums].filter(([, weight]) => Math.abs(weight) >= least);
  heaviest.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || a[0] - b[0]);
  return new Map(heaviest.slice(0, mostWords));
}

/** The weight of the last word that is kept: sorting bare numbers is quicker. */
function leastKept(sizes: Float64Array): number {
  return sizes.sort().at(-mostWords) ?? 0;
}
