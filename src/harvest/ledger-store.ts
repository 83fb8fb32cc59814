// The ledger's rows in the database, and the counts they are made of.
import { type Db, insertRows, textsIn } from "../database/dialect.ts";
import type { LedgerTable } from "../database/schema.ts";
import type { Day } from "../lib/clock.ts";
import type { AnnouncementKind } from "../papers/paper.ts";
import type { LedgerKey, LedgerNote, LedgerRoute, LedgerRow, LedgerState, LookOutcome } from "./ledger.ts";

export async function findLedgerRow(db: Db, { source, category, day }: LedgerKey): Promise<LedgerRow | null> {
  const row = await db
    .selectFrom("ledger")
    .selectAll()
    .where("source", "=", source)
    .where("category", "=", category)
    .where("day", "=", day)
    .executeTakeFirst();
  return row ? parseRow(row) : null;
}

/** Rows from `from` to `to`, newest day first, categories in their order as text. */
export async function listLedgerRows(
  db: Db,
  { from, to, source }: { from: Day; to: Day; source?: string },
): Promise<LedgerRow[]> {
  const rows = await db
    .selectFrom("ledger")
    .selectAll()
    .where("day", ">=", from)
    .where("day", "<=", to)
    .$if(source !== undefined, (q) => q.where("source", "=", source!))
    .orderBy("day", "desc")
    .orderBy("source")
    .orderBy("category")
    .execute();
  return rows.map(parseRow);
}

/** True when papers of a later day are held: of the source, or of one category of it. */
export async function hasLaterPapers(
  db: Db,
  { source, category, day }: { source: string; category?: string; day: Day },
): Promise<boolean> {
  const row = await db
    .selectFrom("ledger")
    .select("day")
    .where("source", "=", source)
    .$if(category !== undefined, (q) => q.where("category", "=", category!))
    .where("day", ">", day)
    .where("received", ">", 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Days of a category on which something is held, oldest first. */
export async function listHeldDays(
  db: Db,
  { source, category, from }: { source: string; category: string; from: Day },
): Promise<Day[]> {
  const rows = await db
    .selectFrom("ledger")
    .select("day")
    .where("source", "=", source)
    .where("category", "=", category)
    .where("day", ">=", from)
    .where("received", ">", 0)
    .orderBy("day")
    .execute();
  return rows.map(({ day }) => day);
}

/** The oldest day of a source, or of one category of it, in the ledger. */
export async function findFirstDay(db: Db, source: string, category?: string): Promise<Day | null> {
  const row = await db
    .selectFrom("ledger")
    .select("day")
    .where("source", "=", source)
    .$if(category !== undefined, (q) => q.where("category", "=", category!))
    .orderBy("day")
    .limit(1)
    .executeTakeFirst();
  return row?.day ?? null;
}

export async function saveLedgerRow(trx: Db, row: LedgerRow): Promise<void> {
  await insertRows(trx, "ledger", [formatRow(row)], {
    onConflict: `(source, category, day) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(", ")}`,
  });
}

const changing: (keyof LedgerTable)[] = [
  "due_at",
  "state",
  "reason",
  "announced",
  "received",
  "new_papers",
  "cross_lists",
  "updates",
  "rejected",
  "late",
  "route",
  "look",
  "looked_at",
  "whole_looks",
  "complete_at",
  "history",
];

function parseRow(row: LedgerTable): LedgerRow {
  return {
    source: row.source,
    category: row.category,
    day: row.day,
    dueAt: row.due_at,
    state: row.state as LedgerState,
    reason: row.reason,
    announced: row.announced,
    received: row.received,
    newPapers: row.new_papers,
    crossLists: row.cross_lists,
    updates: row.updates,
    rejected: row.rejected,
    late: row.late,
    route: row.route as LedgerRoute | null,
    look: row.look as LookOutcome,
    lookedAt: row.looked_at,
    wholeLooks: row.whole_looks,
    completeAt: row.complete_at,
    history: JSON.parse(row.history) as LedgerNote[],
  };
}

function formatRow(row: LedgerRow): LedgerTable {
  return {
    source: row.source,
    category: row.category,
    day: row.day,
    due_at: row.dueAt,
    state: row.state,
    reason: row.reason,
    announced: row.announced,
    received: row.received,
    new_papers: row.newPapers,
    cross_lists: row.crossLists,
    updates: row.updates,
    rejected: row.rejected,
    late: row.late,
    route: row.route,
    look: row.look,
    looked_at: row.lookedAt,
    whole_looks: row.wholeLooks,
    complete_at: row.completeAt,
    history: JSON.stringify(row.history),
  };
}

export interface KnownAnnouncement {
  arxivId: string;
  day: Day;
  kind: AnnouncementKind;
}

/** What is known of when these papers were announced in a category. */
export async function listKnownAnnouncements(
  db: Db,
  arxivIds: readonly string[],
  { source, category }: { source: string; category: string },
): Promise<KnownAnnouncement[]> {
  if (arxivIds.length === 0) return [];
  const rows = await db
    .selectFrom("identifiers")
    .innerJoin("announcements", "announcements.paper_pk", "identifiers.paper_pk")
    .select(["identifiers.value", "day", "kind"])
    .where("identifiers.scheme", "=", "arxiv")
    .where("identifiers.value", "in", textsIn(db, arxivIds))
    .where("announcements.source", "=", source)
    .where("announcements.category", "=", category)
    .execute();
  return rows.map((row) => ({ arxivId: row.value, day: row.day, kind: row.kind as AnnouncementKind }));
}

/** arXiv ids announced in a category on a day. */
export async function listAnnouncedIds(
  db: Db,
  { source, category, day }: LedgerKey,
): Promise<KnownAnnouncement[]> {
  const rows = await db
    .selectFrom("announcements")
    .innerJoin("identifiers", "identifiers.paper_pk", "announcements.paper_pk")
    .select(["identifiers.value", "kind"])
    .where("identifiers.scheme", "=", "arxiv")
    .where("announcements.source", "=", source)
    .where("category", "=", category)
    .where("day", "=", day)
    .execute();
  return rows.map((row) => ({ arxivId: row.value, day, kind: row.kind as AnnouncementKind }));
}

/** Which of these ids have no record of any of the sources. */
export async function listIdsWithout(
  db: Db,
  arxivIds: readonly string[],
  sources: readonly string[],
): Promise<string[]> {
  if (arxivIds.length === 0) return [];
  const rows = await db
    .selectFrom("paper_records")
    .select("source_id")
    .where("source", "in", [...sources])
    .where("source_id", "in", textsIn(db, arxivIds))
    .execute();
  const known = new Set(rows.map((row) => row.source_id));
  return arxivIds.filter((id) => !known.has(id));
}

/** Which of these papers of feeds have a place in a feed's account already. */
export async function listPlacedIds(
  db: Db,
  sourceIds: readonly string[],
  { source, category }: { source: string; category: string },
): Promise<Set<string>> {
  if (sourceIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("paper_records")
    .innerJoin("announcements", "announcements.paper_pk", "paper_records.paper_pk")
    .select("source_id")
    .where("paper_records.source", "=", "feed")
    .where("source_id", "in", textsIn(db, sourceIds))
    .where("announcements.source", "=", source)
    .where("announcements.category", "=", category)
    .execute();
  return new Set(rows.map((row) => row.source_id));
}

/** Of these arXiv ids those that were put forward at a source on a day before, with the latest such day. */
export async function listSubmittedBefore(
  db: Db,
  arxivIds: readonly string[],
  { source, day }: { source: string; day: Day },
): Promise<Map<string, Day>> {
  if (arxivIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("identifiers")
    .innerJoin("submissions", "submissions.paper_pk", "identifiers.paper_pk")
    .select((e) => ["identifiers.value", e.fn.max("day").as("day")])
    .where("identifiers.scheme", "=", "arxiv")
    .where("identifiers.value", "in", textsIn(db, arxivIds))
    .where("submissions.source", "=", source)
    .where("day", "<", day)
    .groupBy("identifiers.value")
    .execute();
  return new Map(rows.map((row) => [row.value, row.day]));
}
