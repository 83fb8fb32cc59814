// What earlier papers did, read once for a row of days: every count of votes of the papers that were put forward.
import { sql } from "kysely";
import { type Db, numbersIn } from "../../database/dialect.ts";
import type { Day, Instant } from "../../lib/clock.ts";
import type { DayRange } from "../editions-store.ts";

export interface HistoryRow {
  paper_pk: number;
  day: Day;
  submitter: string | null;
}

/** Of several sources that put a paper forward for a day the first by name. */
export function listHistory(db: Db, { from, to }: DayRange): Promise<HistoryRow[]> {
  return sql<HistoryRow>`
    select s.paper_pk, s.day, s.submitter from submissions s
    where s.day >= ${from} and s.day <= ${to} and s.source = (
      select min(o.source) from submissions o where o.paper_pk = s.paper_pk and o.day = s.day)
    order by s.day, s.paper_pk`
    .execute(db)
    .then(({ rows }) => rows);
}

export interface VoteRow {
  paper_pk: number;
  source: string;
  observed_at: Instant;
  value: number;
}

/** Oldest first. */
export async function listVoteCounts(db: Db, pks: readonly number[]): Promise<VoteRow[]> {
  const rows = await db
    .selectFrom("signals")
    .select(["paper_pk", "source", "observed_at", "value"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("kind", "=", "upvotes")
    .where("value", "is not", null)
    .orderBy("observed_at")
    .orderBy("source")
    .execute();
  return rows.map((row) => ({ ...row, value: row.value! }));
}

export interface NamedRow {
  paper_pk: number;
  observed_at: Instant;
  detail: string;
}

/** Oldest first. */
export async function listOrganisations(db: Db, pks: readonly number[]): Promise<NamedRow[]> {
  const rows = await db
    .selectFrom("signals")
    .select(["paper_pk", "observed_at", "detail"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("kind", "=", "organisation")
    .where("detail", "is not", null)
    .orderBy("observed_at")
    .orderBy("source")
    .execute();
  return rows.map((row) => ({ ...row, detail: row.detail! }));
}

/** Names by paper, in the order of the paper. */
export async function listAuthorNames(db: Db, pks: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom("paper_authors")
    .select(["paper_pk", "name"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("paper_pk")
    .orderBy("position")
    .execute();
  const groups = Map.groupBy(rows, (row) => row.paper_pk);
  return new Map([...groups].map(([pk, authors]) => [pk, authors.map(({ name }) => name)]));
}

/** Categories by paper, primary first. */
export async function listCategories(db: Db, pks: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom("paper_categories")
    .select(["paper_pk", "category"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("paper_pk")
    .orderBy("position")
    .execute();
  const groups = Map.groupBy(rows, (row) => row.paper_pk);
  return new Map([...groups].map(([pk, list]) => [pk, list.map(({ category }) => category)]));
}

/** Papers whose stars were counted on two days between the instants. */
export async function countStarHistories(
  db: Db,
  { since, until }: { since: Instant; until: Instant },
): Promise<number> {
  const result = await sql<{ papers: number }>`
    select count(*) as papers from (
      select paper_pk from signals
      where kind = 'stars' and value is not null and observed_at >= ${since} and observed_at < ${until}
      group by paper_pk
      having substr(min(observed_at), 1, 10) < substr(max(observed_at), 1, 10)
    ) as counted`.execute(db);
  return Number(result.rows[0]?.papers ?? 0);
}
