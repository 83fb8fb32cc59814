// Writes the papers a batch changed: ids and change numbers, records, identifiers, authors, categories, merges.
import { sql } from "kysely";
import { type Db, insertRows, numbersIn, takeNumbers } from "../database/dialect.ts";
import type {
  IdentifiersTable,
  MergesTable,
  PaperAuthorsTable,
  PaperCategoriesTable,
  PaperRecordsTable,
} from "../database/schema.ts";
import type { Instant } from "../lib/clock.ts";
import type { Draft } from "./drafts.ts";
import { authorKey } from "./names.ts";
import type { RecordChange } from "./paper.ts";
import { isMintedId } from "./paper-id.ts";
import { formatPaperRow } from "./paper-row.ts";
import { needsMintedId, type PlacedDraft } from "./placing-store.ts";
import { identifierKey } from "./prepared-item.ts";
import { saveRecordChanges } from "./record-changes-store.ts";

export interface WriteOptions {
  now: Instant;
  /** The first paper's; the others follow. */
  firstChangeNumber: number;
}

/** Writes papers that are placed. Papers they absorbed must be gone already: ids move. */
export async function writeDrafts(
  trx: Db,
  placed: readonly PlacedDraft[],
  { now, firstChangeNumber }: WriteOptions,
): Promise<void> {
  if (placed.length === 0) return;
  await freeIds(trx, placed);
  await insertRows(
    trx,
    "papers",
    placed.map(({ draft, paper, pk, id }, i) =>
      formatPaperRow(paper, { pk, id, titleKey: draft.titleKey, changeNumber: firstChangeNumber + i, now }),
    ),
    { onConflict: replacePaper },
  );
  await insertRows(
    trx,
    "paper_records",
    placed.flatMap((p) => recordRows(p, now)),
    {
      onConflict:
        "(source, source_id) do update set paper_pk = excluded.paper_pk, hash = excluded.hash, record = excluded.record, updated_at = excluded.updated_at",
    },
  );
  await saveRecordChanges(
    trx,
    placed.flatMap(({ draft }) => changesOf(draft, now)),
  );
  await writeIdentifiers(trx, placed);
  await writeAuthorsAndCategories(trx, placed);
  await writeNotes(trx, placed);
}

/** All columns but pk and created_at. */
const replacePaper = `(pk) do update set ${[
  "id",
  "title",
  "title_text",
  "abstract",
  "abstract_text",
  "abstract_kind",
  "title_key",
  "author_key",
  "authors",
  "year",
  "published_on",
  "updated_on",
  "venue",
  "primary_category",
  "withdrawn",
  "details",
  "change_number",
  "updated_at",
]
  .map((column) => `${column} = excluded.${column}`)
  .join(", ")}`;

/** A paper may take an id that another one of the batch gives up: none is in the way while they are written. */
async function freeIds(trx: Db, placed: readonly PlacedDraft[]): Promise<void> {
  const moving = placed.filter(({ draft, id }) => draft.id !== null && draft.id !== id).map(({ pk }) => pk);
  if (moving.length === 0) return;
  await trx
    .updateTable("papers")
    .set({ id: sql`'moving ' || cast(pk as text)` })
    .where("pk", "in", numbersIn(trx, moving))
    .execute();
}

function recordRows({ draft, pk }: PlacedDraft, now: Instant): PaperRecordsTable[] {
  return [...draft.records.values()]
    .filter((held) => held.json !== undefined)
    .map(({ record, hash, json }) => ({
      source: record.source,
      source_id: record.sourceId,
      paper_pk: pk,
      hash,
      record: json!,
      first_seen_at: now,
      updated_at: now,
    }));
}

function changesOf({ records }: Draft, changedAt: Instant): RecordChange[] {
  return [...records.values()].flatMap(({ record: { source, sourceId }, takenBack: before }) =>
    before === undefined ? [] : [{ source, sourceId, changedAt, before }],
  );
}

/** An identifier leads to one paper; what other papers name it as well stands beside. */
async function writeIdentifiers(trx: Db, placed: readonly PlacedDraft[]): Promise<void> {
  const forgot = placed.filter(({ draft }) => draft.forgot).map(({ pk }) => pk);
  if (forgot.length > 0) {
    await trx.deleteFrom("identifiers").where("paper_pk", "in", numbersIn(trx, forgot)).execute();
  }
  await insertRows(trx, "identifiers", placed.flatMap(identifierRows), { onConflict: "do nothing" });
  const contesting = placed.filter(({ draft }) => draft.contestChanged);
  const known = contesting.filter((p) => !p.isNew).map(({ pk }) => pk);
  if (known.length > 0) {
    await trx.deleteFrom("contested_identifiers").where("paper_pk", "in", numbersIn(trx, known)).execute();
  }
  await insertRows(
    trx,
    "contested_identifiers",
    contesting.flatMap(({ draft, pk }) =>
      [...draft.contested.values()].map((row) => ({ ...row, paper_pk: pk })),
    ),
  );
}

function identifierRows({ draft, pk, id }: PlacedDraft): IdentifiersTable[] {
  const keys = draft.forgot ? draft.identifiers.keys() : draft.addedIdentifiers;
  const found = [...keys].map((key) => draft.identifiers.get(key)!);
  const rows = [...found, ...givenUpIds(draft, id).map((value) => ({ scheme: "broadsheet", value }))];
  return [...new Map(rows.map((row) => [identifierKey(row), { ...row, paper_pk: pk }])).values()];
}

/**
 * Addresses that lead to the paper from now on: ids of our own it had or was to have, and those of papers it absorbed. An
 * arXiv id of its own is among its identifiers; one it was given by mistake leads nowhere.
 */
function givenUpIds(draft: Draft, id: string): string[] {
  // A wanted id that was proposed and not given is somebody else's.
  const own = [draft.id, needsMintedId(draft) ? null : draft.wantedId].filter(
    (old) => old && isMintedId(old),
  );
  const absorbed = draft.absorbed.map((paper) => paper.id);
  return [...own, ...absorbed].filter(
    (old) => old && old !== id && !draft.identifiers.has(`arxiv:${old}`),
  ) as string[];
}

async function writeAuthorsAndCategories(trx: Db, placed: readonly PlacedDraft[]): Promise<void> {
  const known = placed.filter((p) => !p.isNew).map((p) => p.pk);
  for (const table of ["paper_authors", "paper_categories"] as const) {
    if (known.length === 0) break;
    await trx.deleteFrom(table).where("paper_pk", "in", numbersIn(trx, known)).execute();
  }
  await insertRows(trx, "paper_authors", placed.flatMap(authorRows));
  await insertRows(trx, "paper_categories", placed.flatMap(categoryRows));
}

function authorRows({ paper, pk }: PlacedDraft): PaperAuthorsTable[] {
  return paper.authors.map(({ name }, i) => ({
    paper_pk: pk,
    position: i + 1,
    name,
    author_key: authorKey(name),
  }));
}

function categoryRows({ paper, pk }: PlacedDraft): PaperCategoriesTable[] {
  return paper.categories.map((category, i) => ({ paper_pk: pk, category, position: i + 1 }));
}

/** Merges an import of our own export brings again are known already. */
async function writeNotes(trx: Db, placed: readonly PlacedDraft[]): Promise<void> {
  const noted = placed.filter(({ draft }) => draft.notes.length > 0);
  if (noted.length === 0) return;
  const known = await trx
    .selectFrom("merges")
    .selectAll()
    .where(
      "paper_pk",
      "in",
      numbersIn(
        trx,
        noted.map((p) => p.pk),
      ),
    )
    .execute();
  const seen = new Set(known.map(mergeKey));
  const rows = noted
    .flatMap(mergeRows)
    .sort((a, b) => a.order - b.order)
    .map(({ order: _, ...row }) => row)
    .filter((row) => !seen.has(mergeKey(row)) && seen.add(mergeKey(row)));
  if (rows.length === 0) return;
  const first = await takeNumbers(trx, "merges", rows.length);
  await insertRows(
    trx,
    "merges",
    rows.map((row, i) => ({ ...row, pk: first + i })),
  );
}

function mergeRows({ draft, pk }: PlacedDraft): (Omit<MergesTable, "pk"> & { order: number })[] {
  return draft.notes.map((note) => ({
    order: note.order,
    paper_pk: pk,
    source: note.source,
    source_id: note.sourceId,
    merged_id: note.mergedId ?? null,
    reason: note.reason,
    evidence: note.evidence,
    merged_at: note.mergedAt,
  }));
}

function mergeKey(row: Omit<MergesTable, "pk">): string {
  const { paper_pk, source, source_id, merged_id, reason, evidence, merged_at } = row;
  return JSON.stringify([paper_pk, source, source_id, merged_id, reason, evidence, merged_at]);
}
