// When arXiv announces: 20:00 US Eastern, Sunday to Thursday, but for the deferrals it publishes. An announcement belongs
// to the UTC day that has just begun, so that UTC Monday to Friday have one, and the weekend has none.
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import { publishedDeferrals } from "./arxiv-deferrals.ts";

export type AnnouncementDue =
  /** From `at` on it is out; before, one waits for it. */
  | { state: "due"; at: Instant }
  | { state: "none"; reason: "weekend" | "deferral" }
  /** A weekday of a year whose deferrals nobody entered: only the archive itself can say. */
  | { state: "unknown"; at: Instant };

const announcementHour = 20;
const dayMs = 86_400_000;
const [sunday, monday, saturday] = [0, 1, 6];

/**
 * Whether the category has an announcement on the UTC day, and from when on. All of arXiv is announced at one moment; of
 * another archive's category ("biorxiv.ecology") nothing is known.
 */
export function announcementDue(category: string, day: Day, deferrals = publishedDeferrals): AnnouncementDue {
  const at = easternInstant(addDays(day, -1), announcementHour);
  if (/^(?:bio|med)rxiv\./.test(category)) return { state: "unknown", at };
  const weekday = weekdayOf(day);
  if (weekday === saturday || weekday === sunday) return { state: "none", reason: "weekend" };
  // What closed on Friday is announced on Sunday evening: a Friday's deferral is Monday's.
  const closedOn = addDays(day, weekday === monday ? -3 : -1);
  if (!deferrals.years.has(closedOn.slice(0, 4))) return { state: "unknown", at };
  const deferred = deferrals.days.has(closedOn) || deferrals.days.has(addDays(day, -1));
  return deferred ? { state: "none", reason: "deferral" } : { state: "due", at };
}

export interface Announcement {
  /** UTC day. */
  day: Day;
  at: Instant;
  /** False in a year whose deferrals are not known. */
  certain: boolean;
}

/** The first announcement after the instant. */
export function nextAnnouncement(after: Instant): Announcement {
  for (let day = dayOf(after); ; day = addDays(day, 1)) {
    const found = announcementOn(day);
    if (found !== null && found.at > after) return found;
  }
}

/** The last announcement at the instant or before it. */
export function lastAnnouncement(until: Instant): Announcement {
  for (let day = dayOf(until); ; day = addDays(day, -1)) {
    const found = announcementOn(day);
    if (found !== null && found.at <= until) return found;
  }
}

function announcementOn(day: Day): Announcement | null {
  const due = announcementDue("", day);
  return due.state === "none" ? null : { day, at: due.at, certain: due.state === "due" };
}

/**
 * The instant of a time of day in US Eastern: summer time is four hours behind UTC, winter time five. Not for the hour
 * after 01:00, which a change of the clock repeats or leaves out.
 */
export function easternInstant(day: Day, hour: number, minute = 0): Instant {
  const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const inSummer = Date.parse(`${day}T${time}:00-04:00`);
  const isSummer = easternHour.format(inSummer) === time.slice(0, 2);
  return new Date(isSummer ? inSummer : inSummer + dayMs / 24).toISOString();
}

const easternHour = new Intl.DateTimeFormat("en-GB", {
  timeZone: "America/New_York",
  hour: "2-digit",
  hourCycle: "h23",
});

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
