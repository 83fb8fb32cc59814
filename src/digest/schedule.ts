// Which editions are due for a reader at an instant: by the reader's clock, at most one letter a slot, days with an edition
// only, none while the reader pauses. Pure.
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import { isTimeOfDay, isZone, localDay, localInstant } from "./local-time.ts";
import type { Rhythm } from "./wishes.ts";

/** When a reader wants the letter. */
export interface ReaderClock {
  /** IANA zone. */
  zone: string;
  /** Local time of day, HH:MM. */
  sendAt: string;
  /** ISO weekdays, sorted: "12345". */
  weekdays: string;
  /** Weekly: on the first of the weekdays. */
  rhythm: Rhythm;
}

export interface ReaderState {
  confirmedAt: Instant;
  /** First local day of letters after a pause; null: no pause. */
  pausedUntil: Day | null;
  /** When the clock or the pause was last set; null: never since the confirmation. */
  clockSetAt: Instant | null;
  /** Day of the latest issue made for this reader, and when it was made; null before the first. */
  lastIssue: Day | null;
  lastMadeAt: Instant | null;
}

export interface Slot {
  /** The reader's time of day on one of their days, most recently passed. */
  at: Instant;
  /** Its date by the reader's clock. */
  date: Day;
  /** UTC day of the slot: the edition that is coming out then. */
  day: Day;
  /** UTC day of the slot before. */
  previousDay: Day;
}

/** Editions further back than this before the slot before are no news, whatever became of their letters. */
const catchUpDays = 2;

/** After the reader has set the clock, letters keep at least this distance. */
const leastGapMs = 12 * 3_600_000;

/** The longest way from one day of letters to the next. */
export const longestRhythmDays = 7;

/** No slot asks for editions further back. */
export const recentDays = longestRhythmDays + catchUpDays + 2;

/** The slot that a reader is in; null for a broken zone, time or week (edited by hand), which must not stop the others. */
export function slotAt(clock: ReaderClock, now: Instant): Slot | null {
  const days = clock.rhythm === "weekly" ? clock.weekdays.slice(0, 1) : clock.weekdays;
  if (!isZone(clock.zone) || !isTimeOfDay(clock.sendAt) || !/^[1-7]+$/.test(days)) return null;
  const nowMs = Date.parse(now);
  const today = localDay(clock.zone, nowMs);
  const late = localInstant(clock.zone, today, clock.sendAt) > nowMs ? addDays(today, -1) : today;
  const date = latestOn(days, late);
  const at = instantOf(clock, date);
  return {
    at,
    date,
    day: dayOf(at),
    previousDay: dayOf(instantOf(clock, latestOn(days, addDays(date, -1)))),
  };
}

/** The latest of these weekdays up to and with a date. */
function latestOn(weekdays: string, date: Day): Day {
  let day = date;
  while (!weekdays.includes(isoWeekday(day))) day = addDays(day, -1);
  return day;
}

function isoWeekday(day: Day): string {
  return String(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
}

/**
 * The days of the editions that are due in a reader's slot, oldest first; empty when none is. They are those that came out
 * since the latest issue (for a new reader: since the slot before), up to the UTC day of this slot; one that comes late is
 * due as soon as it has papers, until the next slot. Whoever confirms, or sets the clock, after this slot's time begins with
 * the next. `editionDays`: days that have papers; the last `recentDays` suffice.
 */
export function dueInSlot(reader: ReaderState, slot: Slot, editionDays: readonly Day[]): Day[] {
  const { confirmedAt, pausedUntil } = reader;
  if (confirmedAt > slot.at || (pausedUntil !== null && slot.date < pausedUntil)) return [];
  if (isServed(reader, slot)) return [];
  const since = servedUpTo(reader, slot);
  return editionDays.filter((day) => day > since && day <= slot.day).sort();
}

/** Whoever has just confirmed, for the first time or again, is owed nothing of before. */
function servedUpTo({ confirmedAt, lastIssue, lastMadeAt }: ReaderState, { previousDay }: Slot): Day {
  if (lastIssue === null) return previousDay;
  const isNew = lastMadeAt === null || lastMadeAt < confirmedAt;
  return laterOf(lastIssue, isNew ? previousDay : addDays(previousDay, -catchUpDays));
}

/** The letter of this slot is made, or the clock was set since and the next slot is not there yet. */
function isServed({ clockSetAt, lastMadeAt }: ReaderState, slot: Slot): boolean {
  if (lastMadeAt !== null && lastMadeAt >= slot.at) return true;
  if (clockSetAt === null) return false;
  if (clockSetAt > slot.at) return true;
  return (
    lastMadeAt !== null &&
    lastMadeAt < clockSetAt &&
    Date.parse(slot.at) - Date.parse(lastMadeAt) < leastGapMs
  );
}

/** The same at an instant. */
export function dueDays(reader: ReaderState & ReaderClock, now: Instant, editionDays: readonly Day[]): Day[] {
  const slot = slotAt(reader, now);
  return slot ? dueInSlot(reader, slot, editionDays) : [];
}

/** No letter leaves while the reader pauses, not even one that waits. */
export function isPaused(reader: { zone: string; pausedUntil: Day | null }, now: Instant): boolean {
  const { zone, pausedUntil } = reader;
  return pausedUntil !== null && isZone(zone) && localDay(zone, Date.parse(now)) < pausedUntil;
}

function instantOf(clock: ReaderClock, day: Day): Instant {
  return new Date(localInstant(clock.zone, day, clock.sendAt)).toISOString();
}

function laterOf(day: Day, other: Day): Day {
  return day > other ? day : other;
}
