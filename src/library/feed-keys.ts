// Private feeds: an address that needs no signing in, because whoever has it may read what it opens. It can be taken back.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { hashToken, isToken, newToken } from "../lib/link-token.ts";
import { deleteFeedKey, insertFeedKey, selectFeedKey, selectFeedKeys } from "./feed-keys-store.ts";
import { readFolder } from "./library.ts";

/**
 * What a key opens: the reader's own edition, all that is saved, the reading list, one folder, or the feeds of the instance
 * ("feeds"), which on a private one nobody reads without.
 */
export type FeedOf = "today" | "saved" | "later" | "feeds" | `folder:${string}`;

const mostKeys = 50;

/** The key, which is shown this once: only its hash is kept. Throws AppError "bad-input" for one too many. */
export async function createFeedKey(db: Db, keeper: string, opens: FeedOf, now: Instant): Promise<string> {
  const key = newToken();
  await db.transaction().execute(async (trx) => {
    if ((await selectFeedKeys(trx, keeper)).length >= mostKeys)
      throw new AppError("bad-input", `There are ${mostKeys} private feeds already.`, {
        remedy: "Take one back first.",
      });
    await insertFeedKey(trx, { hash: hashToken(key), keeper, opens: checkOpens(opens), created_at: now });
  });
  return key;
}

function checkOpens(opens: FeedOf): FeedOf {
  if (!opens.startsWith("folder:")) return opens;
  const folder = readFolder(opens.slice("folder:".length));
  if (folder === "") throw new AppError("bad-input", "A feed of a folder needs the folder's name.");
  return `folder:${folder}`;
}

/** Whose feed a key opens, and which; null for a key that is none, or was taken back. */
export async function findFeed(db: Db, key: string): Promise<{ keeper: string; opens: FeedOf } | null> {
  if (!isToken(key)) return null;
  const row = await selectFeedKey(db, hashToken(key));
  return row && { keeper: row.keeper, opens: row.opens as FeedOf };
}

/** Newest first; `name` names a key where it is to be taken back, and opens nothing. */
export async function listFeedKeys(
  db: Db,
  keeper: string,
): Promise<{ name: string; opens: FeedOf; createdAt: Instant }[]> {
  const rows = await selectFeedKeys(db, keeper);
  return rows.map(({ hash, opens, created_at }) => ({
    name: hash,
    opens: opens as FeedOf,
    createdAt: created_at,
  }));
}

/** From now on the key opens nothing; false when it was another's or gone. */
export function revokeFeedKey(db: Db, keeper: string, name: string): Promise<boolean> {
  return deleteFeedKey(db, keeper, name);
}
