// Sends what is due to webhooks: claim, post, settle. Each issue is taken once by each; what fails is tried again, later and later.
import { minutesAfter } from "../lib/clock.ts";
import type { WebhookContext } from "./context.ts";
import {
  claimWebhookDelivery,
  forgetOldDeliveries,
  listDueDeliveries,
  releaseOldClaims,
  settleWebhookDelivery,
  type WebhookDelivery,
  type WebhookSettlement,
} from "./deliveries-store.ts";
import { sendOffNotes } from "./off-notes.ts";
import { planWebhooks } from "./plan.ts";
import type { PostOutcome } from "./post.ts";
import { messageIdOf, signatureHeaders } from "./signature.ts";
import { isTest } from "./webhook.ts";
import {
  findWebhook,
  holdWebhook,
  noteError,
  noteGivenUp,
  noteSuccess,
  type Webhook,
} from "./webhooks-store.ts";

/** Minutes before the second try, the third, and so on; then the issue is given up, some 18 hours after the first. */
const retryMinutes = [1, 5, 30, 120, 300, 600];

/** Issues given up in a row after which a webhook is switched off. */
export const offAfter = 3;

/** Longer than any exchange takes. */
const staleMinutes = 15;
const keptDays = 60;
const batchSize = 50;
/** Exchanges under way at a time: one that is slow holds up few others. */
const lanes = 4;

/** The recurring work: rows for whoever is due, everything that waits, notes of what was switched off. */
export async function runWebhooks(context: WebhookContext, signal?: AbortSignal): Promise<void> {
  await planWebhooks(context);
  await sendToWebhooks(context, { signal });
  await sendOffNotes(context, signal);
  await forgetOldDeliveries(context.db, minutesAfter(context.clock(), -keptDays * 24 * 60));
}

export interface SendOptions {
  signal?: AbortSignal | undefined;
  /** Only what waits for this one. */
  webhookId?: string;
}

/** What waits, until nothing does; returns how many were taken. */
export async function sendToWebhooks(
  context: WebhookContext,
  { signal, webhookId }: SendOptions = {},
): Promise<number> {
  const { db, clock } = context;
  await releaseOldClaims(db, minutesAfter(clock(), -staleMinutes));
  let taken = 0;
  for (let claimed = 1; claimed > 0 && !signal?.aborted; ) {
    claimed = 0;
    const due = await listDueDeliveries(db, clock().toISOString(), { limit: batchSize, webhookId });
    const queue = due.values();
    const lane = async () => {
      for (const delivery of queue) {
        if (signal?.aborted || !(await claimWebhookDelivery(db, delivery, clock().toISOString()))) continue;
        claimed++;
        if (await sendClaimed(context, { ...delivery, attempts: delivery.attempts + 1 })) taken++;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
  return taken;
}

/** True when it was taken. */
async function sendClaimed(context: WebhookContext, delivery: WebhookDelivery): Promise<boolean> {
  const { db, sender, clock } = context;
  const webhook = await findWebhook(db, delivery.webhook_id);
  if (!webhook || (webhook.state !== "on" && !isTest(delivery.issue))) {
    await settleWebhookDelivery(db, delivery, { state: "dropped", reason: "switched off" });
    return false;
  }
  const message = {
    id: messageIdOf(webhook.id, delivery.issue),
    body: delivery.body,
    secret: webhook.secret,
  };
  const outcome = await sender.post(webhook.url, signatureHeaders(message, clock()), delivery.body);
  await settle(context, { webhook, delivery, outcome });
  return outcome.ok;
}

interface Sent {
  webhook: Webhook;
  delivery: WebhookDelivery;
  outcome: PostOutcome;
}

async function settle(
  { db, clock, log }: WebhookContext,
  { webhook, delivery, outcome }: Sent,
): Promise<void> {
  const now = clock();
  const settlement = settlementOf(delivery, outcome, now);
  const off = await db.transaction().execute(async (trx) => {
    await holdWebhook(trx, webhook.id);
    if (!(await settleWebhookDelivery(trx, delivery, settlement))) return false;
    if (outcome.ok) await noteSuccess(trx, webhook.id, now.toISOString());
    else await noteError(trx, webhook.id, outcome.reason);
    if (outcome.ok || settlement.state !== "failed" || isTest(delivery.issue)) return false;
    const offAt = outcome.gone ? 1 : offAfter;
    return await noteGivenUp(trx, webhook.id, { offAt, now: now.toISOString() });
  });
  // Without the address: some hold a key.
  if (!outcome.ok)
    log.info(
      { webhook: webhook.id, issue: delivery.issue, reason: outcome.reason, off },
      "a webhook took nothing",
    );
}

function settlementOf(delivery: WebhookDelivery, outcome: PostOutcome, now: Date): WebhookSettlement {
  if (outcome.ok) return { state: "sent", now: now.toISOString() };
  const { reason, lasting } = outcome;
  const wait = retryMinutes[delivery.attempts - 1];
  if (lasting || wait === undefined || isTest(delivery.issue)) return { state: "failed", reason };
  return { state: "due", reason, nextAttemptAt: minutesAfter(now, wait) };
}
