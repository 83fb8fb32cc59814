// A reader's wishes, read for the form and changed: by the private link of a letter, or by the owner's hand.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { isZone, localDay } from "./local-time.ts";
import { type Subscriber, saveWishes } from "./subscribers-store.ts";
import { type GivenWishes, parseWishes, type WishProblems } from "./wishes.ts";

/** As the form shows them. */
export function wishesOf(reader: Subscriber): GivenWishes {
  return {
    zone: reader.zone,
    sendAt: reader.send_at,
    weekdays: reader.weekdays,
    rhythm: reader.rhythm,
    pausedUntil: reader.paused_until ?? "",
    papers: String(reader.papers),
    ownShare: String(reader.own_share),
  };
}

/**
 * Changes what is given; null when it is done, else what is wrong, and nothing is changed. Hour, zone, days and pause count
 * from the next slot on.
 */
export async function changeWishes(
  db: Db,
  reader: Subscriber,
  given: Partial<GivenWishes>,
  now: Instant,
): Promise<WishProblems | null> {
  const today = (zone: string) => localDay(zone, Date.parse(now));
  const parsed = parseWishes({ ...wishesOf(reader), ...given }, today);
  if ("problems" in parsed) return parsed.problems;
  const { wishes } = parsed;
  const clock = ["zone", "send_at", "weekdays", "rhythm", "paused_until"] as const;
  const clockSet = clock.some((name) => wishes[name] !== reader[name]);
  await saveWishes(db, reader.pk, { ...wishes, ...(clockSet ? { clock_set_at: now } : {}) });
  return null;
}

/** The date on the reader's clock; UTC's where the zone is broken. */
export function todayOf(reader: { zone: string }, now: Instant): string {
  return isZone(reader.zone) ? localDay(reader.zone, Date.parse(now)) : now.slice(0, 10);
}
