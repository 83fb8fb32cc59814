// Where the two databases differ, by name. Everything else is plain SQL that both understand.
import { type Kysely, PostgresAdapter, type RawBuilder, sql } from "kysely";
import type { Schema } from "./schema.ts";

/** A database, or a transaction on one. */
export type Db = Kysely<Schema>;

export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

export interface InsertOptions {
  /** What follows ON CONFLICT, e.g. "do nothing" or "(pk) do update set title = excluded.title". */
  onConflict?: string;
}

/**
 * Inserts many rows by one statement with one parameter (a JSON array), which both databases unpack themselves:
 * no parameter limit, one prepared statement, several times faster than a VALUES list.
 * Rows must all have the keys of the first. Returns how many rows were inserted or changed.
 */
export async function insertRows<T extends keyof Schema & string>(
  db: Db,
  table: T,
  rows: readonly Schema[T][],
  options: InsertOptions = {},
): Promise<number> {
  const statement = insertStatement(db, table, rows, options);
  if (!statement) return 0;
  const result = await statement.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** The same, returning a whole-number column of each row that was inserted or changed. */
export async function insertRowsReturning<T extends keyof Schema & string>(
  db: Db,
  table: T,
  rows: readonly Schema[T][],
  options: InsertOptions & { returning: keyof Schema[T] & string },
): Promise<number[]> {
  const statement = insertStatement(db, table, rows, options);
  if (!statement) return [];
  const result = await sql<
    Record<string, unknown>
  >`${statement} returning ${sql.raw(options.returning)}`.execute(db);
  return result.rows.map((row) => Number(row[options.returning]));
}

function insertStatement<T extends keyof Schema & string>(
  db: Db,
  table: T,
  rows: readonly Schema[T][],
  options: InsertOptions,
): RawBuilder<unknown> | null {
  const first = rows[0];
  if (!first) return null;
  const columns = Object.keys(first);
  const json = JSON.stringify(rows);
  const target = sql.raw(`${table} (${columns.join(", ")})`);
  const conflict = sql.raw(options.onConflict ? ` on conflict ${options.onConflict}` : "");
  return sql`insert into ${target} ${selectRows(db, table, columns, json)}${conflict}`;
}

function selectRows(db: Db, table: string, columns: string[], json: string): RawBuilder<unknown> {
  if (isPostgres(db)) {
    return sql`select ${sql.raw(columns.join(", "))} from json_populate_recordset(null::${sql.raw(table)}, ${json}::json)`;
  }
  // "where true" keeps SQLite from reading ON CONFLICT as a join constraint (sqlite.org/lang_upsert.html, parsing ambiguity).
  const values = columns.map((column) => `value ->> '${column}'`).join(", ");
  return sql`select ${sql.raw(values)} from json_each(${json}) where true`;
}

/** A subquery of the texts in a JSON array, for `in`: no parameter limit on either database. */
export function textsIn(db: Db, values: readonly string[]): RawBuilder<string> {
  const json = JSON.stringify(values);
  return isPostgres(db)
    ? sql<string>`(select value from json_array_elements_text(${json}::json))`
    : sql<string>`(select value from json_each(${json}))`;
}

/** The same for whole numbers. */
export function numbersIn(db: Db, values: readonly number[]): RawBuilder<number> {
  const json = JSON.stringify(values);
  return isPostgres(db)
    ? sql<number>`(select value::integer from json_array_elements_text(${json}::json))`
    : sql<number>`(select value from json_each(${json}))`;
}

/**
 * Hands out `count` consecutive numbers of a counter and returns the first. Must run inside a transaction: the row stays
 * locked until commit, so numbers become visible in order and a follower that asks for "after N" misses none.
 */
export async function takeNumbers(trx: Db, name: string, count: number): Promise<number> {
  const row = await trx
    .insertInto("counters")
    .values({ name, value: count })
    .onConflict((c) =>
      c.column("name").doUpdateSet((e) => ({ value: e("counters.value", "+", e.val(count)) })),
    )
    .returning("value")
    .executeTakeFirstOrThrow();
  return Number(row.value) - count + 1;
}
