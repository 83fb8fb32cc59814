// A whole database as lines of JSON, and back: the same file restores into SQLite or PostgreSQL.
import { type RawBuilder, sql } from "kysely";
import { AppError } from "../lib/errors.ts";
import { type Db, insertRows } from "./dialect.ts";
import { migrations } from "./migrations.ts";
import type { Schema } from "./schema.ts";

type TableName = keyof Schema & string;

/** Every table with its primary key, by which it is read in pages. */
const tables: Record<TableName, string[]> = {
  settings: ["name"],
  counters: ["name"],
  papers: ["pk"],
  paper_records: ["source", "source_id"],
  record_changes: ["source", "source_id", "changed_at"],
  removed_papers: ["pk"],
  identifiers: ["scheme", "value"],
  contested_identifiers: ["scheme", "value", "paper_pk"],
  paper_authors: ["paper_pk", "position"],
  paper_categories: ["paper_pk", "category"],
  merges: ["pk"],
  lists: ["pk"],
  list_entries: ["list_pk", "position"],
  submissions: ["paper_pk", "day", "source"],
  announcements: ["paper_pk", "source", "category", "day"],
  signals: ["paper_pk", "kind", "source", "observed_at"],
  imports: ["fingerprint"],
  subscribers: ["pk"],
  deliveries: ["subscriber_pk", "kind", "issue"],
  sent_papers: ["subscriber_pk", "paper_pk"],
  issue_words: ["issue", "paper_pk"],
  request_slots: ["lane"],
  source_pauses: ["source"],
  harvest_streams: ["name"],
  ledger: ["source", "category", "day"],
  accounts: ["id"],
  account_credentials: ["id"],
  account_sessions: ["id"],
  account_challenges: ["id"],
  passkeys: ["id"],
  account_tickets: ["hash"],
  account_letters: ["message_id"],
  access_tokens: ["hash"],
  turn_counts: ["lane"],
  votes: ["paper_pk", "account_id"],
  proposals: ["paper_pk", "day"],
  reports: ["id"],
  moderation_log: ["id"],
  library_keepers: ["keeper"],
  library_marks: ["keeper", "paper_pk", "kind"],
  library_references: ["keeper", "reference_key"],
  library_follows: ["keeper", "kind", "follow_key"],
  library_feed_keys: ["hash"],
  library_tastes: ["keeper"],
  mail_pace: ["name"],
  mail_returns: ["pk"],
  webhooks: ["id"],
  webhook_deliveries: ["webhook_id", "issue"],
  webhook_papers: ["webhook_id", "paper_pk"],
  consent_proofs: ["address_hash", "erased_at"],
  estimates: ["paper_pk", "day", "model"],
  baselines: ["day"],
  settled_days: ["day"],
  past_papers: ["pk", "held_until"],
  absorbed_facts: ["kind", "paper_pk", "fact_hash"],
};

type Row = Record<string, string | number | null>;

const pageRows = 500;

/**
 * Yields the backup line by line: a header, pages of rows, and an end line that tells a whole file from a cut one.
 * `db` must read one snapshot throughout (openSnapshot in database.ts).
 */
export async function* dumpTables(db: Db, createdAt: string): AsyncGenerator<string> {
  yield JSON.stringify({ broadsheetBackup: 1, schema: migrations.length, createdAt });
  let rows = 0;
  for (const [table, key] of Object.entries(tables)) {
    for await (const page of pagesOf(db, table, key)) {
      rows += page.length;
      yield JSON.stringify({ table, rows: page });
    }
  }
  yield JSON.stringify({ end: true, rows });
}

async function* pagesOf(db: Db, table: string, key: string[]): AsyncGenerator<Row[]> {
  const keyColumns = sql.raw(key.join(", "));
  let after: RawBuilder<unknown> = sql``;
  for (;;) {
    const query = sql<Row>`select * from ${sql.raw(table)} ${after} order by ${keyColumns} limit ${sql.lit(pageRows)}`;
    const { rows } = await query.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = sql`where (${keyColumns}) > (${sql.join(key.map((column) => last[column]))})`;
  }
}

/** Fills an empty database from a backup's lines, in one transaction: all of it or nothing. Returns the number of rows. */
export async function restoreTables(db: Db, lines: AsyncIterable<string>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await requireEmpty(trx);
    let restored = 0;
    let ended = false;
    let seenHeader = false;
    for await (const text of lines) {
      const line = parseLine(text);
      if (!seenHeader) seenHeader = checkHeader(line);
      else if (line.end) ended = Number(line.rows) === restored;
      else restored += await restorePage(trx, line);
    }
    if (!ended) throw damaged("it ends early");
    return restored;
  });
}

interface BackupLine {
  broadsheetBackup?: number;
  schema?: number;
  table?: string;
  rows?: unknown;
  end?: boolean;
}

function parseLine(text: string): BackupLine {
  try {
    return JSON.parse(text) as BackupLine;
  } catch {
    throw damaged("a line is not JSON");
  }
}

function damaged(what: string): AppError {
  return new AppError("bad-input", `The backup is not whole: ${what}.`, {
    remedy: "Nothing was restored; use another backup.",
  });
}

function checkHeader(line: BackupLine): true {
  if (line.broadsheetBackup !== 1) throw damaged("it does not begin as a Broadsheet backup does");
  if (line.schema === migrations.length) return true;
  const newer = (line.schema ?? 0) > migrations.length;
  throw new AppError(
    "newer-version",
    `The backup has schema ${line.schema}; this program has ${migrations.length}.`,
    {
      remedy: newer ? "Update Broadsheet first." : "Restore it with the version that made it, then update.",
    },
  );
}

async function requireEmpty(db: Db): Promise<void> {
  for (const table of ["papers", "subscribers"] as const) {
    const found = await sql`select 1 from ${sql.raw(table)} limit 1`.execute(db);
    if (found.rows.length === 0) continue;
    throw new AppError(
      "bad-usage",
      "A backup is restored into an empty data folder only, and this one holds data.",
      {
        remedy: "Choose another folder with --data DIR.",
      },
    );
  }
}

async function restorePage(db: Db, line: BackupLine): Promise<number> {
  const table = line.table as TableName;
  if (!Object.hasOwn(tables, table) || !Array.isArray(line.rows))
    throw damaged(`it has an unknown table "${line.table}"`);
  const rows = line.rows as Schema[TableName][];
  const onConflict =
    table === "settings" || table === "counters" ? "(name) do update set value = excluded.value" : undefined;
  await insertRows(db, table, rows, { onConflict });
  return rows.length;
}
