// The rows of references a keeper brought that are no paper here.
import { type Db, insertRows, textsIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface ReferenceRow {
  reference_key: string;
  title: string;
  abstract: string;
  /** JSON: "scheme:value"[] */
  identifiers: string;
  folder: string;
  added_at: Instant;
}

/** Writes them; one that is there already is brought up to date. */
export async function insertReferences(
  trx: Db,
  keeper: string,
  rows: readonly ReferenceRow[],
): Promise<number> {
  return await insertRows(
    trx,
    "library_references",
    rows.map((row) => ({ keeper, ...row })),
    {
      onConflict:
        "(keeper, reference_key) do update set title = excluded.title, abstract = excluded.abstract, identifiers = excluded.identifiers, folder = excluded.folder",
    },
  );
}

/** In the order they came; at most `limit` of the newest. */
export async function selectReferences(db: Db, keeper: string, limit: number): Promise<ReferenceRow[]> {
  const rows = await db
    .selectFrom("library_references")
    .select(["reference_key", "title", "abstract", "identifiers", "folder", "added_at"])
    .where("keeper", "=", keeper)
    .orderBy("added_at", "desc")
    .orderBy("reference_key")
    .limit(limit)
    .execute();
  return rows.reverse();
}

export interface ReferenceOfKeeper extends Pick<ReferenceRow, "title" | "abstract" | "added_at"> {
  keeper: string;
}

/** The newest of each of these keepers, in the order they came. */
export function selectNewestReferences(
  db: Db,
  keepers: readonly string[],
  mostEach: number,
): Promise<ReferenceOfKeeper[]> {
  return db
    .selectFrom((e) =>
      e
        .selectFrom("library_references")
        .select(["keeper", "title", "abstract", "added_at"])
        .select((f) =>
          f.fn
            .agg<number>("row_number")
            .over((o) => o.partitionBy("keeper").orderBy("added_at", "desc").orderBy("reference_key"))
            .as("place"),
        )
        .where("keeper", "in", textsIn(db, keepers))
        .as("held"),
    )
    .select(["keeper", "title", "abstract", "added_at"])
    .where("place", "<=", mostEach)
    .orderBy("keeper")
    .orderBy("place", "desc")
    .execute();
}

export async function countReferences(db: Db, keeper: string): Promise<number> {
  const row = await db
    .selectFrom("library_references")
    .select((e) => e.fn.countAll().as("rows"))
    .where("keeper", "=", keeper)
    .executeTakeFirstOrThrow();
  return Number(row.rows);
}
