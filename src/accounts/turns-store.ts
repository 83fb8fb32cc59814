// How often something may be tried: counted in the database, so that several processes count together.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface TurnLimit {
  /** What is counted: "password". */
  name: string;
  /** Turns in one window. */
  most: number;
  windowMs: number;
}

/**
 * Takes a turn and says whether it is within the limit. `of` is whose turn it is (a network, an address, both); only a
 * hash of it is kept. One statement, so that two at once count as two.
 */
export async function takeTurn(db: Db, limit: TurnLimit, of: string, now: Date): Promise<boolean> {
  const lane = laneOf(limit, of);
  const nowAt = now.toISOString();
  const endsAt = new Date(now.getTime() + limit.windowMs).toISOString();
  const row = await db
    .insertInto("turn_counts")
    .values({ lane, window_ends_at: endsAt, taken: 1 })
    .onConflict((c) =>
      c.column("lane").doUpdateSet({
        taken: sql<number>`case when turn_counts.window_ends_at > ${nowAt} then turn_counts.taken + 1 else 1 end`,
        window_ends_at: sql<string>`case when turn_counts.window_ends_at > ${nowAt} then turn_counts.window_ends_at else ${endsAt} end`,
      }),
    )
    .returning("taken")
    .executeTakeFirstOrThrow();
  return Number(row.taken) <= limit.most;
}

/** Forgets what was counted, after a success. */
export async function clearTurns(db: Db, limit: TurnLimit, of: string): Promise<void> {
  await db.deleteFrom("turn_counts").where("lane", "=", laneOf(limit, of)).execute();
}

/** Windows that are over. */
export async function forgetTurns(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom("turn_counts").where("window_ends_at", "<", now).execute();
}

function laneOf({ name }: TurnLimit, of: string): string {
  return createHash("sha256").update(`${name}\n${of}`).digest("hex");
}
