// Waits for leave to send: the owner's rates, shared by all processes on one database.
import { setTimeout as sleep } from "node:timers/promises";
import type { MailRates } from "../mail/mail-settings.ts";
import { countDue, type DueFilter } from "./deliveries-store.ts";
import type { LetterContext } from "./letter-context.ts";
import { type Rate, takePermits } from "./pace-store.ts";

/** Longer than this nobody waits: the next run of the work goes on. */
const longestPauseMs = 1_500;

/**
 * How many of the `wanted` letters may be claimed now: all where no rate is set; with one, as many as wait and fit, after
 * a short wait where that helps; 0 when none fit soon or nothing waits.
 */
export async function awaitPermits(
  context: LetterContext,
  { wanted, signal, ...filter }: DueFilter & { wanted: number; signal?: AbortSignal | undefined },
): Promise<number> {
  const rates = ratesOf(context.mailRates);
  if (rates.length === 0) return wanted;
  while (!signal?.aborted) {
    const now = context.clock();
    const due = await countDue(context.db, now.toISOString(), { ...filter, limit: wanted });
    if (due === 0) return 0;
    const permits = await takePermits(context.db, rates, { wanted: due, now });
    if (permits.letters > 0) return permits.letters;
    const pauseMs = "freeAt" in permits ? permits.freeAt.getTime() - now.getTime() : 0;
    if (pauseMs <= 0 || pauseMs > longestPauseMs) return 0;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    // A clock that stands still would wait for ever.
    if (context.clock().getTime() <= now.getTime()) return 0;
  }
  return 0;
}

function ratesOf(rates: MailRates | undefined): Rate[] {
  const { perSecond = null, perHour = null } = rates ?? {};
  return [
    ...(perSecond === null ? [] : [{ name: "second", most: perSecond, windowMs: 1_000 }]),
    ...(perHour === null ? [] : [{ name: "hour", most: perHour, windowMs: 3_600_000 }]),
  ];
}
