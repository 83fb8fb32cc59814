// Days on which arXiv announces nothing beside the weekend, as arXiv publishes them (info.arxiv.org/help/availability.html,
// "On Deferred Mailings"): holidays in US Eastern time. A year that is missing here is not known, which is not the same as
// having none; to add one, add its line.
import type { Day } from "../lib/clock.ts";

const published: Readonly<Record<string, readonly string[]>> = {
  2026: ["01-01", "01-19", "06-19", "07-03", "09-07", "11-26", "12-25", "12-29", "12-31"],
};

/** Days (US Eastern) whose mailing is deferred, and the years of which they are known. */
export interface Deferrals {
  days: ReadonlySet<Day>;
  years: ReadonlySet<string>;
}

export const publishedDeferrals: Deferrals = {
  days: new Set(Object.entries(published).flatMap(([year, days]) => days.map((day) => `${year}-${day}`))),
  years: new Set(Object.keys(published)),
};
