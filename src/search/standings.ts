// Votes of papers and what moves them up: they change without the paper, so they stand beside the index, by key, in memory.

import { addBit, type Bits, hasBit, noBits } from "./bits.ts";
import type { TrendTerm } from "./hit-terms.ts";
import type { Standing } from "./search.ts";

/** What is not listed has no votes. */
export class Standings {
  private readonly byKey: ReadonlyMap<number, Standing>;
  /** A bit for each key that is listed: most papers are not, and sorts ask of a million. */
  private readonly listed: Bits;

  /** Of what a trend is made; without it, of itself. */
  private readonly explain: ((standing: Standing) => TrendTerm[]) | undefined;

  constructor(standings: Iterable<Standing> = [], explainTrend?: (standing: Standing) => TrendTerm[]) {
    this.explain = explainTrend;
    const byKey = new Map<number, Standing>();
    let largest = 0;
    for (const { key, votes, trending } of standings) {
      byKey.set(key, { key, votes, trending });
      largest = Math.max(largest, key);
    }
    this.byKey = byKey;
    this.listed = noBits(largest + 1);
    for (const key of byKey.keys()) addBit(this.listed, key);
  }

  votesOf(key: number): number {
    return this.find(key)?.votes ?? 0;
  }

  trendingOf(key: number): number {
    return this.find(key)?.trending ?? 0;
  }

  private find(key: number): Standing | undefined {
    return hasBit(this.listed, key) ? this.byKey.get(key) : undefined;
  }

  /** The terms that a paper's trend is made of. */
  explainTrend(key: number): TrendTerm[] {
    const standing = this.find(key);
    if (!standing || standing.trending === 0)
      return [{ name: "votes", value: 0, weight: "none: they stand last", points: 0 }];
    const { trending } = standing;
    return this.explain?.(standing) ?? [{ name: "trend", value: trending, weight: "", points: trending }];
  }
}
