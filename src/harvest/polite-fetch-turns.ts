// Whose turn it is: first within this process, then among all processes on the same database.
import { randomUUID } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import type { Clock } from "../lib/clock.ts";
import { type FetchOutcome, type FetchRequest, failed, paused } from "./polite-fetch-outcome.ts";
import type { Lane } from "./politeness.ts";
import { claimSlot } from "./politeness-store.ts";

/** How often we look whether the request another process has under way is done. */
const holderPollMs = 1_000;
/** Who would have to wait longer for a turn goes away and comes back. */
const longestWaitMs = 2 * 60_000;
/** A process that died during a request keeps others waiting so much longer than the request could have lasted. */
const leaseMarginMs = 10_000;

/** Requests of this process, by lane: only the first of each line looks at the database. */
export type Lines = Map<string, Promise<unknown>>;

/** Runs `work` when all earlier work of the same lane is done. */
export async function standInLine<T>(lines: Lines, lane: Lane, work: () => Promise<T>): Promise<T> {
  const before = lines.get(lane.name) ?? Promise.resolve();
  const mine = before.then(work, work);
  lines.set(lane.name, mine);
  try {
    return await mine;
  } finally {
    if (lines.get(lane.name) === mine) lines.delete(lane.name);
  }
}

export interface Waiting {
  db: Db;
  clock: Clock;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Waits for the lane's slot; gives up when that would take too long or the caller stops. */
export async function takeTurn(
  waiting: Waiting,
  lane: Lane,
  { timeoutMs, signal }: FetchRequest,
): Promise<{ holder: string } | FetchOutcome> {
  const holder = randomUUID();
  const giveUpAt = waiting.clock().getTime() + longestWaitMs;
  for (;;) {
    if (signal?.aborted) return failed("stopped", `The request to ${lane.name} was stopped.`);
    const now = waiting.clock();
    const heldUntil = new Date(now.getTime() + timeoutMs + leaseMarginMs).toISOString();
    const claim = { lane: lane.name, holder, now: now.toISOString(), heldUntil };
    const answer = await claimSlot(waiting.db, claim);
    if (answer.claimed) return { holder };
    const waitMs = answer.held ? holderPollMs : Date.parse(answer.freeAt) - now.getTime();
    if (now.getTime() + waitMs > giveUpAt)
      return paused(answer.freeAt, `${lane.name} is not to be asked before.`);
    await waiting.sleep(Math.max(1, waitMs), signal).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  }
}
