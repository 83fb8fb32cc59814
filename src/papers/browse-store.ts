// Shelves of papers: everything by an author, everything in some categories; newest first, page by page.
import { type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import { type Db, textsIn } from "../database/dialect.ts";
import type { Schema } from "../database/schema.ts";
import { AppError } from "../lib/errors.ts";
import type { Paper } from "./paper.ts";
import { paperColumns, parsePaperRow } from "./paper-row.ts";

export interface BrowseOptions {
  /** The `next` of the page before. Throws AppError "bad-input" for anything else. */
  after?: string;
  limit: number;
}

export interface PaperPage {
  papers: Paper[];
  /** Cursor of the next page: stays right when papers are added meanwhile. Null on the last page. */
  next: string | null;
  /** All papers of the shelf. */
  total: number;
}

/** Papers with an author of this key (authorKey in names.ts). Three queries at most, however many papers. */
export async function listPapersByAuthor(
  db: Db,
  authorKey: string,
  options: BrowseOptions,
): Promise<PaperPage> {
  const pks = db.selectFrom("paper_authors").select("paper_pk").where("author_key", "=", authorKey);
  return listShelf(db.selectFrom("papers").where("pk", "in", pks), options);
}

/** Papers in any of the categories, each once. */
export async function listPapersByCategories(
  db: Db,
  categories: readonly string[],
  options: BrowseOptions,
): Promise<PaperPage> {
  const storable = categories.filter((category) => !category.includes("\u0000"));
  const pks = db
    .selectFrom("paper_categories")
    .select("paper_pk")
    .where("category", "in", textsIn(db, storable));
  return listShelf(db.selectFrom("papers").where("pk", "in", pks), options);
}

/** The day where it is known, else the year, so that "2025" comes after every day of 2025. */
const date = sql<string>`coalesce(published_on, cast(year as text), '')`;

async function listShelf(
  shelf: SelectQueryBuilder<Schema, "papers", object>,
  { after, limit }: BrowseOptions,
): Promise<PaperPage> {
  const counted = await shelf.select((e) => e.fn.countAll().as("total")).executeTakeFirstOrThrow();
  const cursor = after === undefined ? null : parseCursor(after);
  const rows = await shelf
    .$if(cursor !== null, (q) =>
      q.where(
        sql<SqlBool>`(${date} < ${cursor!.date} or (${date} = ${cursor!.date} and pk < ${cursor!.pk}))`,
      ),
    )
    .select(paperColumns)
    .select(date.as("date"))
    .orderBy("date", "desc")
    .orderBy("pk", "desc")
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    papers: rows.slice(0, limit).map(parsePaperRow),
    next: last ? formatCursor({ date: last.date, pk: last.pk }) : null,
    total: Number(counted.total),
  };
}

interface Cursor {
  date: string;
  pk: number;
}

/** "2026-05-12.417" */
function formatCursor({ date, pk }: Cursor): string {
  return `${date}.${pk}`;
}

function parseCursor(text: string): Cursor {
  const match = /^(|\d{4}|\d{4}-\d{2}-\d{2})\.(\d{1,9})$/.exec(text);
  if (!match) {
    throw new AppError("bad-input", `"${text.slice(0, 40)}" is no place to go on from.`, {
      remedy: "Start from the first page.",
    });
  }
  return { date: match[1]!, pk: Number(match[2]) };
}
