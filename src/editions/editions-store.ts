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
}

export interface AnnouncementRow {
  paper_pk: number;
  category: string;
  day: Day;
  /** 1: held on its day only by filling in afterwards. */
  late: number;
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

export function listSubmissions(db: Db, range: DayRange): Promise<SubmissionRow[]> {
  return db
    .selectFrom("submissions")
    .select(["paper_pk", "day", "source", "submitter", "submitted_at"])
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .execute();
}

export function listAnnouncements(
  db: Db,
  range: DayRange,
  categories: readonly string[],
): Promise<AnnouncementRow[]> {
  return db
    .selectFrom("announcements")
    .select(["paper_pk", "category", "day", "late"])
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .where("kind", "in", enteringKinds)
    .where("category", "in", textsIn(db, categories))
    .execute();
}

/** For each paper, kind and source the latest observation at or before `asOf` (undefined: of all). */
export async function listLatestObservations(
  db: Db,
  pks: readonly number[],
  asOf?: Instant,
): Promise<ObservationRow[]> {
  const known =
    asOf === undefined ? sql`observed_at` : sql`case when observed_at <= ${asOf} then observed_at end`;
  const result = await sql<ObservationRow>`
    select latest.paper_pk, latest.kind, latest.source, s.observed_at, latest.first_at, s.value, s.detail, s.approximate
    from (
      select paper_pk, kind, source, max(${known}) as last_at, min(observed_at) as first_at
      from signals where paper_pk in ${numbersIn(db, pks)} group by paper_pk, kind, source
    ) as latest
    left join signals s on s.paper_pk = latest.paper_pk and s.kind = latest.kind and s.source = latest.source
      and s.observed_at = latest.last_at`.execute(db);
  return result.rows;
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
