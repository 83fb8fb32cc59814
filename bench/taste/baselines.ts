// What ours is compared with: the nearest centroid of TF-IDF, and arxiv-sanity-lite's linear SVM for each tag, as that program
// makes them (compute.py, serve.py): words and pairs of words, sublinear counts, 20,000 features, LinearSVC balanced, C = 0.01.
import { openRandom, shuffledOrder } from "../../src/lib/random.ts";
import type { BenchPaper } from "./papers.ts";

/** A text as numbers of features and their weights, of length 1. */
export interface Sparse {
  at: Int32Array;
  weights: Float64Array;
}

const mostFeatures = 20_000;
const leastPapers = 5;
const largestPart = 0.1;

/** scikit-learn's TfidfVectorizer with arxiv-sanity-lite's settings: title, abstract and authors, fitted on all given. */
export function fitTfidf(papers: readonly BenchPaper[]): Sparse[] {
  const counted = papers.map(countTerms);
  const totals = new Map<string, { papers: number; count: number }>();
  for (const terms of counted) {
    for (const [term, count] of terms) {
      const total = totals.get(term) ?? { papers: 0, count: 0 };
      total.papers++;
      total.count += count;
      totals.set(term, total);
    }
  }
  const kept = [...totals]
    .filter(([, total]) => total.papers >= leastPapers && total.papers <= largestPart * papers.length)
    .sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostFeatures);
  const numbers = new Map(kept.map(([term], i) => [term, i]));
  const idf = kept.map(([, total]) => Math.log((1 + papers.length) / (1 + total.papers)) + 1);
  return counted.map((terms) => weigh(terms, numbers, idf));
}

function countTerms({ title, abstract, authors }: BenchPaper): Map<string, number> {
  const text = `${title} ${abstract} ${authors.join(" ")}`
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
  const words = (text.match(/(?<![a-z0-9_])[a-z_][a-z0-9_]+/g) ?? []).filter((word) => !stopWords.has(word));
  const counts = new Map<string, number>();
  const add = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  words.forEach((word, i) => {
    add(word);
    if (i > 0) add(`${words[i - 1]} ${word}`);
  });
  return counts;
}

function weigh(terms: Map<string, number>, numbers: Map<string, number>, idf: readonly number[]): Sparse {
  const held = [...terms].flatMap(([term, count]) => {
    const number = numbers.get(term);
    return number === undefined ? [] : [[number, (1 + Math.log(count)) * idf[number]!] as const];
  });
  held.sort((a, b) => a[0] - b[0]);
  const length = Math.sqrt(held.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return {
    at: Int32Array.from(held, ([number]) => number),
    weights: Float64Array.from(held, ([, weight]) => weight / length),
  };
}

function addTo(sum: Float64Array, { at, weights }: Sparse, factor: number): void {
  for (let i = 0; i < at.length; i++) sum[at[i]!] = sum[at[i]!]! + factor * weights[i]!;
}

function productWith(sum: Float64Array, { at, weights }: Sparse): number {
  let total = 0;
  for (let i = 0; i < at.length; i++) total += sum[at[i]!]! * weights[i]!;
  return total;
}

/** Cosine to the mean of the given papers, but for a factor. */
export function rankByCentroid(given: readonly Sparse[], next: readonly Sparse[]): Float64Array {
  const sum = new Float64Array(mostFeatures);
  for (const one of given) addTo(sum, one, 1);
  return Float64Array.from(next, (one) => productWith(sum, one));
}

/**
 * LinearSVC(class_weight="balanced", C=0.01): squared hinge, L2, the intercept as a feature of 1, by dual coordinate descent
 * (Hsieh et al. 2008, as LIBLINEAR does it). Everything that is not given counts against, as in arxiv-sanity-lite.
 */
export function rankBySvm(
  all: readonly Sparse[],
  isGiven: (i: number) => boolean,
  next: readonly Sparse[],
): Float64Array {
  const labels = all.map((_, i) => (isGiven(i) ? 1 : -1));
  const positives = labels.filter((label) => label === 1).length;
  const penalty = {
    1: (0.01 * all.length) / (2 * positives),
    [-1]: (0.01 * all.length) / (2 * (all.length - positives)),
  };
  const squares = all.map(({ weights }) => weights.reduce((sum, weight) => sum + weight * weight, 1));
  const model = new Float64Array(mostFeatures);
  let intercept = 0;
  const alphas = new Float64Array(all.length);
  for (let round = 0; round < 300; round++) {
    let largest = 0;
    for (const i of shuffledOrder(all.length, openRandom(5, round))) {
      const label = labels[i]! as 1 | -1;
      const diagonal = 1 / (2 * penalty[label]);
      const gradient = label * (productWith(model, all[i]!) + intercept) - 1 + diagonal * alphas[i]!;
      const projected = alphas[i] === 0 ? Math.min(gradient, 0) : gradient;
      largest = Math.max(largest, Math.abs(projected));
      if (Math.abs(projected) < 1e-12) continue;
      const before = alphas[i]!;
      alphas[i] = Math.max(0, before - gradient / (squares[i]! + diagonal));
      const change = (alphas[i]! - before) * label;
      addTo(model, all[i]!, change);
      intercept += change;
    }
    if (largest < 1e-4) break;
  }
  return Float64Array.from(next, (one) => productWith(model, one) + intercept);
}

/** The English stop words of scikit-learn are 318; these are the ones that occur in abstracts. */
const stopWords = new Set(
  `a about above across after again against all almost alone along already also although always am among amongst amount an
  and another any anyhow anyone anything anyway anywhere are around as at back be became because become becomes been before
  behind being below beside besides between beyond both bottom but by call can cannot could de describe detail do done down
  due during each eg eight either else elsewhere empty enough etc even ever every everyone everything everywhere except few
  fifteen fill find first five for former formerly found four from front full further get give go had has have he hence her
  here hers herself him himself his how however hundred i ie if in inc indeed interest into is it its itself keep last latter
  least less ltd made many may me meanwhile might mine more moreover most mostly move much must my myself name namely neither
  never nevertheless next nine no nobody none nor not nothing now nowhere of off often on once one only onto or other others
  otherwise our ours ourselves out over own part per perhaps please put rather re same see seem seemed seeming seems serious
  several she should show side since six so some somehow someone something sometime sometimes somewhere still such system take
  ten than that the their them themselves then there thereby therefore therein these they thick thin third this those though
  three through throughout thru thus to together too top toward towards twelve twenty two un under until up upon us very via
  was we well were what whatever when whence whenever where whereas whereby wherein whereupon wherever whether which while who
  whoever whole whom whose why will with within without would yet you your yours yourself yourselves`.split(
    /\s+/,
  ),
);
