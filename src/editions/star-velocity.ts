// How many stars a paper's repository gains a day: from two counts, or from one and the days since publication.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { type Baseline, switchesOf } from "./baselines.ts";
import type { Cut } from "./cut.ts";
import { listStarCounts } from "./editions-store.ts";
import type { StarVelocity } from "./formula.ts";
import type { Standing } from "./standing.ts";

const dayMs = 86_400_000;
/** Gained in so many days before the last count, or the part of them that is known; at least nearly a day. */
const mostDays = 7;
const leastDays = 0.8;

export interface StarCount {
  at: Instant;
  stars: number;
}

/** By paper pk; empty while star velocity is off. */
export async function findStarVelocities(
  db: Db,
  standings: readonly Standing[],
  { cut, baseline }: { cut: Cut | null; baseline: Baseline | null },
): Promise<Map<number, StarVelocity>> {
  if (!switchesOf(baseline, true).stars.on) return new Map();
  const counted = standings.filter(({ stars }) => stars !== null);
  const first = counted.map(({ enteredAt }) => enteredAt).sort()[0];
  if (first === undefined) return new Map();
  const rows = await listStarCounts(
    db,
    counted.map(({ paperPk }) => paperPk),
    {
      since: new Date(Date.parse(first) - 30 * dayMs).toISOString(),
      cut: cut ?? { observedUntil: null, recordedUntil: null },
    },
  );
  const byPk = Map.groupBy(rows, (row) => row.paper_pk);
  return new Map(
    counted.map(({ paperPk, stars, enteredAt }) => {
      const counts = (byPk.get(paperPk) ?? []).map((row) => ({ at: row.observed_at, stars: row.value }));
      return [paperPk, starVelocityOf(counts, { stars: stars!, enteredAt })];
    }),
  );
}

/** Counts oldest first. A repository that loses stars gains none. */
export function starVelocityOf(
  counts: readonly StarCount[],
  { stars, enteredAt }: { stars: number; enteredAt: Instant },
): StarVelocity {
  const last = counts.at(-1);
  const before = last && counts.find(({ at }) => isBefore(at, last.at));
  if (last && before) {
    const perDay = (last.stars - before.stars) / daysBetween(before.at, last.at);
    return { perDay: Math.max(0, perDay), hasHistory: true };
  }
  const days = last ? daysBetween(enteredAt, last.at) : 0;
  return { perDay: stars / Math.max(mostDays, days), hasHistory: false };
}

function isBefore(at: Instant, last: Instant): boolean {
  const days = daysBetween(at, last);
  return days >= leastDays && days <= mostDays + 1 - leastDays;
}

function daysBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}
