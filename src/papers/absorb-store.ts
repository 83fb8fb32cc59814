// Two stored papers that turned out to be one: every row of the one that goes is handed to the one that stays.
import { type Db, insertRows, numbersIn } from "../database/dialect.ts";
import type { Schema } from "../database/schema.ts";

export interface Absorption {
  /** The paper that goes. */
  from: number;
  /** Its id, which leads to the other from now on. */
  id: string;
  /** The paper that stays. */
  to: number;
}

/** Tables whose rows move over whole: their keys do not name the paper. */
const moved = {
  paper_records: "(source, source_id) do update set paper_pk = excluded.paper_pk",
  identifiers: "(scheme, value) do update set paper_pk = excluded.paper_pk",
  list_entries: "(list_pk, position) do update set paper_pk = excluded.paper_pk",
  merges: "(pk) do update set paper_pk = excluded.paper_pk",
  reports: "(id) do update set paper_pk = excluded.paper_pk",
  moderation_log: "(id) do update set paper_pk = excluded.paper_pk",
} as const;

/** What comes with the sample leaves with it; a row that an import also brought stays. */
export const keepImported = "do update set origin = excluded.origin where excluded.origin = 'import'";

/** Tables whose keys name the paper: both papers may have the same row, which is then one. */
const joined = {
  submissions: `(paper_pk, day, source) ${keepImported}`,
  announcements: "do nothing",
  signals: `(paper_pk, kind, source, observed_at) ${keepImported}`,
  sent_papers: "do nothing",
  votes: "do nothing",
  proposals: "do nothing",
  library_marks: "do nothing",
} as const;

/** Moves the rows and removes the papers that went. Statements do not grow in number with the papers. */
export async function absorbPapers(trx: Db, absorptions: readonly Absorption[]): Promise<void> {
  if (absorptions.length === 0) return;
  const target = new Map(absorptions.map(({ from, to }) => [from, to]));
  const from = [...target.keys()];
  for (const [table, onConflict] of Object.entries(moved)) {
    await copyRows(trx, table as keyof typeof moved, { target, from, onConflict });
  }
  for (const [table, onConflict] of Object.entries(joined)) {
    await copyRows(trx, table as keyof typeof joined, { target, from, onConflict });
    await deleteRows(trx, table as keyof typeof joined, from);
  }
  for (const table of ["paper_authors", "paper_categories"] as const) await deleteRows(trx, table, from);
  await trx.deleteFrom("papers").where("pk", "in", numbersIn(trx, from)).execute();
}

type PaperTable = keyof typeof moved | keyof typeof joined;

interface CopyOptions {
  target: Map<number, number>;
  from: number[];
  onConflict: string;
}

async function copyRows(trx: Db, table: PaperTable, { target, from, onConflict }: CopyOptions) {
  const rows = await trx
    .selectFrom(table)
    .selectAll()
    .where("paper_pk", "in", numbersIn(trx, from))
    .execute();
  const repointed = rows.map((row) => ({ ...row, paper_pk: target.get(row.paper_pk)! }));
  await insertRows(trx, table, repointed as Schema[PaperTable][], { onConflict });
}

async function deleteRows(trx: Db, table: PaperTable | "paper_authors" | "paper_categories", from: number[]) {
  await trx.deleteFrom(table).where("paper_pk", "in", numbersIn(trx, from)).execute();
}
