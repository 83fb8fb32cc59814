// Votes of papers and what moves them up: they change without the paper, so they stand beside the index, by key, in memory.

import type { TrendTerm } from "./hit-terms.ts";
import type { Standing } from "./search.ts";

/** What is not listed has no votes. */
export class Standings {
  private readonly byKey: ReadonlyMap<number, Standing>;

  /** Of what a trend is made; without it, of itself. */
  private readonly explain: ((standing: Standing) => TrendTerm[]) | undefined;

  constructor(standings: Iterable<Standing> = [], explainTrend?: (standing: Standing) => TrendTerm[]) {
    this.explain = explainTrend;
    const byKey = new Map<number, Standing>();
    for (const { key, votes, trending } of standings) byKey.set(key, { key, votes, trending });
    this.byKey = byKey;
  }

  votesOf(key: number): number {
    return this.byKey.get(key)?.votes ?? 0;
  }

  trendingOf(key: number): number {
    return this.byKey.get(key)?.trending ?? 0;
  }

  /** The terms that a paper's trend is made of. */
  explainTrend(key: number): TrendTerm[] {
    const standing = this.byKey.get(key);
    if (!standing || standing.trending === 0)
      return [{ name: "votes", value: 0, weight: "none: they stand last", points: 0 }];
    const { trending } = standing;
    return this.explain?.(standing) ?? [{ name: "trend", value: trending, weight: "", points: trending }];
  }
}
