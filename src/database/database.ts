// Opens the database: SQLite in the data folder, or PostgreSQL by one setting; brings its schema up to date.
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { AppError } from "../lib/errors.ts";
import { type Db, isPostgres } from "./dialect.ts";
import { migrations } from "./migrations.ts";
import type { Schema } from "./schema.ts";
import { PacedSqliteDialect } from "./sqlite-driver.ts";

export interface DatabaseOptions {
  /** Data folder; holds broadsheet.sqlite when there is no url. */
  folder: string;
  /** postgres://… ; absent: SQLite. */
  url?: string;
  /** Most connections at a time on PostgreSQL; default 10. */
  poolSize?: number;
  /** Memory for pages of SQLite; default 32 MiB. */
  cacheMiB?: number;
}

/** Opens and migrates. Throws AppError "newer-version" or "database-unreachable". */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  const db = options.url
    ? connectPostgres(options.url, options.poolSize ?? 10)
    : connectSqlite(sqlitePath(options.folder), options);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    if (error instanceof AppError) throw error;
    throw new AppError(
      "database-unreachable",
      `The database cannot be opened: ${(error as Error).message}.`,
      {
        remedy: options.url
          ? "Check BROADSHEET_DATABASE_URL and that the server runs."
          : `Check ${options.folder}.`,
        cause: error,
      },
    );
  }
  return db;
}

/**
 * Runs `read` over one unchanging view of the data, while others go on writing (a deferred transaction on SQLite's
 * write-ahead log, REPEATABLE READ on PostgreSQL). The database must have been opened before, so that its schema is current.
 */
export async function readSnapshot<T>(options: DatabaseOptions, read: (db: Db) => Promise<T>): Promise<T> {
  const db = options.url
    ? connectPostgres(options.url, 1)
    : connectSqlite(sqlitePath(options.folder), { readOnly: true, cacheMiB: options.cacheMiB });
  try {
    const transaction = db.transaction();
    return await (options.url ? transaction.setIsolationLevel("repeatable read") : transaction).execute(read);
  } finally {
    await db.destroy();
  }
}

export function sqlitePath(folder: string): string {
  return join(folder, "broadsheet.sqlite");
}

function connectPostgres(url: string, max: number): Db {
  // bigint (change numbers, counters) as a number: it stays below 2^53.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max, types }) }),
  });
}

/**
 * Rows hold whole abstracts: pages of 8 KiB (in new files) split fewer of them. The log may grow to 32 MB before it is
 * carried over, because an import changes the same index pages again and again.
 */
const writing = "pragma page_size = 8192; pragma journal_mode = wal; pragma wal_autocheckpoint = 4000";

interface SqliteOptions {
  readOnly?: boolean;
  cacheMiB?: number | undefined;
}

function connectSqlite(path: string, { readOnly = false, cacheMiB = 32 }: SqliteOptions = {}): Db {
  const database = new DatabaseSync(path, { timeout: 30_000, readOnly });
  if (!readOnly) untilNotBusy(() => database.exec(writing));
  database.exec("pragma synchronous = normal");
  database.exec(`pragma cache_size = ${-1024 * cacheMiB}`);
  database.exec("pragma temp_store = memory");
  // Our transactions all write. Deferred ones would fail at their first write, without waiting, when another process has
  // committed since (SQLITE_BUSY_SNAPSHOT, sqlite.org/isolation.html); immediate ones wait their turn.
  const begin = readOnly ? "begin" : "begin immediate";
  return new Kysely<Schema>({
    dialect: new PacedSqliteDialect({ database: asKyselyDatabase(database, begin) }),
  });
}

const sqliteBusy = 5;
const busyPauseMs = 20;
const mostBusyPauses = 1_500;

/**
 * Changing the journal mode of a new file fails at once while another process does the same: SQLite's own time-out does
 * not cover it (sqlite.org/wal.html). So we wait here, up to 30 s.
 */
function untilNotBusy(run: () => void): void {
  for (let pauses = 0; ; pauses++) {
    try {
      run();
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== sqliteBusy || pauses === mostBusyPauses) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyPauseMs);
    }
  }
}

const maxCachedStatements = 200;

/** Kysely speaks to better-sqlite3's face; node:sqlite differs in three names. Prepared statements are kept. */
function asKyselyDatabase(database: DatabaseSync, begin: string) {
  const cache = new Map<string, { statement: StatementSync; reader: boolean }>();
  const prepare = (text: string) => {
    let prepared = cache.get(text);
    if (!prepared) {
      const statement = database.prepare(text);
      prepared = { statement, reader: statement.columns().length > 0 };
      if (cache.size >= maxCachedStatements) cache.delete(cache.keys().next().value!);
      cache.set(text, prepared);
    }
    return prepared;
  };
  return {
    close: () => database.close(),
    prepare(text: string) {
      const { statement, reader } = prepare(text === "begin" ? begin : text);
      return {
        reader,
        all: (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters: readonly unknown[]) => statement.run(...(parameters as SQLInputValue[])),
        // A cached statement must not be iterated by two callers at once, so iteration gets its own.
        iterate: (parameters: readonly unknown[]) =>
          database.prepare(text).iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
      };
    },
  };
}

/** Applies what is missing, one process at a time; refuses a schema newer than this program. */
async function migrate(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (isPostgres(trx)) await sql`select pg_advisory_xact_lock(20260521)`.execute(trx);
    await sql`create table if not exists schema_version (version integer not null)`.execute(trx);
    const found = await sql<{ version: number }>`select version from schema_version`.execute(trx);
    const version = found.rows[0]?.version ?? 0;
    if (version > migrations.length) {
      throw new AppError(
        "newer-version",
        `This data was written by a newer Broadsheet (schema ${version}; this program knows ${migrations.length}).`,
        { remedy: "Update Broadsheet, or use another data folder." },
      );
    }
    if (version === migrations.length) return;
    for (const migration of migrations.slice(version)) await migration.up(trx);
    await sql`delete from schema_version`.execute(trx);
    await sql`insert into schema_version (version) values (${migrations.length})`.execute(trx);
  });
}
