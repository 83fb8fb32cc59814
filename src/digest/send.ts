// Sends what is due: claim, send, settle. Rows are claimed before their letters leave and settled after, so a crash loses
// none, and only a letter in flight may go out twice, under the same Message-ID.
import type { SendResult } from "../mail/mailer.ts";
import { releaseDeadClaims, senderName } from "./claims.ts";
import { composeDelivery } from "./compose.ts";
import { claimDue, type Delivery, type DueFilter, releaseDeliveries } from "./deliveries-store.ts";
import type { WordsMemo } from "./letter-content.ts";
import type { LetterContext } from "./letter-context.ts";
import { awaitPermits } from "./pace.ts";
import { planDigests } from "./plan.ts";
import { type FindReader, readInBlocks } from "./reader-blocks.ts";
import { recordRefusal } from "./returns.ts";
import type { Settlement } from "./settle-store.ts";
import { mostUnwritten, type Settling, settleTogether } from "./settle-together.ts";
import type { Subscriber } from "./subscribers-store.ts";
import { verpAddress } from "./verp.ts";

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

/** What of a batch is left then goes back, long before another sender may take its claims for dead (claims.ts). */
const batchMs = 5 * 60_000;

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

/** What waits (all, or some of it), until nothing does, the server seems down, the rate is used up, or the signal. */
export async function sendQueuedLetters(
  context: LetterContext,
  { signal, ...filter }: QueueOptions = {},
): Promise<SendReport> {
  await releaseDeadClaims(context.db, context.clock());
  const by = senderName();
  const run: Run = {
    context,
    by,
    settling: settleTogether(context.db, by),
    unwritten: new Set(),
    findReader: readInBlocks(context.db),
    memo: new Map(),
    report: { sent: 0, failed: 0, waiting: 0, dropped: 0 },
    setbacks: 0,
    signal,
  };
  while (!isOver(run)) {
    const limit = await awaitPermits(context, { ...filter, wanted: batchSize, signal });
    if (limit === 0) break;
    const now = context.clock().toISOString();
    const batch = await claimDue(context.db, { by, now }, { ...filter, limit });
    // Nothing is due, or another process has just taken it.
    if (batch.length === 0) break;
    await sendBatch(run, batch);
  }
  return run.report;
}

interface Run {
  context: LetterContext;
  by: string;
  settling: Settling;
  /** Ends of letters that are being written down; one that could not be stays, for the batch to fail with it. */
  unwritten: Set<Promise<void>>;
  findReader: FindReader;
  memo: WordsMemo;
  report: SendReport;
  /** Temporary failures since the last success. */
  setbacks: number;
  signal: AbortSignal | undefined;
}

function isOver({ signal, setbacks }: Run): boolean {
  return signal?.aborted === true || setbacks >= patience;
}

/** Sends claimed letters in lanes; those that are not tried any more go back as they were. */
async function sendBatch(run: Run, batch: readonly Delivery[]): Promise<void> {
  const { db, clock } = run.context;
  const endsAt = clock().getTime() + batchMs;
  const untried = [...batch].reverse();
  const lane = async () => {
    while (!isOver(run) && clock().getTime() < endsAt) {
      const delivery = untried.pop();
      if (!delivery) return;
      await sendClaimed(run, delivery, untried);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
    run.settling.flush();
    await Promise.all(run.unwritten);
  } finally {
    await releaseDeliveries(db, untried, run.by);
  }
}

/** The lane is free again when the letter has left and not too many wait to be written down. */
async function sendClaimed(run: Run, delivery: Delivery, untried: readonly Delivery[]): Promise<void> {
  const settlement = await attempt(run, delivery, untried);
  const written = conclude(run, delivery, settlement);
  run.unwritten.add(written);
  written.then(
    () => run.unwritten.delete(written),
    () => {},
  );
  if (settlement.state !== "sent" || run.unwritten.size >= mostUnwritten) await written;
}

async function conclude(run: Run, delivery: Delivery, settlement: Settlement): Promise<void> {
  const { log } = run.context;
  const { kind, issue, attempts, message_id: messageId } = delivery;
  if (!(await run.settling.settle(delivery, settlement))) {
    log.warn({ messageId }, "a letter was taken over by another sender");
    return;
  }
  count(run, settlement);
  if (settlement.state === "sent" || settlement.state === "dropped") return;
  const { state, reason } = settlement;
  const event = { kind, issue, attempts: attempts + 1, messageId, state, reason };
  log.warn(event, state === "failed" ? "a letter was refused for good" : "a letter waits");
}

async function attempt(run: Run, delivery: Delivery, untried: readonly Delivery[]): Promise<Settlement> {
  const { context, memo } = run;
  try {
    const reader = await run.findReader(delivery, untried);
    if (!reader) return { state: "dropped", reason: "the reader was erased" };
    const composed = await composeDelivery(context, delivery, reader, memo);
    if ("drop" in composed) return { state: "dropped", reason: composed.drop };
    const result = await context.mailer.send(
      Object.assign(composed.letter, returnPath(context, delivery, reader)),
    );
    const now = context.clock();
    if (result.ok) return { state: "sent", now: now.toISOString(), papers: composed.papers };
    if (result.refusal) await recordRefusal(context, { delivery, reader, ...result.refusal });
    return afterRefusal(delivery, result, now);
  } catch (error) {
    // A defect in one letter must not hold up the others, nor be lost.
    context.log.error({ err: error, messageId: delivery.message_id }, "a letter could not be made");
    return afterRefusal(delivery, { permanent: false, reason: (error as Error).message }, context.clock());
  }
}

function returnPath({ bounceAddress }: LetterContext, delivery: Delivery, reader: Subscriber) {
  if (!bounceAddress) return {};
  const letter = { readerPk: reader.pk, readerToken: reader.token, messageId: delivery.message_id };
  return { returnPath: verpAddress(bounceAddress, letter) };
}

/** 5, 10, 20 minutes and so on; given up two days after the letter was made. */
function afterRefusal(
  delivery: Delivery,
  { permanent, reason }: Omit<Extract<SendResult, { ok: false }>, "ok">,
  now: Date,
): Settlement {
  if (permanent) return { state: "failed", reason };
  const delay = firstRetryMs * 2 ** Math.min(delivery.attempts, 10);
  const next = now.getTime() + delay;
  if (next > Date.parse(delivery.created_at) + giveUpAfterMs) {
    const tries = delivery.attempts + 1;
    return { state: "failed", reason: `given up after ${tries} attempts in 48 hours: ${reason}` };
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
