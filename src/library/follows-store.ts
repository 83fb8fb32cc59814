// The rows of what a keeper follows: searches, authors, categories, keywords.
import { type Db, insertRows } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface FollowRow {
  kind: string;
  follow_key: string;
  value: string;
  followed_at: Instant;
}

/** How many are new. */
export async function insertFollows(trx: Db, keeper: string, rows: readonly FollowRow[]): Promise<number> {
  return await insertRows(
    trx,
    "library_follows",
    rows.map((row) => ({ keeper, ...row })),
    { onConflict: "(keeper, kind, follow_key) do nothing" },
  );
}

/** False when there was none. */
export async function deleteFollow(
  trx: Db,
  keeper: string,
  { kind, key }: { kind: string; key: string },
): Promise<boolean> {
  const result = await trx
    .deleteFrom("library_follows")
    .where("keeper", "=", keeper)
    .where("kind", "=", kind)
    .where("follow_key", "=", key)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** In the order they were followed. */
export function selectFollows(db: Db, keeper: string): Promise<FollowRow[]> {
  return db
    .selectFrom("library_follows")
    .select(["kind", "follow_key", "value", "followed_at"])
    .where("keeper", "=", keeper)
    .orderBy("followed_at")
    .orderBy("kind")
    .orderBy("follow_key")
    .execute();
}
