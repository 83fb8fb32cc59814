// The queries behind an edition: who is on it, what was observed of them, which days have papers.
import { sql } from "kysely";
import { type Db, numbersIn, textsIn } from "../database/dialect.ts";
import type { Day, Instant } from "../lib/clock.ts";
import type { AnnouncementKind, SignalKind } from "../papers/paper.ts";

export interface SubmissionRow {
  paper_pk: number;
  day: Day;
  source: string;
  submitter: string | null;
  submitted_at: Instant | null;
  /** When it was written here; null for rows of before this was noted. */
  recorded_at: Instant | null;
}

export interface AnnouncementRow {
  paper_pk: number;
  category: string;
  day: Day;
  /** 1: held on its day only by filling in afterwards. */
  late: number;
  recorded_at: Instant | null;
}

/** The latest observation of one kind by one source up to the cut-off, and the first there ever was. */
export interface ObservationRow {
  paper_pk: number;
  kind: SignalKind;
  source: string;
  /** Null: nothing had been observed at the cut-off; the first observation came later. */
  observed_at: Instant | null;
  first_at: Instant;
  value: number | null;
  detail: string | null;
  approximate: number | null;
}

export interface DayRange {
  from: Day;
  to: Day;
}

/** Replacements are not news: a paper enters an edition when it is new or newly listed in a category. */
const enteringKinds: AnnouncementKind[] = ["new", "cross"];

/** What had been recorded at an instant; null stands for everything. */
export type RecordedUntil = Instant | null;

/** Rows of before recording times were noted count as always held. */
export function recordedBy(until: RecordedUntil) {
  return until === null
    ? sql<boolean>`1 = 1`
    : sql<boolean>`(recorded_at is null or recorded_at <= ${until})`;
}

export async function listSubmissions(
  db: Db,
  range: DayRange,
  until: RecordedUntil = null,
): Promise<SubmissionRow[]> {
  const rows = await db
    .selectFrom("submissions")
    .select(["paper_pk", "day", "source", "submitter", "submitted_at", "recorded_at"])
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .where(recordedBy(until))
    .execute();
  return until === null
    ? rows
    : [...rows, ...(await listAbsorbed<SubmissionRow>(db, "submissions", range, until))];
}

export async function listAnnouncements(
  db: Db,
  range: DayRange,
  { categories, until = null }: { categories: readonly string[]; until?: RecordedUntil },
): Promise<AnnouncementRow[]> {
  const rows = await db
    .selectFrom("announcements")
    .select(["paper_pk", "category", "day", "late", "recorded_at"])
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .where("kind", "in", enteringKinds)
    .where("category", "in", textsIn(db, categories))
    .where(recordedBy(until))
    .execute();
  if (until === null) return rows;
  const gone = await listAbsorbed<AnnouncementRow & { kind: string }>(db, "announcements", range, until);
  const entering = new Set<string>(enteringKinds);
  return [...rows, ...gone.filter((row) => entering.has(row.kind) && categories.includes(row.category))];
}

/** Rows of papers that have become part of others since, as they were. */
async function listAbsorbed<Row>(
  db: Db,
  kind: "submissions" | "announcements",
  { from, to }: DayRange,
  until: Instant,
): Promise<Row[]> {
  const rows = await db
    .selectFrom("absorbed_facts")
    .select("fact")
    .where("kind", "=", kind)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .where("absorbed_at", ">", until)
    .where(recordedBy(until))
    .execute();
  return rows.map(({ fact }) => JSON.parse(fact) as Row);
}

/** Up to when observations count, and up to when they had to be recorded. Null: all. */
export interface ObservationCut {
  observedUntil: Instant | null;
  recordedUntil: RecordedUntil;
}

/** For each paper, kind and source the latest observation within the cut. */
export async function listLatestObservations(
  db: Db,
  pks: readonly number[],
  cut: ObservationCut = { observedUntil: null, recordedUntil: null },
): Promise<ObservationRow[]> {
  const { observedUntil, recordedUntil } = cut;
  const known =
    observedUntil === null
      ? sql`observed_at`
      : sql`case when observed_at <= ${observedUntil} then observed_at end`;
  const result = await sql<ObservationRow>`
    select latest.paper_pk, latest.kind, latest.source, s.observed_at, latest.first_at, s.value, s.detail, s.approximate
    from (
      select paper_pk, kind, source, max(${known}) as last_at, min(observed_at) as first_at
      from signals where paper_pk in ${numbersIn(db, pks)} and ${recordedBy(recordedUntil)}
      group by paper_pk, kind, source
    ) as latest
    left join signals s on s.paper_pk = latest.paper_pk and s.kind = latest.kind and s.source = latest.source
      and s.observed_at = latest.last_at`.execute(db);
  if (recordedUntil === null) return result.rows;
  return [
    ...result.rows,
    ...latestOfAbsorbed(await listAbsorbedSignals(db, pks, recordedUntil), observedUntil),
  ];
}

type SignalRow = Omit<ObservationRow, "first_at" | "observed_at"> & { observed_at: Instant };

async function listAbsorbedSignals(db: Db, pks: readonly number[], until: Instant): Promise<SignalRow[]> {
  const rows = await db
    .selectFrom("absorbed_facts")
    .select("fact")
    .where("kind", "=", "signals")
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("absorbed_at", ">", until)
    .where(recordedBy(until))
    .execute();
  return rows.map(({ fact }) => JSON.parse(fact) as SignalRow);
}

function latestOfAbsorbed(rows: readonly SignalRow[], observedUntil: Instant | null): ObservationRow[] {
  const groups = Map.groupBy(rows, ({ paper_pk, kind, source }) => `${paper_pk} ${kind} ${source}`);
  return [...groups.values()].map((group) => {
    const sorted = group.toSorted((a, b) => (a.observed_at < b.observed_at ? -1 : 1));
    const last = sorted.findLast(({ observed_at }) => observedUntil === null || observed_at <= observedUntil);
    const { paper_pk, kind, source, observed_at: first_at } = sorted[0]!;
    const nothing = {
      paper_pk,
      kind,
      source,
      observed_at: null,
      value: null,
      detail: null,
      approximate: null,
    };
    return { ...nothing, ...last, first_at };
  });
}

/** Star counts of papers within the cut, oldest first, from `since` on. */
export async function listStarCounts(
  db: Db,
  pks: readonly number[],
  { since, cut }: { since: Instant; cut: ObservationCut },
): Promise<{ paper_pk: number; observed_at: Instant; value: number }[]> {
  const rows = await db
    .selectFrom("signals")
    .select(["paper_pk", "observed_at", "value"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("kind", "=", "stars")
    .where("value", "is not", null)
    .where("observed_at", ">=", since)
    .$if(cut.observedUntil !== null, (q) => q.where("observed_at", "<=", cut.observedUntil!))
    .where(recordedBy(cut.recordedUntil))
    .orderBy("observed_at")
    .orderBy("source")
    .execute();
  return rows.map((row) => ({ ...row, value: row.value! }));
}

/** When the first row of a page's days was recorded; null without rows, "" where nobody noted it. */
export async function findHeldSince(
  db: Db,
  range: DayRange,
  categories: readonly string[],
): Promise<Instant | null> {
  const result = await sql<{ since: Instant | null }>`
    select min(coalesce(recorded_at, '')) as since from (
      select recorded_at from submissions where day >= ${range.from} and day <= ${range.to}
      union all
      select recorded_at from announcements where day >= ${range.from} and day <= ${range.to}
        and kind in (${sql.join(enteringKinds)}) and category in ${textsIn(db, categories)}
      union all
      select recorded_at from absorbed_facts where day >= ${range.from} and day <= ${range.to}
    ) as rows_of_days`.execute(db);
  return result.rows[0]?.since ?? null;
}

/** The first instant at which one of the days was found over and settled; null before. */
export async function findSettledAt(db: Db, { from, to }: DayRange): Promise<Instant | null> {
  const row = await db
    .selectFrom("settled_days")
    .select((e) => e.fn.min("settled_at").as("at"))
    .where("day", ">=", from)
    .where("day", "<=", to)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** All days that had papers at an instant, oldest first, up to and with `until`. */
export async function listDaysHeld(
  db: Db,
  categories: readonly string[],
  { until, recordedUntil }: { until: Day; recordedUntil: RecordedUntil },
): Promise<Day[]> {
  const result = await sql<{ day: Day }>`
    select day from submissions where day <= ${until} and ${recordedBy(recordedUntil)}
    union
    select day from announcements where day <= ${until} and ${recordedBy(recordedUntil)}
      and kind in (${sql.join(enteringKinds)}) and category in ${textsIn(db, categories)}
    order by day`.execute(db);
  return result.rows.map((row) => row.day);
}

/** Moves with everything that editions are made of: papers, what was said of them, what is expected of them. */
export async function findEditionsMark(db: Db): Promise<string> {
  const rows = await db
    .selectFrom("counters")
    .select(["name", "value"])
    .where("name", "in", ["changes", "estimates"])
    .orderBy("name")
    .execute();
  return rows.map(({ name, value }) => `${name} ${value}`).join(" ");
}

/**
 * All days with papers, oldest first, up to and with `until`. Hops from day to day over the indexes (a "loose index
 * scan"), so the cost grows with the days, not with the papers.
 */
export async function listDaysWithPapers(db: Db, categories: readonly string[], until: Day): Promise<Day[]> {
  const followed = sql`kind in (${sql.join(enteringKinds)}) and category in ${textsIn(db, categories)}`;
  const result = await sql<{ day: Day }>`
    with recursive
    s(day) as (
      select (select day from submissions where day <= ${until} order by day limit 1)
      union all
      select (select t.day from submissions t where t.day > s.day and t.day <= ${until} order by t.day limit 1)
      from s where s.day is not null
    ),
    a(day) as (
      select (select day from announcements where day <= ${until} and ${followed} order by day limit 1)
      union all
      select (select t.day from announcements t where t.day > a.day and t.day <= ${until} and ${followed}
        order by t.day limit 1)
      from a where a.day is not null
    )
    select day from s where day is not null union select day from a where day is not null order by day`.execute(
    db,
  );
  return result.rows.map((row) => row.day);
}
