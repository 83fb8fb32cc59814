// When arXiv announces a paper, from when it was submitted: cut-off 14:00 US Eastern, announcement 20:00 Sunday to
// Thursday (info.arxiv.org/help/availability.html). Computed, hence an estimate: moderation may hold a paper longer.
import { addDays, type Day, type Instant } from "../lib/clock.ts";
import { remember } from "../lib/remember.ts";
import { type Deferrals, publishedDeferrals } from "./arxiv-deferrals.ts";

const cutOffHour = 14;
const [sunday, friday, saturday] = [0, 5, 6];

const eastern = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  hourCycle: "h23",
});

interface EasternHour {
  day: Day;
  hour: number;
  /** The day that what is submitted in this hour is announced on, once asked for. */
  announced?: Day;
}

/** Hours and days met lately: a dump of everything meets the same ones again and again. */
const mostKnown = 20_000;
const hourLength = "2024-01-01T00".length;

/**
 * The UTC day of the edition a submission is announced in. 20:00 Eastern is 00:00 or 01:00 UTC, so it is the day that has
 * just begun: what is announced on Sunday evening in New York is Monday's edition.
 */
export function announcementDay(submittedAt: Instant, deferrals = publishedDeferrals): Day {
  const known = placeHour(submittedAt.slice(0, hourLength));
  if (deferrals !== publishedDeferrals) return dayAfterBatch(firstBatch(known), deferrals);
  known.announced ??= announcedAfter(firstBatch(known));
  return known.announced;
}

const announcedAfter = remember(mostKnown, (batch: Day) => dayAfterBatch(batch, publishedDeferrals));

/** The day whose batch would take it, if one closes then. */
function firstBatch({ day, hour }: EasternHour): Day {
  return hour < cutOffHour ? day : nextDay(day);
}

function dayAfterBatch(first: Day, deferrals: Deferrals): Day {
  let batch = first;
  while (!closesOn(batch, deferrals)) batch = nextDay(batch);
  // Friday's batch is announced on Sunday, every other on its own evening; the edition is the day after.
  return addDays(batch, weekday(batch) === friday ? 3 : 1);
}

/** Of an hour in UTC: New York is a whole number of hours behind, so the hour decides. */
const placeHour = remember(mostKnown, (utcHour: string): EasternHour => {
  const utcDay = utcHour.slice(0, dayLength);
  const behind = hoursBehind(utcDay);
  if (behind === null) return computeEastern(new Date(`${utcHour}:00:00.000Z`));
  const hour = Number(utcHour.slice(dayLength + 1)) - behind;
  return hour >= 0 ? { day: utcDay, hour } : { day: addDays(utcDay, -1), hour: hour + 24 };
});

const dayLength = "2024-01-01".length;

/** How far New York is behind on a UTC day; null on a day on which clocks change there. Asking for each hour costs 30 times as much. */
const hoursBehind = remember(mostKnown, (utcDay: Day): number | null => {
  const [first, last] = ["00", "23"].map((hour) => computeEastern(new Date(`${utcDay}T${hour}:00:00.000Z`)));
  return first!.hour - last!.hour === 1 ? 24 - first!.hour : null;
});

function computeEastern(date: Date): EasternHour {
  const parts = new Map(eastern.formatToParts(date).map(({ type, value }) => [type, value]));
  const day = `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
  return { day, hour: Number(parts.get("hour")) };
}

/** Whether a batch closes on the day. Friday's is mailed on Sunday: with that mailing deferred it waits for Monday's. */
function closesOn(day: Day, { days }: Deferrals): boolean {
  const number = weekday(day);
  if (number === sunday || number === saturday || days.has(day)) return false;
  return number !== friday || !days.has(addDays(day, 2));
}

function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

function nextDay(day: Day): Day {
  return addDays(day, 1);
}
