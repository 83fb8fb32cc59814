// Measures of a ranking against judgements, and whether a difference is more than chance. All from 0 to 1; pure.

/** Names in ranked order, best first, each once. */
export type Ranked = readonly string[];

/** 1 / rank of the answer when it is among the first `depth`, else 0 (MRR@depth is the mean over queries). */
export function reciprocalRank(ranked: Ranked, answer: string, depth: number): number {
  const at = ranked.slice(0, depth).indexOf(answer);
  return at < 0 ? 0 : 1 / (at + 1);
}

/** Part of the relevant that is among the first `depth`; NaN when nothing is relevant. */
export function recallAt(ranked: Ranked, relevant: ReadonlySet<string>, depth: number): number {
  const found = ranked.slice(0, depth).filter((name) => relevant.has(name)).length;
  return relevant.size === 0 ? Number.NaN : found / relevant.size;
}

/** Mean of the precision at each relevant; relevant ones that are not ranked count 0. NaN when nothing is relevant. */
export function averagePrecision(ranked: Ranked, relevant: ReadonlySet<string>): number {
  let found = 0;
  let sum = 0;
  ranked.forEach((name, i) => {
    if (!relevant.has(name)) return;
    found++;
    sum += found / (i + 1);
  });
  return relevant.size === 0 ? Number.NaN : sum / relevant.size;
}

/** Discounted gain (linear, log2) of the first `depth` over that of the best order; 0 when there is no gain at all. */
export function normalisedGain(ranked: Ranked, gains: ReadonlyMap<string, number>, depth: number): number {
  const discounted = (values: readonly number[]) =>
    values.slice(0, depth).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
  const best = discounted([...gains.values()].sort((a, b) => b - a));
  return best === 0 ? 0 : discounted(ranked.map((name) => gains.get(name) ?? 0)) / best;
}

/** nDCG at a fifth of the pool (CSFCube: Mysore et al. 2021). */
export function gainAtFifth(ranked: Ranked, gains: ReadonlyMap<string, number>): number {
  return normalisedGain(ranked, gains, Math.floor(ranked.length / 5));
}

/** Recall of the relevant whose text lacks the query: the other relevant ones leave the ranking first. */
export function recallOfNonliteral(
  ranked: Ranked,
  judged: { relevant: ReadonlySet<string>; nonliteral: ReadonlySet<string> },
  depth: number,
): number {
  const { relevant, nonliteral } = judged;
  const left = ranked.filter((name) => !relevant.has(name) || nonliteral.has(name));
  return recallAt(left, nonliteral, depth);
}
