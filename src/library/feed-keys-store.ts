// The rows of keys of private feeds; only their hashes are kept.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface FeedKeyRow {
  hash: string;
  keeper: string;
  opens: string;
  created_at: Instant;
}

export async function insertFeedKey(db: Db, row: FeedKeyRow): Promise<void> {
  await db.insertInto("library_feed_keys").values(row).execute();
}

export async function selectFeedKey(db: Db, hash: string): Promise<FeedKeyRow | null> {
  const row = await db
    .selectFrom("library_feed_keys")
    .selectAll()
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row ?? null;
}

/** Newest first. */
export function selectFeedKeys(db: Db, keeper: string): Promise<FeedKeyRow[]> {
  return db
    .selectFrom("library_feed_keys")
    .selectAll()
    .where("keeper", "=", keeper)
    .orderBy("created_at", "desc")
    .orderBy("hash")
    .execute();
}

/** False when the key is another's or gone. */
export async function deleteFeedKey(db: Db, keeper: string, hash: string): Promise<boolean> {
  const result = await db
    .deleteFrom("library_feed_keys")
    .where("keeper", "=", keeper)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
