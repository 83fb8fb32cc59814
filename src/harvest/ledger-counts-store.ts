// Counts of what is held of a day, as the ledger's rows are made of: announcements by category, or submissions.
import type { Db } from "../database/dialect.ts";
import type { Day } from "../lib/clock.ts";
import type { AnnouncementKind } from "../papers/paper.ts";
import type { LedgerKey } from "./ledger.ts";

export interface HeldCounts extends Record<AnnouncementKind, number> {
  /** Of these: came after the deadline of the day. Null where that is not kept paper by paper. */
  late: number | null;
}

/** How many papers are held as announced in a category on a day, by kind. */
export async function countAnnounced(db: Db, { source, category, day }: LedgerKey): Promise<HeldCounts> {
  const rows = await db
    .selectFrom("announcements")
    .select((e) => ["kind", e.fn.countAll().as("count"), e.fn.sum("late").as("late")])
    .where("source", "=", source)
    .where("category", "=", category)
    .where("day", "=", day)
    .groupBy("kind")
    .execute();
  return addUp(rows);
}

/** The same over all categories of a server; a paper that changed its category that day is one paper. */
export async function countOfServer(db: Db, { source, day }: LedgerKey): Promise<HeldCounts> {
  const papers = db
    .selectFrom("announcements")
    .select((e) => ["paper_pk", e.fn.min("kind").as("kind"), e.fn.min("late").as("late")])
    .where("source", "=", source)
    .where("day", "=", day)
    .groupBy("paper_pk");
  const rows = await db
    .selectFrom(papers.as("papers"))
    .select((e) => ["kind", e.fn.countAll().as("count"), e.fn.sum("late").as("late")])
    .groupBy("kind")
    .execute();
  return addUp(rows);
}

/** Papers put forward by people on a day. */
export async function countSubmitted(db: Db, { source, day }: LedgerKey): Promise<HeldCounts> {
  const row = await db
    .selectFrom("submissions")
    .select((e) => e.fn.countAll().as("count"))
    .where("source", "=", source)
    .where("day", "=", day)
    .executeTakeFirst();
  return { new: Number(row?.count ?? 0), cross: 0, replacement: 0, late: null };
}

function addUp(rows: readonly { kind: string; count: unknown; late: unknown }[]): HeldCounts {
  const counts = { new: 0, cross: 0, replacement: 0, late: 0 };
  for (const { kind, count, late } of rows) {
    counts[kind as AnnouncementKind] = Number(count);
    counts.late += Number(late ?? 0);
  }
  return counts;
}

/** What is held of a server's day in one of its categories. */
export interface CategoryPart {
  category: string;
  received: number;
  newPapers: number;
  updates: number;
  late: number;
}

/** By "source day": the categories of the servers that are accounted for as a whole, from `from` on. */
export async function listCategoryParts(
  db: Db,
  { from, sources }: { from: Day; sources: readonly string[] },
): Promise<Map<string, CategoryPart[]>> {
  const rows = await db
    .selectFrom("announcements")
    .select((e) => [
      "source",
      "category",
      "day",
      "kind",
      e.fn.countAll().as("count"),
      e.fn.sum("late").as("late"),
    ])
    .where("day", ">=", from)
    .where("source", "in", [...sources])
    .groupBy(["source", "category", "day", "kind"])
    .orderBy("category")
    .execute();
  const parts = new Map<string, CategoryPart[]>();
  for (const group of Map.groupBy(rows, (row) => `${row.source} ${row.day} ${row.category}`).values()) {
    const { source, day, category } = group[0]!;
    const place = `${source} ${day}`;
    parts.set(place, [...(parts.get(place) ?? []), partOf(category, addUp(group))]);
  }
  return parts;
}

function partOf(category: string, counts: HeldCounts): CategoryPart {
  const { new: newPapers, cross, replacement: updates, late } = counts;
  return { category, received: newPapers + cross + updates, newPapers, updates, late: late ?? 0 };
}

/** Papers of days from `from` on whose latest change the search index has not followed, by source, category and day. */
export async function countUnindexed(
  db: Db,
  { from, changeNumber }: { from: Day; changeNumber: number },
): Promise<(LedgerKey & { count: number })[]> {
  const announced = await db
    .selectFrom("papers")
    .innerJoin("announcements", "announcements.paper_pk", "papers.pk")
    .select((e) => ["announcements.source", "category", "day", e.fn.countAll().as("count")])
    .where("papers.change_number", ">", changeNumber)
    .where("day", ">=", from)
    .groupBy(["announcements.source", "category", "day"])
    .execute();
  const submitted = await db
    .selectFrom("papers")
    .innerJoin("submissions", "submissions.paper_pk", "papers.pk")
    .select((e) => ["submissions.source", "day", e.fn.countAll().as("count")])
    .where("papers.change_number", ">", changeNumber)
    .where("day", ">=", from)
    .groupBy(["submissions.source", "day"])
    .execute();
  const rows = [...announced, ...submitted.map((row) => ({ ...row, category: "all" }))];
  return rows.map(({ count, ...key }) => ({ ...key, count: Number(count) }));
}
