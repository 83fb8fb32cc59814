// Days on which arXiv announces nothing beside the weekend, as arXiv publishes them (info.arxiv.org/help/availability.html,
// "On Deferred Mailings"): holidays in US Eastern time. A year that is missing here is not known, which is not the same as
// having none; to add one, add its line.
import type { Day } from "../lib/clock.ts";

const published: Readonly<Record<string, readonly string[]>> = {
  2026: ["01-01", "01-19", "06-19", "07-03", "09-07", "11-26", "12-25", "12-29", "12-31"],
};

const deferrals: ReadonlySet<Day> = new Set(
  Object.entries(published).flatMap(([year, days]) => days.map((day) => `${year}-${day}`)),
);

/** True when arXiv published that its mailing of this day (US Eastern) is deferred. */
export function isDeferred(day: Day): boolean {
  return deferrals.has(day);
}

/** True when the deferrals of the day's year are known. */
export function hasDeferrals(day: Day): boolean {
  return Object.hasOwn(published, day.slice(0, 4));
}
