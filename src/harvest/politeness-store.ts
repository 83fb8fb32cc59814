// Request slots and pauses in the database: one truth for all processes on a data folder, or on one PostgreSQL.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface SlotClaim {
  lane: string;
  /** Opaque, unique to the request. */
  holder: string;
  now: Instant;
  /** When others may take the slot although it was never given back, because its process died. */
  heldUntil: Instant;
}

/** `held` tells that another request is under way; then `freeAt` is only the latest moment it can last to. */
export type SlotAnswer = { claimed: true } | { claimed: false; freeAt: Instant; held: boolean };

/** Takes the lane's slot when nobody holds it and its next moment has come. */
export async function claimSlot(db: Db, claim: SlotClaim): Promise<SlotAnswer> {
  if (await takeFreeSlot(db, claim)) return { claimed: true };
  const row = await db
    .selectFrom("request_slots")
    .selectAll()
    .where("lane", "=", claim.lane)
    .executeTakeFirst();
  if (!row)
    return (await insertSlot(db, claim))
      ? { claimed: true }
      : { claimed: false, freeAt: claim.now, held: false };
  const held = row.holder !== null && (row.held_until ?? "") > claim.now;
  return { claimed: false, freeAt: held && row.held_until ? row.held_until : row.next_at, held };
}

async function takeFreeSlot(db: Db, { lane, holder, now, heldUntil }: SlotClaim): Promise<boolean> {
  const result = await db
    .updateTable("request_slots")
    .set({ holder, held_until: heldUntil })
    .where("lane", "=", lane)
    .where("next_at", "<=", now)
    .where((e) => e.or([e("holder", "is", null), e("held_until", "<=", now)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function insertSlot(db: Db, { lane, holder, now, heldUntil }: SlotClaim): Promise<boolean> {
  const result = await db
    .insertInto("request_slots")
    .values({ lane, next_at: now, holder, held_until: heldUntil })
    .onConflict((c) => c.column("lane").doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Gives the slot back; the lane's next request starts at `nextAt` or later. Nothing happens when the slot was lost. */
export async function releaseSlot(db: Db, lane: string, holder: string, nextAt: Instant): Promise<void> {
  await db
    .updateTable("request_slots")
    .set({ holder: null, held_until: null, next_at: nextAt })
    .where("lane", "=", lane)
    .where("holder", "=", holder)
    .execute();
}

export interface SourcePause {
  source: string;
  until: Instant;
  /** Failures in a row. */
  failures: number;
  reason: string;
}

/** The last trouble with a source since its last success, also when its pause is over. */
export async function findPause(db: Db, source: string): Promise<SourcePause | null> {
  const row = await db
    .selectFrom("source_pauses")
    .select(["source", "until", "failures", "reason"])
    .where("source", "=", source)
    .executeTakeFirst();
  return row ?? null;
}

/** All sources in trouble, for people to see. */
export async function listPauses(db: Db): Promise<SourcePause[]> {
  return db
    .selectFrom("source_pauses")
    .select(["source", "until", "failures", "reason"])
    .orderBy("source")
    .execute();
}

/** Writes the pause down. Of two processes that met trouble at once, the longer pause stays. */
export async function recordPause(db: Db, pause: SourcePause, now: Instant): Promise<void> {
  const row = { ...pause, updated_at: now };
  await db
    .insertInto("source_pauses")
    .values(row)
    .onConflict((c) =>
      c
        .column("source")
        .doUpdateSet(row)
        .where((e) => e("source_pauses.until", "<=", pause.until)),
    )
    .execute();
}

/** The source answered. */
export async function clearPause(db: Db, source: string): Promise<void> {
  await db.deleteFrom("source_pauses").where("source", "=", source).execute();
}
