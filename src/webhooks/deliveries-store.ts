// The issues on their way to webhooks: a row for each webhook and issue, claimed by conditional update, settled after.
import type { Selectable } from "kysely";
import { type Db, insertRows } from "../database/dialect.ts";
import type { WebhookDeliveriesTable } from "../database/webhook-schema.ts";
import type { Instant } from "../lib/clock.ts";

export type WebhookDelivery = Selectable<WebhookDeliveriesTable>;

/** Due at once; rows that exist stay as they are. Returns how many are new. */
export function insertWebhookDeliveries(
  db: Db,
  given: readonly Pick<WebhookDelivery, "webhook_id" | "issue" | "body">[],
  now: Instant,
): Promise<number> {
  const waiting = { state: "due", attempts: 0, claimed_at: null, last_error: null, sent_at: null };
  const rows = given.map((row) => ({ ...row, ...waiting, next_attempt_at: now, created_at: now }));
  return insertRows(db, "webhook_deliveries", rows, { onConflict: "do nothing" });
}

/** Longest waiting first; of one webhook, where it is named. */
export function listDueDeliveries(
  db: Db,
  now: Instant,
  { limit, webhookId }: { limit: number; webhookId?: string | undefined },
): Promise<WebhookDelivery[]> {
  return db
    .selectFrom("webhook_deliveries")
    .selectAll()
    .where("state", "=", "due")
    .where("next_attempt_at", "<=", now)
    .$if(webhookId !== undefined, (q) => q.where("webhook_id", "=", webhookId!))
    .orderBy("next_attempt_at")
    .orderBy("webhook_id")
    .limit(limit)
    .execute();
}

/** True for exactly one of several senders. */
export async function claimWebhookDelivery(
  db: Db,
  { webhook_id, issue }: WebhookDelivery,
  now: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable("webhook_deliveries")
    .set((e) => ({ state: "claimed", claimed_at: now, attempts: e("attempts", "+", 1) }))
    .where("webhook_id", "=", webhook_id)
    .where("issue", "=", issue)
    .where("state", "=", "due")
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Claims whose sender died; the repeat carries the same id. */
export async function releaseOldClaims(db: Db, before: Instant): Promise<void> {
  await db
    .updateTable("webhook_deliveries")
    .set({ state: "due", claimed_at: null })
    .where("state", "=", "claimed")
    .where("claimed_at", "<", before)
    .execute();
}

export type WebhookSettlement =
  | { state: "sent"; now: Instant }
  | { state: "failed" | "dropped"; reason: string }
  | { state: "due"; reason: string; nextAttemptAt: Instant };

/** Ends a claim; false when it was lost meanwhile. */
export async function settleWebhookDelivery(
  trx: Db,
  { webhook_id, issue }: WebhookDelivery,
  settlement: WebhookSettlement,
): Promise<boolean> {
  const result = await trx
    .updateTable("webhook_deliveries")
    .set({ state: settlement.state, claimed_at: null, ...columnsOf(settlement) })
    .where("webhook_id", "=", webhook_id)
    .where("issue", "=", issue)
    .where("state", "=", "claimed")
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

function columnsOf(settlement: WebhookSettlement): Partial<WebhookDelivery> {
  if (settlement.state === "sent") return { sent_at: settlement.now, last_error: null, body: "" };
  if (settlement.state === "due")
    return { last_error: settlement.reason, next_attempt_at: settlement.nextAttemptAt };
  return { last_error: settlement.reason, body: "" };
}

/** What was settled so long ago that nobody asks for it. */
export async function forgetOldDeliveries(db: Db, before: Instant): Promise<void> {
  await db
    .deleteFrom("webhook_deliveries")
    .where("state", "in", ["sent", "failed", "dropped"])
    .where("created_at", "<", before)
    .execute();
}
