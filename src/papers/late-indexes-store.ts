// Indexes that a first load of everything does without and builds at its end: each row into a random place costs a page written.
import { sql } from "kysely";
import { type Db, isPostgres } from "../database/dialect.ts";

/** Papers by author are asked for by readers, never by an import. */
const authorIndex = {
  name: "paper_authors_key",
  table: "paper_authors",
  columns: ["author_key", "paper_pk"],
};

/** More papers than this are no beginning: who has them has readers, too. */
const fewPapers = 10_000;

/**
 * Drops what is built at the end, when the collection is as good as empty; where an earlier load that was stopped dropped it,
 * nothing is left to do. On SQLite only, and only for whoever owns the folder: nobody else would build it again.
 */
export async function dropLateIndexes(db: Db): Promise<void> {
  if (isPostgres(db)) return;
  const { last } = await db
    .selectFrom("papers")
    .select(({ fn }) => fn.max("pk").as("last"))
    .executeTakeFirstOrThrow();
  if (Number(last ?? 0) <= fewPapers) await db.schema.dropIndex(authorIndex.name).ifExists().execute();
}

/** Builds what is missing, in one pass over the rows: some 4 s for a million papers. */
export async function buildLateIndexes(db: Db): Promise<void> {
  if (isPostgres(db)) return;
  const { name, table, columns } = authorIndex;
  const found = await sql`select 1 from sqlite_master where type = 'index' and name = ${name}`.execute(db);
  if (found.rows.length > 0) return;
  await db.schema.createIndex(name).on(table).columns(columns).ifNotExists().execute();
}
