// Papers that stand for all those nobody said anything of: each counts against, for every reader alike. What their side of the
// equations costs is paid once, what a text has to do with them once a text, whoever saved it; a reader's examples are then
// solved against them by the Schur complement.
import { changingFor } from "./changing-rows.ts";
import { factorise, solve, solveLower, solveUpper } from "./cholesky.ts";
import type { Features } from "./features.ts";
import { addProducts, holdersOf, openOtherWords } from "./holders.ts";
import { openProducts, paddedLength } from "./products.ts";

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
  /** The papers' weights where nobody said anything: -1 is wanted of each. */
  alone: Float64Array;
  /** Of the same text always the same one, as long as the text is held. */
  placeOf(text: Features): Place;
  /** The vectors of the papers, each as often as its weight says, added up; a view until the next call. */
  sumVectors(weights: Float64Array): Float32Array;
  /** The same of their words. */
  wordsOf: ReturnType<typeof openOtherWords>;
}

/** How a text lies to the sample; zeros behind the papers, up to a length that the kernels take. */
interface Place {
  /** With each paper. */
  products: Float32Array;
  /** The same behind the inverse of the papers' side of the equations. */
  solved: Float32Array;
  /** What the papers' weights say of it where nobody said anything. */
  alone: number;
}

/** Cubic in the number of papers: 300 take some tenths of a second. */
export function prepareSample(papers: readonly Features[]): Sample {
  const productsWith = openProductsWith(papers);
  const factor = factorise(
    papers.map((paper, i) => {
      const row = Float64Array.from(productsWith(paper).subarray(0, papers.length));
      row[i] = row[i]! + sampleRidge;
      return row;
    }),
  );
  const behind = (side: ArrayLike<number>) => solveUpper(factor, solveLower(factor, side));
  const inverse = openInverse(papers.length, behind);
  const alone = behind(new Float64Array(papers.length).fill(-1));
  const places = new WeakMap<Features, Place>();
  return {
    papers,
    alone,
    placeOf(text) {
      const known = places.get(text);
      if (known) return known;
      const products = productsWith(text);
      const place = { products, solved: inverse(products), alone: dot(products, alone) };
      places.set(text, place);
      return place;
    },
    sumVectors: openSums(papers),
    wordsOf: openOtherWords(papers),
  };
}

/** Product of a text with each paper of the sample. */
function openProductsWith(papers: readonly Features[]): (text: Features) => Float32Array {
  const vectors = openProducts(
    papers.map(({ vector }) => vector),
    papers[0]?.vector.length ?? 8,
  );
  const holders = holdersOf(papers);
  return ({ stems, weights, vector }) => {
    const products = new Float32Array(paddedLength(papers.length));
    for (const [i, product] of vectors.multiply(vector).entries()) products[i] = bias + product;
    addProducts(holders, { stems, weights }, products);
    return products;
  };
}

/** The inverse of the papers' side of the equations, times a vector padded with zeros. */
function openInverse(
  count: number,
  behind: (side: ArrayLike<number>) => Float64Array,
): (side: Float32Array) => Float32Array {
  const length = paddedLength(count);
  const rows = Array.from({ length: count }, (_, i) => {
    const unit = new Float64Array(count);
    unit[i] = 1;
    const row = new Float32Array(length);
    row.set(behind(unit));
    return row;
  });
  const products = openProducts(rows, length);
  return (side) => {
    const solved = new Float32Array(length);
    solved.set(products.multiply(side));
    return solved;
  };
}

/** One row a component of the vectors, so that all papers are added up by products. */
function openSums(papers: readonly Features[]): Sample["sumVectors"] {
  const length = paddedLength(papers.length);
  const components = Array.from({ length: papers[0]?.vector.length ?? 0 }, (_, c) => {
    const row = new Float32Array(length);
    for (const [i, { vector }] of papers.entries()) row[i] = vector[c]!;
    return row;
  });
  const products = openProducts(components, length);
  const padded = new Float32Array(length);
  return (weights) => {
    padded.set(weights);
    return products.multiply(padded);
  };
}

export interface Told {
  features: readonly Features[];
  /** Row i: the products of example i with examples 0 to i (multiplyAmong); is overwritten. */
  products: Float64Array[];
  /** 1 or -1 each. */
  targets: readonly number[];
  /** Above 0, at most 1. */
  trust: readonly number[];
}

/** The weights of the examples and those of the sample's papers in the model. */
export function solveAgainst(
  sample: Sample,
  { features, products, targets, trust }: Told,
): { own: Float64Array; sample: Float64Array } {
  const places = features.map(sample.placeOf);
  const explained = changingFor(features.length, paddedLength(sample.papers.length));
  explained.load(places.map((place) => place.solved));
  for (let i = 0; i < products.length; i++) {
    const row = products[i]!;
    const known = explained.multiply(places[i]!.products, i + 1);
    for (let j = 0; j <= i; j++) row[j] = row[j]! + bias - known[j]!;
    row[i] = row[i]! + exampleRidge / trust[i]!;
  }
  const own = solve(
    products,
    places.map((place, i) => targets[i]! - place.alone),
  );
  const theirs = Float64Array.from(sample.alone);
  for (let i = 0; i < places.length; i++) {
    const { solved } = places[i]!;
    const weight = own[i]!;
    for (let k = 0; k < theirs.length; k++) theirs[k] = theirs[k]! - weight * solved[k]!;
  }
  return { own, sample: theirs };
}

/** Row i: the products of text i with texts 0 to i, by words, which are given and added to, and by meaning. */
export function multiplyAmong(features: readonly Features[], byWords: Float64Array[]): Float64Array[] {
  const meanings = changingFor(features.length, features[0]?.vector.length ?? 8);
  meanings.load(features.map(({ vector }) => vector));
  for (const [i, row] of byWords.entries()) {
    const near = meanings.multiply(features[i]!.vector, i + 1);
    for (let j = 0; j <= i; j++) row[j] = row[j]! + near[j]!;
  }
  return byWords;
}

function dot(a: Float32Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
