// Lists: listing pages somebody saved, the founding collection; and the places a paper has on them.
import { type Db, numbersIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { Paper } from "./paper.ts";
import { findPapersByPk } from "./papers-store.ts";

export interface ListSummary {
  id: string;
  title: string;
  sourceFile: string;
  createdAt: Instant;
  /** Entries; a listing may name a paper twice. */
  total: number;
}

export interface ListPage extends ListSummary {
  entries: { position: number; paper: Paper }[];
  /** Cursor of the next page; null on the last. */
  next: string | null;
}

/** All lists, by title. */
export async function listLists(db: Db): Promise<ListSummary[]> {
  const rows = await summaries(db).orderBy("title").orderBy("id").execute();
  return rows.map(({ pk: _pk, ...row }) => ({ ...row, total: Number(row.total) }));
}

function summaries(db: Db) {
  return db
    .selectFrom("lists")
    .select(["pk", "id", "title", "source_file as sourceFile", "created_at as createdAt"])
    .select((e) =>
      e
        .selectFrom("list_entries")
        .whereRef("list_entries.list_pk", "=", "lists.pk")
        .select((f) => f.fn.countAll<number>().as("count"))
        .as("total"),
    );
}

/** A page of a list in its own order; null when there is no such list. Throws AppError "bad-input" for a bad cursor. */
export async function findList(
  db: Db,
  id: string,
  { after, limit }: { after?: string; limit: number },
): Promise<ListPage | null> {
  // PostgreSQL refuses to compare with NUL.
  const list = id.includes("\u0000") ? null : await summaries(db).where("id", "=", id).executeTakeFirst();
  if (!list) return null;
  const rows = await db
    .selectFrom("list_entries")
    .select(["position", "paper_pk"])
    .where("list_pk", "=", list.pk)
    .where("position", ">", parsePosition(after))
    .orderBy("position")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const papers = await findPapersByPk(
    db,
    shown.map((row) => row.paper_pk),
  );
  const { pk: _pk, ...summary } = list;
  return {
    ...summary,
    total: Number(list.total),
    entries: shown.flatMap(({ position, paper_pk }) => {
      const paper = papers.get(paper_pk);
      return paper ? [{ position, paper }] : [];
    }),
    next: rows.length > limit ? String(shown.at(-1)!.position) : null,
  };
}

/** The same for a list that must be there. Throws AppError "not-found". */
export async function getList(
  db: Db,
  id: string,
  options: { after?: string; limit: number },
): Promise<ListPage> {
  const list = await findList(db, id, options);
  if (!list) throw new AppError("not-found", `There is no list "${id.slice(0, 100)}".`);
  return list;
}

/** Empties the places of a list that are not among these. */
export async function removeOtherPlaces(db: Db, id: string, positions: readonly number[]): Promise<void> {
  await db
    .deleteFrom("list_entries")
    .where("list_pk", "in", db.selectFrom("lists").select("pk").where("id", "=", id))
    .where("position", "not in", numbersIn(db, positions))
    .execute();
}

function parsePosition(after: string | undefined): number {
  if (after === undefined) return 0;
  if (/^\d{1,9}$/.test(after)) return Number(after);
  throw new AppError("bad-input", `"${after.slice(0, 40)}" is no place to go on from.`, {
    remedy: "Start from the first page.",
  });
}

/** Where a paper stands on a list. */
export interface Place {
  listId: string;
  listTitle: string;
  sourceFile: string;
  /** 1-based. */
  position: number;
}

/** The lists a paper is on, each with its first place there, by title. */
export async function listPlaces(db: Db, pk: number): Promise<Place[]> {
  const places = await listAllPlaces(db, [pk]);
  const first = new Map<string, Place>();
  for (const { pk: _pk, ...place } of places) {
    if (!first.has(place.listId)) first.set(place.listId, place);
  }
  return [...first.values()];
}

/** Every place of the papers, by list title and position. */
export async function listAllPlaces(db: Db, pks: readonly number[]): Promise<(Place & { pk: number })[]> {
  return db
    .selectFrom("list_entries")
    .innerJoin("lists", "lists.pk", "list_entries.list_pk")
    .select([
      "list_entries.paper_pk as pk",
      "lists.id as listId",
      "lists.title as listTitle",
      "lists.source_file as sourceFile",
      "list_entries.position",
    ])
    .where("list_entries.paper_pk", "in", numbersIn(db, pks))
    .orderBy("lists.title")
    .orderBy("lists.id")
    .orderBy("list_entries.position")
    .execute();
}
