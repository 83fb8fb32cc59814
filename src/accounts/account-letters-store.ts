// Letters of accounts that wait to leave. A request only writes a row; whether the address is known is asked when it is sent.
import type { Selectable } from "kysely";
import type { AccountLettersTable } from "../database/account-schema.ts";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export type AccountLetter = Selectable<AccountLettersTable>;

export type AccountLetterKind = "sign-in" | "invitation";

export async function queueAccountLetter(
  db: Db,
  letter: Pick<AccountLetter, "message_id" | "address" | "address_key" | "payload" | "expires_at"> & {
    kind: AccountLetterKind;
  },
  now: Instant,
): Promise<void> {
  const waiting = { state: "due", attempts: 0, claimed_at: null, last_error: null };
  await db
    .insertInto("account_letters")
    .values({ ...letter, ...waiting, next_attempt_at: now, created_at: now })
    .execute();
}

export function listDueAccountLetters(db: Db, now: Instant, limit: number): Promise<AccountLetter[]> {
  return db
    .selectFrom("account_letters")
    .selectAll()
    .where("state", "=", "due")
    .where("next_attempt_at", "<=", now)
    .orderBy("next_attempt_at")
    .limit(limit)
    .execute();
}

/** True for exactly one of several senders. */
export async function claimAccountLetter(db: Db, messageId: string, now: Instant): Promise<boolean> {
  const result = await db
    .updateTable("account_letters")
    .set((e) => ({ state: "claimed", claimed_at: now, attempts: e("attempts", "+", 1) }))
    .where("message_id", "=", messageId)
    .where("state", "=", "due")
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Claims whose sender died. */
export async function releaseStaleClaims(db: Db, before: Instant): Promise<void> {
  await db
    .updateTable("account_letters")
    .set({ state: "due", claimed_at: null })
    .where("state", "=", "claimed")
    .where("claimed_at", "<", before)
    .execute();
}

/** Sent, dropped or refused for good: what it held is forgotten. */
export async function settleAccountLetter(
  db: Db,
  messageId: string,
  outcome: { state: "sent" | "dropped" | "failed"; reason?: string },
): Promise<void> {
  await db
    .updateTable("account_letters")
    .set({ state: outcome.state, payload: "{}", claimed_at: null, last_error: outcome.reason ?? null })
    .where("message_id", "=", messageId)
    .execute();
}

export async function postponeAccountLetter(
  db: Db,
  messageId: string,
  { until, reason }: { until: Instant; reason: string },
): Promise<void> {
  await db
    .updateTable("account_letters")
    .set({ state: "due", claimed_at: null, next_attempt_at: until, last_error: reason })
    .where("message_id", "=", messageId)
    .execute();
}

export async function forgetAccountLetters(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom("account_letters").where("expires_at", "<", before).execute();
}
