// Measures of an order against what came of the papers: Spearman's rank correlation, nDCG, overlap of the first three. Pure.

/** A paper's score, and the votes it came to. */
export interface Judged {
  id: string;
  score: number;
  gain: number;
}

/** Spearman's rho with average ranks for ties (Spearman 1904); 0 when either side says nothing. */
export function spearman(papers: readonly Judged[]): number {
  const a = averageRanks(papers.map(({ score }) => score));
  const b = averageRanks(papers.map(({ gain }) => gain));
  const middle = (papers.length + 1) / 2;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < papers.length; i++) {
    product += (a[i]! - middle) * (b[i]! - middle);
    squaresA += (a[i]! - middle) ** 2;
    squaresB += (b[i]! - middle) ** 2;
  }
  return squaresA > 0 && squaresB > 0 ? product / Math.sqrt(squaresA * squaresB) : 0;
}

/** Ranks from 1, least first; equal values share the mean of their places. */
export function averageRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) ranks[order[at]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Discounted gain (linear gain, log2 discount; Järvelin and Kekäläinen 2002) of the first `depth` over the best possible. */
export function gainAt(ordered: readonly Judged[], depth: number): number {
  const best = ordered.toSorted((a, b) => b.gain - a.gain);
  const most = discounted(best, depth);
  return most > 0 ? discounted(ordered, depth) / most : 0;
}

function discounted(ordered: readonly Judged[], depth: number): number {
  return ordered.slice(0, depth).reduce((sum, { gain }, i) => sum + gain / Math.log2(i + 2), 0);
}

/** Part of the first `depth` that is among the `depth` of most gain; equal gains keep the order of the ranking. */
export function overlapAt(ordered: readonly Judged[], depth: number): number {
  const best = ordered.toSorted((a, b) => b.gain - a.gain).slice(0, depth);
  return best.filter((paper) => ordered.indexOf(paper) < depth).length / Math.min(depth, ordered.length);
}
