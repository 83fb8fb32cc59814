// US Eastern time by its rule of 2007, written out, so that what it is compared with may use a time zone library.
import type { Day } from "../../../src/lib/clock.ts";

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Hours that Eastern time is behind UTC: 4 from the second Sunday of March to the first Sunday of November, else 5. */
export function easternOffset(instant: Date): 4 | 5 {
  const year = instant.getUTCFullYear();
  const begins = sundayOf(year, 2, 2) + 7 * hourMs;
  const ends = sundayOf(year, 10, 1) + 6 * hourMs;
  return instant.getTime() >= begins && instant.getTime() < ends ? 4 : 5;
}

/** Midnight UTC of the month's nth Sunday. */
function sundayOf(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1);
  const untilSunday = (7 - new Date(first).getUTCDay()) % 7;
  return first + (untilSunday + 7 * (nth - 1)) * dayMs;
}

/** The instant of a wall-clock time in New York. No archive does anything in the hour that the clock change skips. */
export function easternInstant(day: Day, hour: number, minute = 0): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + hour * hourMs + minute * 60_000;
  const guess = new Date(asUtc + 5 * hourMs);
  return new Date(asUtc + easternOffset(guess) * hourMs);
}

/** The calendar day in New York. */
export function easternDay(instant: Date): Day {
  return new Date(instant.getTime() - easternOffset(instant) * hourMs).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
