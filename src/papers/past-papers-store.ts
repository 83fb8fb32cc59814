// Papers as they were held at an instant: what an edition shows of a paper is kept when it changes.
import { sql } from "kysely";
import { type Db, numbersIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { Paper } from "./paper.ts";
import { paperColumns, parsePaperRow } from "./paper-row.ts";

/**
 * Keeps these papers as they are, because they are about to change at `now`. Papers that were never put forward nor
 * announced stand on no page and are left out. Of several changes at one instant the state before the first is kept.
 */
export async function keepPastPapers(trx: Db, pks: readonly number[], now: Instant): Promise<void> {
  if (pks.length === 0) return;
  const columns = sql.join(paperColumns.map((column) => sql.ref(column)));
  await sql`
    insert into past_papers (held_until, ${columns})
    select ${now}, ${columns} from papers
    where pk in ${numbersIn(trx, pks)} and (
      exists (select 1 from submissions s where s.paper_pk = papers.pk)
      or exists (select 1 from announcements a where a.paper_pk = papers.pk))
    on conflict do nothing`.execute(trx);
}

/** The papers of these pks as they were held at `at`, also those that have become part of others since. */
export async function findPapersAsOf(
  db: Db,
  pks: readonly number[],
  at: Instant,
): Promise<Map<number, Paper>> {
  if (pks.length === 0) return new Map();
  const current = await db
    .selectFrom("papers")
    .select(paperColumns)
    .where("pk", "in", numbersIn(db, pks))
    .execute();
  const past = await db
    .selectFrom("past_papers")
    .select(paperColumns)
    .where("pk", "in", numbersIn(db, pks))
    .where("held_until", ">", at)
    .orderBy("held_until", "desc")
    .execute();
  // The last one set is the state that held first after `at`.
  return new Map([...current, ...past].map((row) => [row.pk, parsePaperRow(row)]));
}

/** The ids of papers that are held, or (`until`: an instant) were held later than then; an id stays for good. */
export async function listIds(
  db: Db,
  pks: readonly number[],
  until: Instant | null,
): Promise<Map<number, string>> {
  const current = await db
    .selectFrom("papers")
    .select(["pk", "id"])
    .where("pk", "in", numbersIn(db, pks))
    .execute();
  if (until === null) return new Map(current.map(({ pk, id }) => [pk, id]));
  const past = await db
    .selectFrom("past_papers")
    .select(["pk", "id"])
    .where("pk", "in", numbersIn(db, pks))
    .where("held_until", ">", until)
    .orderBy("held_until", "desc")
    .execute();
  return new Map([...current, ...past].map(({ pk, id }) => [pk, id]));
}
