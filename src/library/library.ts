// The room's door: what a reader keeps. Marks on papers, follows, settings; all by keeper, the text that names whose they are
// (an account's id, "this machine", or "subscriber:<pk>").
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { keyOfFollow } from "./follow-key.ts";
import { deleteFollow, insertFollows, selectFollows } from "./follows-store.ts";
import { findKeeper, raiseRevision, writeSettings } from "./keepers-store.ts";
import {
  countMarks,
  deleteMarks,
  insertMarks,
  selectFolders,
  selectMarks,
  selectMarksOn,
} from "./marks-store.ts";
import { defaultSettings, type LibrarySettings, parseSettings, settingsSchema } from "./settings.ts";

/**
 * "save": kept, perhaps in a folder. "later": the reading list. "more" and "less": such papers, or not. "hide": not this one
 * again, and fewer like it.
 */
export const markKinds = ["save", "later", "more", "less", "hide"] as const;
export type MarkKind = (typeof markKinds)[number];

export interface Mark {
  paperPk: number;
  kind: MarkKind;
  /** Of a save; "" is none. */
  folder: string;
  markedAt: Instant;
}

export const followKinds = ["search", "author", "category", "keyword"] as const;
export type FollowKind = (typeof followKinds)[number];

export interface Follow {
  kind: FollowKind;
  /** As written: a query, a name, "cs.CL", a word or phrase to be highlighted. */
  value: string;
  followedAt: Instant;
}

/** A keeper's library stays small enough to be learned from while somebody waits. */
export const mostMarks = 20_000;
export const mostFollows = 200;
export const longestFolder = 60;

/** Kinds that a mark takes the place of: nobody wants more and less of the same. */
const opposites: Record<MarkKind, readonly MarkKind[]> = {
  save: ["less", "hide"],
  later: ["hide"],
  more: ["less", "hide"],
  less: ["more"],
  hide: ["more", "later"],
};

/**
 * Puts a mark on a paper; a save that is there already moves to the folder. Marks that say the opposite go. Throws AppError
 * "bad-input" for a folder's name that is none, or a library that is full.
 */
export async function setMark(
  db: Db,
  keeper: string,
  mark: { paperPk: number; kind: MarkKind; folder?: string },
  now: Instant,
): Promise<void> {
  const { paperPk, kind } = mark;
  const folder = kind === "save" ? readFolder(mark.folder ?? "") : "";
  await db.transaction().execute(async (trx) => {
    await raiseRevision(trx, keeper, now);
    await refuseFull(trx, keeper);
    await deleteMarks(trx, keeper, paperPk, opposites[kind]);
    await insertMarks(trx, keeper, [{ paper_pk: paperPk, kind, folder, marked_at: now }]);
  });
}

/** Takes a mark back; false when there was none. */
export async function removeMark(
  db: Db,
  keeper: string,
  { paperPk, kind }: { paperPk: number; kind: MarkKind },
  now: Instant,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    if ((await deleteMarks(trx, keeper, paperPk, [kind])) === 0) return false;
    await raiseRevision(trx, keeper, now);
    return true;
  });
}

/** Puts exactly these marks on a paper, as undoing does; throws AppError "bad-input" for a folder's name that is none. */
export async function replaceMarks(
  db: Db,
  keeper: string,
  { paperPk, marks }: { paperPk: number; marks: readonly Pick<Mark, "kind" | "folder">[] },
  now: Instant,
): Promise<void> {
  const rows = marks.map(({ kind, folder }) => ({
    paper_pk: paperPk,
    kind,
    folder: kind === "save" ? readFolder(folder) : "",
    marked_at: now,
  }));
  await db.transaction().execute(async (trx) => {
    await raiseRevision(trx, keeper, now);
    await refuseFull(trx, keeper);
    await deleteMarks(trx, keeper, paperPk, markKinds);
    await insertMarks(trx, keeper, rows);
  });
}

/** A folder's name as it is kept; throws AppError "bad-input" for one that is too long. */
export function readFolder(text: string): string {
  const folder = text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  if (folder.length <= longestFolder) return folder;
  throw new AppError("bad-input", `The name of a folder is at most ${longestFolder} characters long.`);
}

/** Throws AppError "bad-input" where a transaction that brought many has brought too many. */
export async function refuseTooMuch(trx: Db, keeper: string): Promise<void> {
  if ((await countMarks(trx, keeper)) > mostMarks)
    throw new AppError("bad-input", `A library holds at most ${mostMarks.toLocaleString("en")} marks.`, {
      remedy: "Bring the part that matters, or empty the library first.",
    });
  await refuseManyFollows(trx, keeper);
}

async function refuseManyFollows(trx: Db, keeper: string): Promise<void> {
  if ((await selectFollows(trx, keeper)).length <= mostFollows) return;
  throw new AppError("bad-input", `A library follows at most ${mostFollows} searches, authors and so on.`, {
    remedy: "Stop following some first.",
  });
}

async function refuseFull(trx: Db, keeper: string): Promise<void> {
  if ((await countMarks(trx, keeper)) < mostMarks) return;
  throw new AppError("bad-input", `A library holds at most ${mostMarks.toLocaleString("en")} marks.`, {
    remedy: "Take some back first.",
  });
}

export interface MarkFilter {
  kinds?: readonly MarkKind[];
  folder?: string;
  limit?: number;
}

/** Newest first. */
export async function listMarks(db: Db, keeper: string, filter: MarkFilter = {}): Promise<Mark[]> {
  return (await selectMarks(db, keeper, filter)).map(markOf);
}

/** The marks a keeper put on these papers, by pk; papers without are missing. */
export async function findMarksOn(
  db: Db,
  keeper: string,
  paperPks: readonly number[],
): Promise<Map<number, Mark[]>> {
  return Map.groupBy((await selectMarksOn(db, keeper, paperPks)).map(markOf), (mark) => mark.paperPk);
}

function markOf(row: { paper_pk: number; kind: string; folder: string; marked_at: Instant }): Mark {
  return { paperPk: row.paper_pk, kind: row.kind as MarkKind, folder: row.folder, markedAt: row.marked_at };
}

/** Papers in the keeper's library, for `in:library`: saved or to be read later. */
export async function savedPks(db: Db, keeper: string): Promise<Set<number>> {
  const rows = await selectMarks(db, keeper, { kinds: ["save", "later"] });
  return new Set(rows.map((row) => row.paper_pk));
}

/** The folders of the keeper's saves by name. */
export function listFolders(db: Db, keeper: string): Promise<{ folder: string; papers: number }[]> {
  return selectFolders(db, keeper);
}

/**
 * Follows a search, an author, a category or a keyword; harmless twice. Throws AppError "bad-input" for what cannot be
 * followed, and for one too many.
 */
export async function addFollow(
  db: Db,
  keeper: string,
  follow: { kind: FollowKind; value: string },
  now: Instant,
): Promise<void> {
  const { key, value } = keyOfFollow(follow);
  await db.transaction().execute(async (trx) => {
    await raiseRevision(trx, keeper, now);
    await insertFollows(trx, keeper, [{ kind: follow.kind, follow_key: key, value, followed_at: now }]);
    await refuseManyFollows(trx, keeper);
  });
}

/** False when it was not followed. */
export async function removeFollow(
  db: Db,
  keeper: string,
  follow: { kind: FollowKind; value: string },
  now: Instant,
): Promise<boolean> {
  const { key } = keyOfFollow(follow);
  return await db.transaction().execute(async (trx) => {
    if (!(await deleteFollow(trx, keeper, { kind: follow.kind, key }))) return false;
    await raiseRevision(trx, keeper, now);
    return true;
  });
}

/** In the order they were followed. */
export async function listFollows(db: Db, keeper: string): Promise<Follow[]> {
  const rows = await selectFollows(db, keeper);
  return rows.map(({ kind, value, followed_at }) => ({
    kind: kind as FollowKind,
    value,
    followedAt: followed_at,
  }));
}

export async function findSettings(db: Db, keeper: string): Promise<LibrarySettings> {
  const row = await findKeeper(db, keeper);
  return row ? parseSettings(row.settings) : defaultSettings;
}

/** Keeps the settings whole; throws AppError "bad-input" for what they cannot be. */
export async function saveSettings(
  db: Db,
  keeper: string,
  settings: unknown,
  now: Instant,
): Promise<LibrarySettings> {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError("bad-input", `The settings are not right: ${issue.path.join(".")}: ${issue.message}.`);
  }
  await db.transaction().execute((trx) => writeSettings(trx, keeper, JSON.stringify(parsed.data), now));
  return parsed.data;
}
