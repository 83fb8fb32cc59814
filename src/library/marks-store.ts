// The rows of marks: one a keeper, paper and kind.
import { type Db, insertRows, numbersIn, textsIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface MarkRow {
  paper_pk: number;
  kind: string;
  folder: string;
  marked_at: Instant;
}

/** Writes the marks; one that is there already gets the new folder and keeps its time. */
export async function insertMarks(trx: Db, keeper: string, rows: readonly MarkRow[]): Promise<number> {
  return await insertRows(
    trx,
    "library_marks",
    rows.map((row) => ({ keeper, ...row })),
    {
      onConflict:
        "(keeper, paper_pk, kind) do update set folder = excluded.folder where library_marks.folder <> excluded.folder",
    },
  );
}

/** How many of these marks there were; they are gone. */
export async function deleteMarks(
  trx: Db,
  keeper: string,
  paperPk: number,
  kinds: readonly string[],
): Promise<number> {
  const result = await trx
    .deleteFrom("library_marks")
    .where("keeper", "=", keeper)
    .where("paper_pk", "=", paperPk)
    .where("kind", "in", [...kinds])
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Newest first; of these kinds only, where given. */
export function selectMarks(
  db: Db,
  keeper: string,
  options: { kinds?: readonly string[]; folder?: string; limit?: number } = {},
): Promise<MarkRow[]> {
  const { kinds, folder, limit } = options;
  return db
    .selectFrom("library_marks")
    .select(["paper_pk", "kind", "folder", "marked_at"])
    .where("keeper", "=", keeper)
    .$if(kinds !== undefined, (q) => q.where("kind", "in", [...(kinds ?? [])]))
    .$if(folder !== undefined, (q) => q.where("folder", "=", folder ?? ""))
    .orderBy("marked_at", "desc")
    .orderBy("paper_pk")
    .orderBy("kind")
    .$if(limit !== undefined, (q) => q.limit(limit ?? 0))
    .execute();
}

export interface MarkOfKeeper extends Pick<MarkRow, "paper_pk" | "kind" | "marked_at"> {
  keeper: string;
}

/** The newest marks of these kinds of each of the keepers, newest first. */
export function selectNewestMarks(
  db: Db,
  keepers: readonly string[],
  { kinds, mostEach }: { kinds: readonly string[]; mostEach: number },
): Promise<MarkOfKeeper[]> {
  return db
    .selectFrom((e) =>
      e
        .selectFrom("library_marks")
        .select(["keeper", "paper_pk", "kind", "marked_at"])
        .select((f) =>
          f.fn
            .agg<number>("row_number")
            .over((o) =>
              o.partitionBy("keeper").orderBy("marked_at", "desc").orderBy("paper_pk").orderBy("kind"),
            )
            .as("place"),
        )
        .where("keeper", "in", textsIn(db, keepers))
        .where("kind", "in", [...kinds])
        .as("marks"),
    )
    .select(["keeper", "paper_pk", "kind", "marked_at"])
    .where("place", "<=", mostEach)
    .orderBy("keeper")
    .orderBy("place")
    .execute();
}

/** The keeper's marks on these papers. */
export async function selectMarksOn(db: Db, keeper: string, paperPks: readonly number[]): Promise<MarkRow[]> {
  if (paperPks.length === 0) return [];
  return await db
    .selectFrom("library_marks")
    .select(["paper_pk", "kind", "folder", "marked_at"])
    .where("keeper", "=", keeper)
    .where("paper_pk", "in", numbersIn(db, paperPks))
    .orderBy("paper_pk")
    .orderBy("kind")
    .execute();
}

export async function countMarks(db: Db, keeper: string): Promise<number> {
  const row = await db
    .selectFrom("library_marks")
    .select((e) => e.fn.countAll().as("marks"))
    .where("keeper", "=", keeper)
    .executeTakeFirstOrThrow();
  return Number(row.marks);
}

/** The folders of the keeper's saves by name, with how many each holds; "" leaves out none. */
export async function selectFolders(db: Db, keeper: string): Promise<{ folder: string; papers: number }[]> {
  const rows = await db
    .selectFrom("library_marks")
    .select((e) => ["folder", e.fn.countAll().as("papers")])
    .where("keeper", "=", keeper)
    .where("kind", "=", "save")
    .where("folder", "<>", "")
    .groupBy("folder")
    .orderBy("folder")
    .execute();
  return rows.map(({ folder, papers }) => ({ folder, papers: Number(papers) }));
}

/** The marks of these keepers on these papers. By the range of pks: new papers stand together, far from what was kept. */
export async function selectMarksOfMany(
  db: Db,
  keepers: readonly string[],
  paperPks: ReadonlySet<number>,
): Promise<{ keeper: string; paper_pk: number; kind: string }[]> {
  let [least, most] = [Number.MAX_SAFE_INTEGER, 0];
  for (const pk of paperPks) [least, most] = [Math.min(least, pk), Math.max(most, pk)];
  const rows = await db
    .selectFrom("library_marks")
    .select(["keeper", "paper_pk", "kind"])
    .where("keeper", "in", textsIn(db, keepers))
    .where("paper_pk", ">=", least)
    .where("paper_pk", "<=", most)
    .execute();
  return rows.filter(({ paper_pk }) => paperPks.has(paper_pk));
}
