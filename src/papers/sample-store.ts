// Takes the sample out again: its records and rows, then the papers nothing else speaks of; the others are folded anew.
import { type Db, insertRows, numbersIn, takeNumbers } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { loadDrafts, withContestants } from "./batch-store.ts";
import { forgetUnnamed, namedIdentifiers } from "./draft-identifiers.ts";
import { type Draft, retitle } from "./drafts.ts";
import { writeDrafts } from "./drafts-store.ts";
import { placeDrafts } from "./placing-store.ts";

export interface SampleRemoval {
  papersRemoved: number;
  /** Papers that other sources had brought too. */
  papersKept: number;
}

/** Removes what came with the sample. Needs a transaction of its own. */
export async function removeSampleRows(trx: Db, now: Instant): Promise<SampleRemoval> {
  await takeNumbers(trx, "changes", 0);
  const touched = await findSamplePapers(trx);
  await trx.deleteFrom("paper_records").where("source", "=", "sample").execute();
  await trx.deleteFrom("submissions").where("origin", "=", "sample").execute();
  await trx.deleteFrom("signals").where("origin", "=", "sample").execute();
  await removeSampleLists(trx);
  const speaking = await trx
    .selectFrom("paper_records")
    .select(["paper_pk", (e) => e.fn.countAll().as("records")])
    .where("paper_pk", "in", numbersIn(trx, touched))
    .groupBy("paper_pk")
    .execute();
  const kept = new Set(speaking.map((row) => row.paper_pk));
  const orphans = touched.filter((pk) => !kept.has(pk));
  const alone = speaking.filter((row) => Number(row.records) === 1).map((row) => row.paper_pk);
  await trx.deleteFrom("merges").where("paper_pk", "in", numbersIn(trx, alone)).execute();
  await trx.deleteFrom("merges").where("source", "=", "sample").execute();
  const changed = await draftChanges(trx, touched);
  await removePapers(trx, orphans);
  await writeChanged(
    trx,
    changed.filter((draft) => draft.records.size > 0),
    now,
  );
  return { papersRemoved: orphans.length, papersKept: kept.size };
}

async function findSamplePapers(trx: Db): Promise<number[]> {
  const records = await trx
    .selectFrom("paper_records")
    .select("paper_pk")
    .where("source", "=", "sample")
    .execute();
  const pks = new Set(records.map((row) => row.paper_pk));
  for (const table of ["submissions", "signals"] as const) {
    const rows = await trx.selectFrom(table).select("paper_pk").where("origin", "=", "sample").execute();
    for (const row of rows) pks.add(row.paper_pk);
  }
  return [...pks].sort((a, b) => a - b);
}

async function removeSampleLists(trx: Db): Promise<void> {
  const lists = trx.selectFrom("lists").select("pk").where("origin", "=", "sample");
  await trx.deleteFrom("list_entries").where("list_pk", "in", lists).execute();
  await trx.deleteFrom("lists").where("origin", "=", "sample").execute();
}

/** Removes papers with all their rows and leaves word of it for followers. */
async function removePapers(trx: Db, pks: readonly number[]): Promise<void> {
  if (pks.length === 0) return;
  const gone = await trx
    .selectFrom("papers")
    .select(["pk", "id"])
    .where("pk", "in", numbersIn(trx, pks))
    .orderBy("pk")
    .execute();
  const first = await takeNumbers(trx, "changes", gone.length);
  await insertRows(
    trx,
    "removed_papers",
    gone.map(({ pk, id }, i) => ({ pk, id, change_number: first + i })),
  );
  for (const table of tablesOfPapers) {
    await trx.deleteFrom(table).where("paper_pk", "in", numbersIn(trx, pks)).execute();
  }
  await trx.deleteFrom("papers").where("pk", "in", numbersIn(trx, pks)).execute();
}

const tablesOfPapers = [
  "identifiers",
  "contested_identifiers",
  "paper_authors",
  "paper_categories",
  "merges",
  "list_entries",
  "submissions",
  "announcements",
  "signals",
  "sent_papers",
  "library_marks",
  "estimates",
] as const;

/** The papers as they are without the sample's records, and those that are heirs to an identifier; nothing is written. */
async function draftChanges(trx: Db, pks: readonly number[]): Promise<Draft[]> {
  const set = await loadDrafts(trx, await withContestants(trx, pks));
  for (const pk of pks) {
    const draft = set.byPk.get(pk)!;
    draft.changed = true;
    forgetUnnamed(set, draft, namedIdentifiers(draft));
    retitle(set, draft);
  }
  return set.all.filter((draft) => draft.changed);
}

async function writeChanged(trx: Db, drafts: readonly Draft[], now: Instant): Promise<void> {
  if (drafts.length === 0) return;
  const firstChangeNumber = await takeNumbers(trx, "changes", drafts.length);
  await writeDrafts(trx, await placeDrafts(trx, drafts), { now, firstChangeNumber });
}
