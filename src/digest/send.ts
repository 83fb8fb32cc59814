// Sends what is due: claim, send, settle. The row is claimed before the letter leaves and settled after, so a crash loses
// none, and only a letter in flight may go out twice, under the same Message-ID.
import type { SendResult } from "../mail/mailer.ts";
import { releaseDeadClaims, senderName } from "./claims.ts";
import { composeDelivery, type PaperMemo } from "./compose.ts";
import {
  claimDelivery,
  type Delivery,
  type DueFilter,
  listDue,
  type Settlement,
  settleDelivery,
} from "./deliveries-store.ts";
import type { LetterContext } from "./letter-context.ts";
import { planDigests } from "./plan.ts";
import { findSubscribersByPk } from "./subscribers-store.ts";

export interface SendReport {
  sent: number;
  /** Refused for good. */
  failed: number;
  /** Put back to be tried again later. */
  waiting: number;
  dropped: number;
}

const batchSize = 50;

/** Letters under way at a time; the mailer keeps as many connections. */
const lanes = 5;

/** So many temporary failures one after the other are the mail server's trouble: the rest waits for the next run. */
const patience = 5;

const firstRetryMs = 5 * 60_000;
const giveUpAfterMs = 48 * 3_600_000;

/** The recurring work: rows for whoever is due, then everything that waits. */
export async function sendDueLetters(context: LetterContext, signal?: AbortSignal): Promise<SendReport> {
  await planDigests(context, signal);
  return await sendQueuedLetters(context, { signal });
}

export interface QueueOptions extends DueFilter {
  signal?: AbortSignal | undefined;
}

/** What waits (all, or some of it), until nothing does, the server seems down, or the signal. */
export async function sendQueuedLetters(
  context: LetterContext,
  { signal, ...filter }: QueueOptions = {},
): Promise<SendReport> {
  await releaseDeadClaims(context.db, context.clock());
  const run: Run = {
    context,
    by: senderName(),
    memo: new Map(),
    report: { sent: 0, failed: 0, waiting: 0, dropped: 0 },
    setbacks: 0,
  };
  while (!signal?.aborted && run.setbacks < patience) {
    const due = await listDue(context.db, context.clock().toISOString(), { ...filter, limit: batchSize });
    if (due.length === 0 || !(await sendBatch(run, due, signal))) break;
  }
  return run.report;
}

interface Run {
  context: LetterContext;
  by: string;
  memo: PaperMemo;
  report: SendReport;
  /** Temporary failures since the last success. */
  setbacks: number;
}

/** Sends in lanes; false when no letter could be claimed, so another process is at it. */
async function sendBatch(run: Run, due: readonly Delivery[], signal?: AbortSignal): Promise<boolean> {
  const queue = due.values();
  let claimed = 0;
  const lane = async () => {
    for (const delivery of queue) {
      if (signal?.aborted || run.setbacks >= patience) return;
      const now = run.context.clock().toISOString();
      if (!(await claimDelivery(run.context.db, delivery, run.by, now))) continue;
      claimed++;
      await sendClaimed(run, { ...delivery, attempts: delivery.attempts + 1 });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return claimed > 0;
}

async function sendClaimed(run: Run, delivery: Delivery): Promise<void> {
  const { context, by } = run;
  const settlement = await attempt(run, delivery);
  if (!(await settleDelivery(context.db, delivery, by, settlement))) {
    context.log.warn({ messageId: delivery.message_id }, "a letter was taken over by another sender");
    return;
  }
  count(run, settlement);
  if (settlement.state === "sent" || settlement.state === "dropped") return;
  const { kind, issue, attempts, message_id: messageId } = delivery;
  const event = { kind, issue, attempts, messageId, state: settlement.state, reason: settlement.reason };
  context.log.warn(event, settlement.state === "failed" ? "a letter was refused for good" : "a letter waits");
}

async function attempt(run: Run, delivery: Delivery): Promise<Settlement> {
  const { context, memo } = run;
  try {
    const readers = await findSubscribersByPk(context.db, [delivery.subscriber_pk]);
    const reader = readers.get(delivery.subscriber_pk);
    if (!reader) return { state: "dropped", reason: "the reader was erased" };
    const composed = await composeDelivery(context, delivery, reader, memo);
    if ("drop" in composed) return { state: "dropped", reason: composed.drop };
    const result = await context.mailer.send(composed.letter);
    const now = context.clock();
    if (result.ok) return { state: "sent", now: now.toISOString(), paperPks: composed.paperPks };
    return afterRefusal(delivery, result, now);
  } catch (error) {
    // A defect in one letter must not hold up the others, nor be lost.
    context.log.error({ err: error, messageId: delivery.message_id }, "a letter could not be made");
    return afterRefusal(delivery, { permanent: false, reason: (error as Error).message }, context.clock());
  }
}

/** 5, 10, 20 minutes and so on; given up two days after the letter was made. */
function afterRefusal(
  delivery: Delivery,
  { permanent, reason }: Omit<Extract<SendResult, { ok: false }>, "ok">,
  now: Date,
): Settlement {
  if (permanent) return { state: "failed", reason };
  const delay = firstRetryMs * 2 ** Math.min(delivery.attempts - 1, 10);
  const next = now.getTime() + delay;
  if (next > Date.parse(delivery.created_at) + giveUpAfterMs) {
    return { state: "failed", reason: `given up after ${delivery.attempts} attempts in 48 hours: ${reason}` };
  }
  return { state: "due", reason, nextAttemptAt: new Date(next).toISOString() };
}

function count(run: Run, { state }: Settlement): void {
  const { report } = run;
  if (state === "due") report.waiting++;
  else report[state]++;
  if (state === "sent") run.setbacks = 0;
  else if (state === "due") run.setbacks++;
}
