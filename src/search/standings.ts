// Votes of papers and what moves them up: they change without the paper, so they stand beside the index, by key, in memory.

import type { Standing } from "./search.ts";

/** What is not listed has no votes. */
export class Standings {
  private readonly byKey: ReadonlyMap<number, Standing>;

  constructor(standings: Iterable<Standing> = []) {
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
}
