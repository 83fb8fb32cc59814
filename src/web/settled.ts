// Pages of editions that no longer change by themselves: shared caches may keep them for ever, browsers ask again by their tag.
import type { Context } from "hono";
import type { Config } from "../config.ts";
import { visitorOf } from "../http/visitor.ts";
import { type Day, dayOf, type Instant } from "../lib/clock.ts";

/** Votes and late papers of a day come in for about ten days; after so many nothing is expected. */
const settledAfterDays = 14;

export function isSettled({ to }: { to: Day }, now: Date): boolean {
  return dayOf(new Date(now.getTime() - settledAfterDays * 86_400_000)) > to;
}

/**
 * For an edition that is settled, shown to somebody who is not signed in, on an instance that is open to all. What an owner
 * changes after that (an import of the past) reaches shared caches when they are emptied, browsers within the hour.
 */
export function keepForEver(
  c: Context,
  period: { to: Day },
  { now, config }: { now: Date; config: Config },
): void {
  if (!isSettled(period, now)) return;
  keepForAll(c, config);
}

/** A transaction may be open for as long before what it recorded is seen. */
const recordingMs = 3_600_000;

/** For a page as it stood at an instant, which nothing changes but what is taken out for good. */
export function keepAsItStood(
  c: Context,
  asOf: Instant,
  { now, config }: { now: Date; config: Config },
): void {
  if (now.getTime() - Date.parse(asOf) >= recordingMs) keepForAll(c, config);
}

function keepForAll(c: Context, config: Config): void {
  if (config.private || visitorOf(c).role !== "anonymous") return;
  c.header("Cache-Control", "public, max-age=3600, s-maxage=31536000");
  c.header("Vary", "Cookie, Authorization", { append: true });
}
