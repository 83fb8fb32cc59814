// Papers that stand for all those nobody said anything of: each counts against, for every reader alike. What their side of the
// equations costs is paid once; a reader's examples are then solved against it by the Schur complement.
import { factorise, solveLower, solveUpper } from "./cholesky.ts";
import { type Features, product, sharedWords } from "./features.ts";

/** These were tuned on IJCAI 2023 to 2024 and AAAI 2022 (docs/taste.md). How much a paper of the sample may err: */
const sampleRidge = 30;
/** How much an example may err, which is looked at much more closely. */
const exampleRidge = 4;
/** Square of the feature that every text has: the line between for and against need not pass through nothing. */
const bias = 2;

/** Papers of a sample. */
export const samplePapers = 300;

export interface Sample {
  papers: readonly Features[];
  /** Papers that hold a word, by its number, and its weights there. */
  holders: ReadonlyMap<number, { at: number[]; weights: number[] }>;
  factor: readonly Float64Array[];
  /** What is wanted of the papers, -1 each, behind the factor. */
  wanted: Float64Array;
}

/** Cubic in their number: 300 take some tenths of a second. */
export function prepareSample(papers: readonly Features[]): Sample {
  const holders: Map<number, { at: number[]; weights: number[] }> = new Map();
  for (const [i, { stems, weights }] of papers.entries())
    for (const [k, stem] of stems.entries()) {
      const held = holders.get(stem) ?? { at: [], weights: [] };
      held.at.push(i);
      held.weights.push(weights[k]!);
      holders.set(stem, held);
    }
  const rows = papers.map((paper, i) => {
    const row = productsWith({ papers, holders }, paper);
    row[i] = row[i]! + sampleRidge;
    return row;
  });
  const factor = factorise(rows);
  return { papers, holders, factor, wanted: solveLower(factor, new Float64Array(papers.length).fill(-1)) };
}

/** Product of a text with each paper of the sample. */
function productsWith(
  { papers, holders }: Pick<Sample, "papers" | "holders">,
  { stems, weights, vector }: Features,
): Float64Array {
  const products = Float64Array.from(papers, (paper) => bias + product(vector, paper.vector));
  for (let k = 0; k < stems.length; k++) {
    const held = holders.get(stems[k]!);
    if (!held) continue;
    for (let x = 0; x < held.at.length; x++)
      products[held.at[x]!] = products[held.at[x]!]! + weights[k]! * held.weights[x]!;
  }
  return products;
}

export interface Told {
  features: readonly Features[];
  /** 1 or -1 each. */
  targets: readonly number[];
  /** Above 0, at most 1. */
  trust: readonly number[];
}

/** The weights of the examples and those of the sample's papers in the model. */
export function solveAgainst(
  sample: Sample,
  { features, targets, trust }: Told,
): { own: Float64Array; sample: Float64Array } {
  const { factor, wanted } = sample;
  const behind = features.map((text) => solveLower(factor, productsWith(sample, text)));
  const rows = features.map((text, i) => {
    const row = new Float64Array(features.length);
    for (let j = 0; j <= i; j++) row[j] = productOf(text, features[j]!) - dot(behind[i]!, behind[j]!);
    row[i] = row[i]! + exampleRidge / trust[i]!;
    return row;
  });
  const sought = features.map((_, i) => targets[i]! - dot(behind[i]!, wanted));
  const lower = factorise(rows);
  const own = solveUpper(lower, solveLower(lower, sought));
  const left = Float64Array.from(wanted);
  for (const [i, row] of behind.entries())
    for (let k = 0; k < left.length; k++) left[k] = left[k]! - own[i]! * row[k]!;
  return { own, sample: solveUpper(factor, left) };
}

function productOf(a: Features, b: Features): number {
  return bias + product(a.vector, b.vector) + sharedWords(a, b);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
