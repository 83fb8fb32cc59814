// What happens to papers: places on lists, submissions, announcements, signals. Rows are added, hardly ever changed.
import { type Db, insertRows, insertRowsReturning, takeNumbers, textsIn } from "../database/dialect.ts";
import type {
  AnnouncementsTable,
  ListEntriesTable,
  Schema,
  SignalsTable,
  SubmissionsTable,
} from "../database/schema.ts";
import type { Instant } from "../lib/clock.ts";
import { factKey, factKeys, keepImported, uniteFacts } from "./fact-rows.ts";
import type { SourceItem } from "./paper.ts";
import { saveRecordChanges } from "./record-changes-store.ts";

/** Rows that came with the sample leave with it. */
export type Origin = "import" | "sample";

/** An item and the paper it turned out to be about. */
export interface ItemFacts {
  pk: number;
  item: SourceItem;
  origin: Origin;
}

export interface FactOptions {
  now: Instant;
  /** Papers that nobody has said anything of before. */
  made: ReadonlySet<number>;
}

/** Writes what is new and returns the items that brought it. Harmless twice. */
export async function writeFacts(
  trx: Db,
  facts: readonly ItemFacts[],
  { now, made }: FactOptions,
): Promise<Set<ItemFacts>> {
  await saveRecordChanges(
    trx,
    facts.flatMap(({ item }) => item.changes ?? []),
  );
  const submissions = await writeRows(trx, "submissions", {
    rows: facts.flatMap((fact) => submissionRows(fact, now)),
    key: factKeys.submissions,
    onConflict: upgradeOf("submissions"),
    made,
  });
  const announcements = await writeRows(trx, "announcements", {
    rows: facts.flatMap((fact) => announcementRows(fact, now)),
    key: factKeys.announcements,
    onConflict: "do nothing",
    made,
  });
  const signals = await writeRows(trx, "signals", {
    rows: facts.flatMap((fact) => signalRows(fact, now)),
    key: factKeys.signals,
    onConflict: upgradeOf("signals"),
    made,
  });
  const places = await writePlaces(trx, facts, now);
  return new Set([...submissions, ...announcements, ...signals, ...places]);
}

/** A row and the item that brings it. */
type Brought<Row> = [row: Row, by: ItemFacts];

interface RowsToWrite<T extends keyof Schema> {
  rows: Brought<Schema[T]>[];
  key: readonly (keyof Schema[T] & string)[];
  onConflict: string;
  /** Papers without rows in the table, where its key begins with the paper. */
  made?: ReadonlySet<number>;
}

/** The items whose rows were new. Where two items bring the same row, it is the first one's. */
async function writeRows<T extends "submissions" | "announcements" | "signals" | "list_entries">(
  trx: Db,
  table: T,
  { rows, key, onConflict, made }: RowsToWrite<T>,
): Promise<ItemFacts[]> {
  const first = new Map<string, ItemFacts>();
  for (const [row, by] of rows) {
    const name = factKey(row, key);
    if (!first.has(name)) first.set(name, by);
  }
  const unique = uniteFacts(
    rows.map(([row]) => row),
    key,
  );
  const isSure = (row: Schema[T]) => made?.has(row.paper_pk) === true;
  const sure = unique.filter(isSure);
  await insertRows(trx, table, sure);
  const open = unique.filter((row) => !isSure(row));
  const written = await insertRowsReturning(trx, table, open, { onConflict, returning: key });
  return [...sure, ...written].map((row) => first.get(factKey(row, key))!);
}

/** A row of the sample becomes the import's when the import brings the same; nothing else of it changes. */
function upgradeOf(table: "submissions" | "signals"): string {
  return `(${factKeys[table].join(", ")}) ${keepImported} and ${table}.origin = 'sample'`;
}

function submissionRows(facts: ItemFacts, now: Instant): Brought<SubmissionsTable>[] {
  return facts.item.submissions.map((s) => [
    {
      paper_pk: facts.pk,
      day: s.day,
      source: s.source,
      submitter: s.submitter ?? null,
      submitted_at: s.submittedAt ?? null,
      origin: facts.origin,
      recorded_at: now,
    },
    facts,
  ]);
}

function announcementRows(facts: ItemFacts, now: Instant): Brought<AnnouncementsTable>[] {
  return facts.item.announcements.map(({ source, category, day, kind, late }) => [
    { paper_pk: facts.pk, source, category, day, kind, late: late ? 1 : 0, recorded_at: now },
    facts,
  ]);
}

function signalRows(facts: ItemFacts, now: Instant): Brought<SignalsTable>[] {
  return facts.item.signals.map((s) => [
    {
      paper_pk: facts.pk,
      kind: s.kind,
      source: s.source,
      observed_at: s.observedAt,
      value: s.value ?? null,
      detail: s.detail ?? null,
      approximate: s.approximate ? 1 : 0,
      origin: facts.origin,
      recorded_at: now,
    },
    facts,
  ]);
}

/** Places on lists; lists that are not there yet are made. A place names one paper: the latest said. */
async function writePlaces(trx: Db, facts: readonly ItemFacts[], now: Instant): Promise<ItemFacts[]> {
  const places = facts.flatMap((by) => by.item.places.map((place) => ({ by, ...place })));
  if (places.length === 0) return [];
  const lists = new Map(
    places.map(({ listId: id, listTitle: title, sourceFile, by }) => [
      id,
      { id, title, source_file: sourceFile, origin: by.origin, created_at: now },
    ]),
  );
  const listPks = await ensureLists(trx, [...lists.values()]);
  const rows = places.map(
    ({ by, listId, position }): Brought<ListEntriesTable> => [
      { list_pk: listPks.get(listId)!, position, paper_pk: by.pk },
      by,
    ],
  );
  return writeRows(trx, "list_entries", {
    rows: rows.reverse(),
    key: ["list_pk", "position"],
    onConflict:
      "(list_pk, position) do update set paper_pk = excluded.paper_pk where list_entries.paper_pk <> excluded.paper_pk",
  });
}

interface NewList {
  id: string;
  title: string;
  source_file: string;
  origin: Origin;
  created_at: Instant;
}

async function ensureLists(trx: Db, lists: readonly NewList[]): Promise<Map<string, number>> {
  const ids = lists.map((list) => list.id);
  const found = await trx
    .selectFrom("lists")
    .select(["id", "pk", "origin"])
    .where("id", "in", textsIn(trx, ids))
    .execute();
  const pks = new Map(found.map((row) => [row.id, row.pk]));
  const missing = lists.filter((list) => !pks.has(list.id));
  if (missing.length > 0) {
    const first = await takeNumbers(trx, "lists", missing.length);
    const rows = missing.map((list, i) => ({ pk: first + i, ...list }));
    await insertRows(trx, "lists", rows);
    for (const { id, pk } of rows) pks.set(id, pk);
  }
  await keepLists(trx, lists, found);
  return pks;
}

/** A list of the sample that an import also brings stays when the sample goes. */
async function keepLists(trx: Db, lists: readonly NewList[], found: { id: string; origin: string }[]) {
  const imported = new Set(lists.filter((list) => list.origin === "import").map((list) => list.id));
  const kept = found.filter((row) => row.origin === "sample" && imported.has(row.id)).map((row) => row.id);
  if (kept.length === 0) return;
  await trx.updateTable("lists").set({ origin: "import" }).where("id", "in", textsIn(trx, kept)).execute();
}
