// Where the two databases differ, by name. Everything else is plain SQL that both understand.
import { CompiledQuery, type Kysely, PostgresAdapter, type RawBuilder, sql } from "kysely";
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
 * Inserts many rows at once. Rows must all have the keys of the first. Returns how many rows were inserted or changed.
 * PostgreSQL unpacks one JSON parameter; SQLite takes a VALUES list three times faster than its own JSON functions.
 */
export async function insertRows<T extends keyof Schema & string>(
  db: Db,
  table: T,
  rows: readonly Schema[T][],
  options: InsertOptions = {},
): Promise<number> {
  let affected = 0;
  for (const statement of insertStatements(db, table, rows, options.onConflict)) {
    affected += Number((await db.executeQuery(statement)).numAffectedRows ?? 0);
  }
  return affected;
}

/** The same, returning these columns of each row that was inserted or changed. */
export async function insertRowsReturning<
  T extends keyof Schema & string,
  K extends keyof Schema[T] & string,
>(
  db: Db,
  table: T,
  rows: readonly Schema[T][],
  options: { onConflict: string; returning: readonly K[] },
): Promise<Pick<Schema[T], K>[]> {
  const found: Pick<Schema[T], K>[] = [];
  const clause = `${options.onConflict} returning ${options.returning.join(", ")}`;
  for (const statement of insertStatements(db, table, rows, clause)) {
    found.push(...((await db.executeQuery(statement)).rows as Pick<Schema[T], K>[]));
  }
  return found;
}

/** Few sizes of VALUES lists, so that their statements are prepared once. */
const chunkSizes = [512, 128, 32, 8, 2, 1];
/** SQLite's default limit is 32,766. */
const maxParameters = 30_000;

function* insertStatements<T extends keyof Schema & string>(
  db: Db,
  table: T,
  rows: readonly Schema[T][],
  conflict: string | undefined,
): Generator<CompiledQuery<Record<string, unknown>>> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first) as (keyof Schema[T] & string)[];
  const target = `insert into ${table} (${columns.join(", ")})`;
  const end = conflict ? ` on conflict ${conflict}` : "";
  if (isPostgres(db)) {
    const unpacked = `select ${columns.join(", ")} from json_populate_recordset(null::${table}, $1::json)`;
    yield CompiledQuery.raw(`${target} ${unpacked}${end}`, [JSON.stringify(rows)]);
    return;
  }
  const place = `(${columns.map(() => "?").join(", ")})`;
  for (let start = 0; start < rows.length; ) {
    const size = chunkSizes.find((n) => n <= rows.length - start && n * columns.length <= maxParameters) ?? 1;
    const values: unknown[] = [];
    for (let i = start; i < start + size; i++)
      for (const name of columns) values.push(rows[i]![name] ?? null);
    const places = `${`${place}, `.repeat(size - 1)}${place}`;
    yield CompiledQuery.raw(`${target} values ${places}${end}`, values);
    start += size;
  }
}

/** Ends a subquery whose rows are about to be changed: rows that another transaction is changing are passed over. */
export function passingOverLocked(db: Db): RawBuilder<unknown> {
  return isPostgres(db) ? sql`for update skip locked` : sql``;
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
