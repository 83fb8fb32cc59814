// Two stored papers that turned out to be one: every row of the one that goes is handed to the one that stays.
import { type Db, insertRows, numbersIn } from "../database/dialect.ts";
import type { Schema } from "../database/schema.ts";
import type { Instant } from "../lib/clock.ts";
import { sha256Hex } from "../lib/hash.ts";
import { factKeys, keepImported, uniteFacts } from "./fact-rows.ts";

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

/** Tables whose keys name the paper: both papers may have the same row, which is then one. */
const joined = {
  submissions: `(${factKeys.submissions.join(", ")}) ${keepImported}`,
  announcements: "do nothing",
  signals: `(${factKeys.signals.join(", ")}) ${keepImported}`,
  sent_papers: "do nothing",
  votes: "do nothing",
  proposals: "do nothing",
  library_marks: "do nothing",
  webhook_papers: "do nothing",
} as const;

/** Tables whose rows are made of the records, and written for the paper that stays. */
const writtenAnew = ["paper_authors", "paper_categories", "contested_identifiers"] as const;

/** What editions are made of is kept as it was, so that a page of before shows both papers. */
const keptAsBefore = ["submissions", "announcements", "signals"] as const;

/** Moves the rows and removes the papers that went. Statements do not grow in number with the papers. */
export async function absorbPapers(trx: Db, absorptions: readonly Absorption[], now: Instant): Promise<void> {
  if (absorptions.length === 0) return;
  const target = new Map(absorptions.map(({ from, to }) => [from, to]));
  const from = [...target.keys()];
  for (const table of keptAsBefore) await keepFacts(trx, table, { from, now });
  for (const [table, onConflict] of Object.entries(moved)) {
    await copyRows(trx, table as keyof typeof moved, { target, from, now, onConflict });
  }
  for (const [table, onConflict] of Object.entries(joined)) {
    await copyRows(trx, table as keyof typeof joined, { target, from, now, onConflict });
    await deleteRows(trx, table as keyof typeof joined, from);
  }
  // What was expected of the paper that goes stays for the pages of before; the other has it from now on.
  await copyRows(trx, "estimates", { target, from, now, onConflict: "do nothing" });
  for (const table of writtenAnew) await deleteRows(trx, table, from);
  await trx.deleteFrom("papers").where("pk", "in", numbersIn(trx, from)).execute();
}

type PaperTable = keyof typeof moved | keyof typeof joined | "estimates";

interface CopyOptions {
  target: Map<number, number>;
  from: number[];
  now: Instant;
  onConflict: string;
}

async function copyRows(trx: Db, table: PaperTable, { target, from, now, onConflict }: CopyOptions) {
  const rows = await trx
    .selectFrom(table)
    .selectAll()
    .where("paper_pk", "in", numbersIn(trx, from))
    // Of rows that become one, the words of the paper that was here first stay.
    .orderBy("paper_pk")
    .execute();
  const repointed = rows.map((row) => ({
    ...row,
    paper_pk: target.get(row.paper_pk)!,
    // The paper that stays has the fact from now on.
    ...("recorded_at" in row ? { recorded_at: now } : {}),
    ...("made_at" in row ? { made_at: now } : {}),
  }));
  await insertRows(trx, table, unitedRows(table, repointed as Schema[PaperTable][]), { onConflict });
}

/** Several papers that go may bring the same fact. */
function unitedRows(table: PaperTable, rows: Schema[PaperTable][]): Schema[PaperTable][] {
  if (!(table in factKeys)) return rows;
  return uniteFacts(rows, factKeys[table as keyof typeof factKeys] as readonly string[] as never[]);
}

async function keepFacts(
  trx: Db,
  kind: (typeof keptAsBefore)[number],
  { from, now }: { from: number[]; now: Instant },
) {
  const rows = await trx.selectFrom(kind).selectAll().where("paper_pk", "in", numbersIn(trx, from)).execute();
  const kept = rows.map((row) => ({
    kind,
    paper_pk: row.paper_pk,
    day: "day" in row ? row.day : null,
    fact: JSON.stringify(row),
    fact_hash: sha256Hex(JSON.stringify(row)),
    recorded_at: row.recorded_at,
    absorbed_at: now,
  }));
  await insertRows(trx, "absorbed_facts", kept, { onConflict: "do nothing" });
}

async function deleteRows(trx: Db, table: PaperTable | (typeof writtenAnew)[number], from: number[]) {
  await trx.deleteFrom(table).where("paper_pk", "in", numbersIn(trx, from)).execute();
}
