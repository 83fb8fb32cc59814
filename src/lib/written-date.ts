// Dates as others write them: RFC 822 and RFC 3339 instants, and the partial dates of bibliographies ("2014//", "Sep 2009").
import type { Day, Instant } from "./clock.ts";
import { remember } from "./remember.ts";

export interface WrittenInstant {
  instant: Instant;
  /** The day as written, in the writer's own zone: midnight in New York is that day there. */
  day: Day;
}

/** A date of which the year is known, and perhaps more. */
export interface PartialDate {
  year: number;
  month?: number;
  day?: number;
}

const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const rfc822 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?$/i;
const startsWithYear = /^\d{4}-/;
const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?(?:[+-]\d{2}:\d{2})?$/i;
/** Hours east of Greenwich of the zones RFC 822 names. */
const zones = new Map([
  ["UT", 0],
  ["UTC", 0],
  ["GMT", 0],
  ["Z", 0],
  ["EST", -5],
  ["EDT", -4],
  ["CST", -6],
  ["CDT", -5],
  ["MST", -7],
  ["MDT", -6],
  ["PST", -8],
  ["PDT", -7],
]);

/** RFC 822 (as RSS and arXiv's versions have it) or RFC 3339; without a zone it is UTC. Null when it is no possible date. */
export function parseInstant(text: string): WrittenInstant | null {
  const given = text.trim();
  if (given.length > 64) return null;
  return startsWithYear.test(given) ? parseRfc3339(given) : parseRfc822(given);
}

function parseRfc822(given: string): WrittenInstant | null {
  return parseMailDate(given) ?? parseAnyRfc822(given);
}

/** "Mon, 2 Apr 2007 19:18:42 GMT", as arXiv writes each version of each paper; null for every other form. */
function parseMailDate(given: string): WrittenInstant | null {
  const match = mailDate.exec(given);
  if (match === null) return null;
  const day = readMailDay(match[1]!);
  return day === null ? null : { instant: `${day}T${match[2]}.000Z`, day };
}

const mailDate = /^[A-Z][a-z]{2}, (\d{1,2} [A-Z][a-z]{2} \d{4}) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d) GMT$/;
/** Days met lately: a dump of everything meets the same ones again and again. */
const mostKnownDays = 20_000;

/** "2 Apr 2007" */
const readMailDay = remember(mostKnownDays, (written: string): Day | null => {
  const [day, monthName, year] = written.split(" ");
  const month = monthNames.indexOf(monthName!.toLowerCase()) + 1;
  return formatDay({ year: Number(year), month, day: Number(day) });
});

function parseAnyRfc822(given: string): WrittenInstant | null {
  const match = rfc822.exec(given);
  if (match === null) return null;
  const [, day = "", monthName = "", year = "", hour = "", minute = "", second = "0", zone = "GMT"] = match;
  const offset = offsetOf(zone);
  if (offset === null) return null;
  const month = monthNames.indexOf(monthName.toLowerCase()) + 1;
  // Two digits as RFC 2822 reads them.
  const century = year.length === 4 ? 0 : Number(year) < 50 ? 2000 : 1900;
  return build([Number(year) + century, month, Number(day)], [hour, minute, second].map(Number), offset);
}

function parseRfc3339(given: string): WrittenInstant | null {
  const match = rfc3339.exec(given);
  if (match === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  const offset = offsetOf(zone.replace(":", ""));
  if (offset === null) return null;
  const seconds = Number(second) + Number(`0.${fraction.slice(0, 3) || "0"}`);
  return build([year, month, day].map(Number), [Number(hour), Number(minute), seconds], offset);
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | null {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (match === null) {
    const hours = zones.get(zone.toUpperCase());
    return hours === undefined ? null : hours * 60;
  }
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes > 14 * 60 || Number(match[3]) > 59) return null;
  return match[1] === "-" ? -minutes : minutes;
}

function build(date: number[], time: number[], offsetMinutes: number): WrittenInstant | null {
  const [year = 0, month = 0, day = 0] = date;
  const [hour = 0, minute = 0, second = 0] = time;
  const written = formatDay({ year, month, day });
  if (written === null || hour > 23 || minute > 59 || second >= 61) return null;
  const milliseconds =
    Date.UTC(2000, 0, 1, hour, minute) + Math.round(Math.min(second, 59.999) * 1000) - Date.UTC(2000, 0, 1);
  const instant = Date.parse(`${written}T00:00:00Z`) + milliseconds - offsetMinutes * 60_000;
  return { instant: new Date(instant).toISOString(), day: written };
}

/** YYYY-MM-DD of a date whose day is known and exists; null otherwise. */
export function formatDay({ year, month, day }: PartialDate): Day | null {
  if (month === undefined || day === undefined || !isPossible({ year, month, day })) return null;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function isPossible({ year, month = 1, day = 1 }: PartialDate): boolean {
  if (!Number.isInteger(year) || year < 1000 || year > 2999 || month < 1 || month > 12 || day < 1)
    return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * "2014", "2014//", "1948/07//", "2016-01-07", "2010 Sep-Oct", "May 21 2021", "21 May 2021". As much as is sure: an
 * impossible day leaves the month, an impossible month the year. Null without a year.
 */
export function parsePartialDate(text: string): PartialDate | null {
  const given = text.trim().slice(0, 64);
  const numeric = /^(\d{4})(?:[-/.](\d{1,2})?(?:[-/.](\d{1,2})?)?)?(?!\d)/.exec(given);
  if (numeric !== null && numeric[2] !== undefined) {
    return atMost(
      Number(numeric[1]),
      Number(numeric[2]),
      numeric[3] === undefined ? undefined : Number(numeric[3]),
    );
  }
  const year = /(?<!\d)(\d{4})(?!\d)/.exec(given);
  if (year === null) return null;
  const month = monthOf(given);
  const rest = given.replace(year[0], " ");
  const day = month === undefined ? null : /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)/.exec(rest);
  return atMost(Number(year[1]), month, day === null ? undefined : Number(day[1]));
}

/** The first month the text names, 1 to 12. */
export function monthOf(text: string): number | undefined {
  const match = /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.exec(text);
  return match === null ? undefined : monthNames.indexOf(match[1]!.toLowerCase()) + 1;
}

/** The parts that are possible together. */
export function atMost(year: number, month?: number, day?: number): PartialDate | null {
  if (!isPossible({ year })) return null;
  if (month === undefined || !isPossible({ year, month })) return { year };
  return day === undefined || !isPossible({ year, month, day }) ? { year, month } : { year, month, day };
}
