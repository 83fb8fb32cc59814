// What is expected of papers, as recorded: the first estimate of a paper for a day stays, so that a page can be computed again.
import { sql } from "kysely";
import { type Db, insertRows, numbersIn, takeNumbers } from "../../database/dialect.ts";
import type { EstimatesTable } from "../../database/edition-schema.ts";
import { findSetting, saveSetting } from "../../database/settings-store.ts";
import type { Day, Instant } from "../../lib/clock.ts";
import type { Baseline } from "../baselines.ts";
import type { DayRange, RecordedUntil } from "../editions-store.ts";
import type { Estimate, EstimatePart } from "./estimate-model.ts";

/** A paper's place on a day. */
export interface PaperDay {
  paper_pk: number;
  day: Day;
  /** The first of its rows; null where that was not noted. */
  recorded_at: Instant | null;
  /** 1: no abstract is held yet. */
  bare: number;
}

/** "12 2026-05-11" → the estimate that counted at the instant: of several models' the latest made by then. */
export async function listEstimates(
  db: Db,
  pks: readonly number[],
  { range, until }: { range: DayRange; until: RecordedUntil },
): Promise<Map<string, Estimate>> {
  const rows = await db
    .selectFrom("estimates")
    .select(["paper_pk", "day", "value", "parts"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .$if(until !== null, (q) => q.where("made_at", "<=", until!))
    .orderBy("made_at")
    .orderBy("model")
    .execute();
  return new Map(
    rows.map(({ paper_pk, day, value, parts }) => [
      `${paper_pk} ${day}`,
      { value, parts: JSON.parse(parts) as EstimatePart[] },
    ]),
  );
}

/** The values alone, in the same way. */
export async function listEstimateValues(
  db: Db,
  pks: readonly number[],
  { range, until }: { range: DayRange; until: RecordedUntil },
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("estimates")
    .select(["paper_pk", "day", "value"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .$if(until !== null, (q) => q.where("made_at", "<=", until!))
    .orderBy("made_at")
    .orderBy("model")
    .execute();
  return new Map(rows.map(({ paper_pk, day, value }) => [`${paper_pk} ${day}`, value]));
}

/** Writes what is new, the first of each (paper, day, model) and baseline; what editions keep moves with it. */
export async function saveExpectations(
  db: Db,
  { estimates, baselines }: { estimates: readonly EstimatesTable[]; baselines: readonly Baseline[] },
  madeAt: Instant,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await takeNumbers(trx, "estimates", 1);
    await insertRows(trx, "estimates", estimates, { onConflict: "do nothing" });
    const rows = baselines.map((baseline) => ({
      day: baseline.day,
      value: JSON.stringify(baseline),
      made_at: madeAt,
    }));
    await insertRows(trx, "baselines", rows, { onConflict: "do nothing" });
  });
}

/** The first baseline of a page's days, as recorded at the instant. */
export async function findBaseline(
  db: Db,
  { from, to }: DayRange,
  until: RecordedUntil,
): Promise<Baseline | null> {
  const row = await db
    .selectFrom("baselines")
    .select("value")
    .where("day", ">=", from)
    .where("day", "<=", to)
    .$if(until !== null, (q) => q.where("made_at", "<=", until!))
    .orderBy("day")
    .limit(1)
    .executeTakeFirst();
  return row ? (JSON.parse(row.value) as Baseline) : null;
}

/** Days (after `after`) that papers came to since `since` without an estimate; null: whenever. In order of day and paper. */
export async function listWithoutEstimate(
  db: Db,
  { after, since }: { after: Day; since: Instant | null },
): Promise<PaperDay[]> {
  const fresh = since === null ? sql`1 = 1` : sql`recorded_at > ${since}`;
  const result = await sql<PaperDay>`
    select m.paper_pk, m.day, min(m.recorded_at) as recorded_at, case when p.abstract_text = '' then 1 else 0 end as bare
    from (
      select paper_pk, day, recorded_at from submissions where day > ${after} and ${fresh}
      union all
      select paper_pk, day, recorded_at from announcements where day > ${after} and ${fresh} and kind <> 'replacement'
    ) as m
    join papers p on p.pk = m.paper_pk
    where not exists (select 1 from estimates e where e.paper_pk = m.paper_pk and e.day = m.day)
    group by m.paper_pk, m.day, p.abstract_text order by m.day, m.paper_pk`.execute(db);
  return result.rows;
}

/** The last instant at which a place on a page was recorded; null without any. */
export async function findLastRecorded(db: Db): Promise<Instant | null> {
  const result = await sql<{ at: Instant | null }>`
    select max(at) as at from (
      select max(recorded_at) as at from submissions union all select max(recorded_at) as at from announcements
    ) as both_tables`.execute(db);
  return result.rows[0]?.at ?? null;
}

/** Days before `before` that have papers, nothing new since `quietSince`, and are not settled. */
export async function listUnsettledDays(
  db: Db,
  { before, quietSince }: { before: Day; quietSince: Instant },
): Promise<Day[]> {
  const result = await sql<{ day: Day }>`
    select day from (
      select day, recorded_at from submissions where day < ${before}
      union all
      select day, recorded_at from announcements where day < ${before}
    ) as m
    where not exists (select 1 from settled_days s where s.day = m.day)
    group by day having max(coalesce(recorded_at, '')) <= ${quietSince} order by day`.execute(db);
  return result.rows.map(({ day }) => day);
}

export async function saveSettledDays(db: Db, days: readonly Day[], settledAt: Instant): Promise<void> {
  const rows = days.map((day) => ({ day, settled_at: settledAt }));
  await insertRows(db, "settled_days", rows, { onConflict: "do nothing" });
}

const markName = "estimates-until";

/** Everything recorded up to here has its estimate. */
export async function findEstimatesMark(db: Db): Promise<Instant | null> {
  return await findSetting(db, markName);
}

export async function saveEstimatesMark(db: Db, mark: Instant): Promise<void> {
  await saveSetting(db, markName, mark);
}
