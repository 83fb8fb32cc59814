// Which issue is due for a reader at an instant: by the reader's clock, at most one a local day, days with an edition only. Pure.
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { isTimeOfDay, isZone, localDay, localInstant } from "./local-time.ts";

/** When a reader wants the letter. */
export interface ReaderClock {
  /** IANA zone. */
  zone: string;
  /** Local time of day, HH:MM. */
  sendAt: string;
}

export interface ReaderState extends ReaderClock {
  confirmedAt: Instant;
  /** Day of the latest issue made for this reader; null before the first. */
  lastIssue: Day | null;
}

export interface Slot {
  /** The reader's time of day, most recently passed. */
  at: Instant;
  /** UTC day of the slot: the edition that is coming out then. */
  day: Day;
  /** UTC day of the slot before. */
  previousDay: Day;
}

/** The slot that a reader is in; null for a broken zone or time (edited by hand), which must not stop the others. */
export function slotAt(clock: ReaderClock, now: Instant): Slot | null {
  if (!isZone(clock.zone) || !isTimeOfDay(clock.sendAt)) return null;
  const nowMs = Date.parse(now);
  const today = localDay(clock.zone, nowMs);
  const todayMs = localInstant(clock.zone, today, clock.sendAt);
  const current = todayMs <= nowMs ? today : shift(today, -1);
  const at = instantOf(clock, current);
  return { at, day: dayOf(at), previousDay: dayOf(instantOf(clock, shift(current, -1))) };
}

/**
 * The day of the edition that is due in a reader's slot, or null. It is the latest edition that came out since the slot
 * before, up to the UTC day of this slot; one that comes late is due as soon as it has papers, until the next slot. Whoever
 * confirms after today's time begins with the next. `editionDays`: days that have papers; the last three suffice.
 */
export function dueInSlot(
  reader: Pick<ReaderState, "confirmedAt" | "lastIssue">,
  slot: Slot,
  editionDays: readonly Day[],
): Day | null {
  if (reader.confirmedAt > slot.at) return null;
  if (reader.lastIssue !== null && reader.lastIssue > slot.previousDay) return null;
  const candidates = editionDays.filter((day) => day > slot.previousDay && day <= slot.day);
  return candidates.sort().at(-1) ?? null;
}

/** The same at an instant. */
export function dueIssue(reader: ReaderState, now: Instant, editionDays: readonly Day[]): Day | null {
  const slot = slotAt(reader, now);
  return slot && dueInSlot(reader, slot, editionDays);
}

function instantOf(clock: ReaderClock, day: Day): Instant {
  return new Date(localInstant(clock.zone, day, clock.sendAt)).toISOString();
}

function shift(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
