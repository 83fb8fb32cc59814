// How far an import came: written together with each batch, so that a kill at any moment loses at most the batch at hand.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

/** Entries of the file that are done; 0 when it was never begun, or finished. */
export async function findCheckpoint(db: Db, fingerprint: string): Promise<number> {
  const row = await db
    .selectFrom("imports")
    .select("entries_done")
    .where("fingerprint", "=", fingerprint)
    .executeTakeFirst();
  return Number(row?.entries_done ?? 0);
}

export interface Checkpoint {
  fingerprint: string;
  entriesDone: number;
  now: Instant;
}

/** Needs the transaction of the batch. */
export async function saveCheckpoint(trx: Db, { fingerprint, entriesDone, now }: Checkpoint): Promise<void> {
  await trx
    .insertInto("imports")
    .values({ fingerprint, entries_done: entriesDone, updated_at: now })
    .onConflict((c) => c.column("fingerprint").doUpdateSet({ entries_done: entriesDone, updated_at: now }))
    .execute();
}

export async function removeCheckpoint(db: Db, fingerprint: string): Promise<void> {
  await db.deleteFrom("imports").where("fingerprint", "=", fingerprint).execute();
}
