// When to ask again: the beat of each route around arXiv's announcement. Pure; docs/ledger.md says the same in prose.
import type { Day, Instant } from "../lib/clock.ts";
import { announcementDue, easternInstant, nextAnnouncement } from "../sources/arxiv-announcements.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The listing is asked so long after the hour of the announcement. */
const firstLookMs = 2 * minuteMs;
/** And once more when it was whole, to see whether it stays so. */
export const secondLookMs = 45 * minuteMs;
/** OAI-PMH knows a batch at about 22:30 US Eastern. */
const recordsMs = 170 * minuteMs;
/** The list of all identifiers comes after all sets. */
const censusMs = 200 * minuteMs;
/** The feed of a day is made after midnight in New York. */
const feedMinute = 35;

/** When the listing of a category is to be asked again. `looks`: how many showed the whole batch of `day`. */
export function nextLook({ now, day, looks }: { now: Date; day: Day; looks: number }): Instant {
  const next = nextAnnouncement(now.toISOString());
  const nextBatch = Date.parse(next.at) + firstLookMs;
  if (looks > 1) return iso(nextBatch);
  const at = Date.parse(dueOf(day));
  const sinceDue = now.getTime() - at;
  const again =
    looks === 1
      ? Math.max(at + secondLookMs, now.getTime() + 10 * minuteMs)
      : now.getTime() + beatAfter(sinceDue);
  return iso(Math.min(again, nextBatch));
}

/** Often in the first hour, when most batches come; then patiently. */
function beatAfter(sinceDueMs: number): number {
  if (sinceDueMs < hourMs) return 8 * minuteMs;
  return sinceDueMs < 8 * hourMs ? 30 * minuteMs : hourMs;
}

/** When a day's batch is due, or would be. */
export function dueOf(day: Day): Instant {
  const due = announcementDue("", day);
  return due.state === "none" ? `${day}T00:00:00.000Z` : due.at;
}

/** After the feed of the day was read: that of the next. */
export function nextFeed(now: Date): Instant {
  return iso(Date.parse(feedAt(nextAnnouncementDay(now, feedAt))));
}

/** The feed of a day is there from this instant on. */
export function feedAt(day: Day): Instant {
  return easternInstant(day, 0, feedMinute);
}

export function nextSweep(now: Date): Instant {
  return iso(Date.parse(recordsAt(nextAnnouncementDay(now, recordsAt))));
}

/** OAI-PMH knows the batch of the day from this instant on. */
export function recordsAt(day: Day): Instant {
  return iso(Date.parse(dueOf(day)) + recordsMs);
}

export function nextCensus(now: Date): Instant {
  return iso(Date.parse(censusAt(nextAnnouncementDay(now, censusAt))));
}

export function censusAt(day: Day): Instant {
  return iso(Date.parse(dueOf(day)) + censusMs);
}

/** The first day with an announcement whose `moment` is still to come. */
function nextAnnouncementDay(now: Date, moment: (day: Day) => Instant): Day {
  for (let after = iso(now.getTime() - 2 * 24 * hourMs); ; ) {
    const { day, at } = nextAnnouncement(after);
    if (moment(day) > now.toISOString()) return day;
    after = at;
  }
}

/** After trouble: when the source says, or after a while that grows with the failures. */
export function retryAt(now: Date, until: Instant | null, failures: number): Instant {
  if (until !== null) return until;
  return iso(now.getTime() + Math.min(60, 5 * 2 ** Math.min(4, failures)) * minuteMs);
}

function iso(ms: number): Instant {
  return new Date(ms).toISOString();
}
