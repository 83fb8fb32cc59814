// What happens to papers: places on lists, submissions, announcements, signals. Rows are added, hardly ever changed.
import { type Db, insertRows, insertRowsReturning, takeNumbers, textsIn } from "../database/dialect.ts";
import type {
  AnnouncementsTable,
  ListEntriesTable,
  SignalsTable,
  SubmissionsTable,
} from "../database/schema.ts";
import type { Instant } from "../lib/clock.ts";
import { keepImported } from "./absorb-store.ts";
import type { SourceItem } from "./paper.ts";

/** Rows that came with the sample leave with it. */
export type Origin = "import" | "sample";

/** An item and the paper it turned out to be about. */
export interface ItemFacts {
  pk: number;
  item: SourceItem;
  origin: Origin;
}

/** Writes what is new and returns the papers that something new was written of. Harmless twice. */
export async function writeFacts(trx: Db, facts: readonly ItemFacts[], now: Instant): Promise<Set<number>> {
  const touched = [
    ...(await insertRowsReturning(trx, "submissions", unique(facts.flatMap(submissionRows), submissionKey), {
      onConflict: `(paper_pk, day, source) ${upgradeOf("submissions")}`,
      returning: "paper_pk",
    })),
    ...(await insertRowsReturning(
      trx,
      "announcements",
      unique(facts.flatMap(announcementRows), announcementKey),
      {
        onConflict: "do nothing",
        returning: "paper_pk",
      },
    )),
    ...(await insertRowsReturning(trx, "signals", unique(facts.flatMap(signalRows), signalKey), {
      onConflict: `(paper_pk, kind, source, observed_at) ${upgradeOf("signals")}`,
      returning: "paper_pk",
    })),
    ...(await writePlaces(trx, facts, now)),
  ];
  return new Set(touched);
}

/** A row of the sample becomes the import's when the import brings the same; nothing else of it changes. */
function upgradeOf(table: "submissions" | "signals"): string {
  return `${keepImported} and ${table}.origin = 'sample'`;
}

function submissionRows({ pk, item, origin }: ItemFacts): SubmissionsTable[] {
  return item.submissions.map((s) => ({
    paper_pk: pk,
    day: s.day,
    source: s.source,
    submitter: s.submitter ?? null,
    submitted_at: s.submittedAt ?? null,
    origin,
  }));
}

const submissionKey = (row: SubmissionsTable) => `${row.paper_pk} ${row.day} ${row.source}`;

function announcementRows({ pk, item }: ItemFacts): AnnouncementsTable[] {
  return item.announcements.map(({ source, category, day, kind }) => ({
    paper_pk: pk,
    source,
    category,
    day,
    kind,
  }));
}

const announcementKey = (row: AnnouncementsTable) =>
  `${row.paper_pk} ${row.source} ${row.category} ${row.day}`;

function signalRows({ pk, item, origin }: ItemFacts): SignalsTable[] {
  return item.signals.map((s) => ({
    paper_pk: pk,
    kind: s.kind,
    source: s.source,
    observed_at: s.observedAt,
    value: s.value ?? null,
    detail: s.detail ?? null,
    approximate: s.approximate ? 1 : 0,
    origin,
  }));
}

const signalKey = (row: SignalsTable) => `${row.paper_pk} ${row.kind} ${row.source} ${row.observed_at}`;

/** Places on lists; lists that are not there yet are made. A place names one paper: the latest said. */
async function writePlaces(trx: Db, facts: readonly ItemFacts[], now: Instant): Promise<number[]> {
  const places = facts.flatMap(({ pk, item, origin }) =>
    item.places.map((place) => ({ pk, origin, ...place })),
  );
  if (places.length === 0) return [];
  const lists = new Map(
    places.map((p) => [
      p.listId,
      { id: p.listId, title: p.listTitle, source_file: p.sourceFile, origin: p.origin, created_at: now },
    ]),
  );
  const listPks = await ensureLists(trx, [...lists.values()]);
  const rows = new Map<string, ListEntriesTable>();
  for (const { pk, listId, position } of places) {
    const listPk = listPks.get(listId)!;
    rows.set(`${listPk} ${position}`, { list_pk: listPk, position, paper_pk: pk });
  }
  return insertRowsReturning(trx, "list_entries", [...rows.values()], {
    onConflict:
      "(list_pk, position) do update set paper_pk = excluded.paper_pk where list_entries.paper_pk <> excluded.paper_pk",
    returning: "paper_pk",
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

function unique<T>(rows: readonly T[], key: (row: T) => string): T[] {
  const found = new Map<string, T>();
  for (const row of rows) {
    const name = key(row);
    if (!found.has(name)) found.set(name, row);
  }
  return [...found.values()];
}
