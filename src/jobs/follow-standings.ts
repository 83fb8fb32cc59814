// Hands the search index what papers are sorted by that changes without them: votes, and how much they are talked of lately.
import type { Db } from "../database/dialect.ts";
import { explainTrendingOrder, trendingOrder } from "../editions/trending-order.ts";
import type { Clock } from "../lib/clock.ts";
import { listVotedPapers, type VotedPaper } from "../papers/index-facts-store.ts";
import type { Search, Standing } from "../search/search.ts";

/** Replaces the whole table; returns how many papers have votes. */
export async function followStandings(db: Db, search: Pick<Search, "setStandings">): Promise<number> {
  const voted = await listVotedPapers(db);
  search.setStandings(voted.map(standingOf), explainTrendingOrder);
  return voted.length;
}

export function standingOf({ pk, votes, day }: VotedPaper): Standing {
  return { key: pk, votes, trending: trendingOrder({ votes, day }) };
}

/** Votes come in with nearly every harvest; all of them are read again at most so often. */
const restMs = 60_000;

/** Follows the standings at first, and after changes; not oftener than once a minute, but never forgets that it should. */
export class StandingsFollower {
  private readonly clock: Clock;
  private due = true;
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** `changed`: papers have changed since the last call. */
  async follow(db: Db, search: Pick<Search, "setStandings">, changed: boolean): Promise<void> {
    this.due ||= changed;
    const nowMs = this.clock().getTime();
    if (!this.due || nowMs - this.lastMs < restMs) return;
    this.due = false;
    this.lastMs = nowMs;
    await followStandings(db, search);
  }
}
