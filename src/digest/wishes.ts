// What a reader can wish for: hour, zone, days, rhythm, a pause, how many papers and how many of them their own picks. Pure.
import type { SubscribersTable } from "../database/letter-schema.ts";
import type { Day } from "../lib/clock.ts";
import { formatDay } from "../lib/dates.ts";
import { isTimeOfDay, isZone } from "./local-time.ts";

export type Rhythm = "daily" | "weekly";

/** The columns that hold them, with what a new reader begins with. */
export const defaultWishes = {
  weekdays: "1234567",
  rhythm: "daily",
  paused_until: null,
  clock_set_at: null,
  papers: 12,
  own_share: 50,
} satisfies Partial<SubscribersTable>;

export const fewestPapers = 5;
export const mostPapers = 30;

/** A longer pause is no pause: the way out is beside it. */
const longestPauseDays = 366;

/** By ISO number, from 1. */
export const weekdayNames = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** As typed or chosen; `pausedUntil` may be empty. */
export interface GivenWishes {
  zone: string;
  sendAt: string;
  /** ISO numbers, in any order. */
  weekdays: string;
  rhythm: string;
  pausedUntil: string;
  papers: string;
  ownShare: string;
}

export type WishProblems = Partial<Record<keyof GivenWishes, string>>;

export type WishColumns = Pick<
  SubscribersTable,
  "zone" | "send_at" | "weekdays" | "rhythm" | "paused_until" | "papers" | "own_share"
>;

/** The columns, or a sentence for each wish that cannot be: what is wrong, and what would do. `today`: by the reader's clock. */
export function parseWishes(
  given: GivenWishes,
  today: (zone: string) => Day,
): { wishes: WishColumns } | { problems: WishProblems } {
  const zone = isZone(given.zone) ? given.zone : null;
  const weekdays = parseWeekdays(given.weekdays);
  const papers = parseWhole(given.papers, fewestPapers, mostPapers);
  const ownShare = parseWhole(given.ownShare, 0, 100);
  const pause = parsePause(given.pausedUntil, zone === null ? null : today(zone));
  const problems: WishProblems = {
    ...(zone === null ? { zone: "Choose a zone from the list, such as Europe/Berlin." } : {}),
    ...(isTimeOfDay(given.sendAt) ? {} : { sendAt: "Write hours and minutes, such as 09:00." }),
    ...(weekdays ? {} : { weekdays: "Choose at least one day; to have no letter for a while, set a pause." }),
    ...(isRhythm(given.rhythm) ? {} : { rhythm: "Choose daily or weekly." }),
    ...("problem" in pause ? { pausedUntil: pause.problem } : {}),
    ...(papers === null ? { papers: `Write a number from ${fewestPapers} to ${mostPapers}.` } : {}),
    ...(ownShare === null ? { ownShare: "Write a number from 0 to 100." } : {}),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    wishes: {
      zone: zone!,
      send_at: given.sendAt,
      weekdays: weekdays!,
      rhythm: given.rhythm,
      paused_until: "until" in pause ? pause.until : null,
      papers: papers!,
      own_share: ownShare!,
    },
  };
}

function isRhythm(text: string): text is Rhythm {
  return text === "daily" || text === "weekly";
}

/** In order, each once; null for none, or for what is no day. */
function parseWeekdays(text: string): string | null {
  if (!/^[1-7]{1,20}$/.test(text)) return null;
  return [...new Set(text)].sort().join("");
}

function parseWhole(text: string, least: number, most: number): number | null {
  if (!/^\d{1,3}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** A day that is past or today ends no pause: then there is none. */
function parsePause(text: string, today: Day | null): { until: Day | null } | { problem: string } {
  if (text === "") return { until: null };
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    return { problem: "Write a date such as 2027-01-07, or nothing." };
  if (today === null || text <= today) return { until: null };
  if (ms > Date.parse(today) + longestPauseDays * 86_400_000)
    return { problem: "A pause lasts a year at most. To end the letter, stop it." };
  return { until: text };
}

/** "every day at 08:40", "Monday to Friday at 08:40", "once a week, on Monday, at 08:40"; with the zone in brackets. */
export function formatWhen(reader: Pick<WishColumns, "zone" | "send_at" | "weekdays" | "rhythm">): string {
  const { zone, send_at, weekdays, rhythm } = reader;
  const days = rhythm === "weekly" ? `once a week, on ${nameOf(weekdays[0])},` : formatWeekdays(weekdays);
  return `${days} at ${send_at} (${zone})`;
}

function formatWeekdays(weekdays: string): string {
  if (weekdays === "1234567") return "every day";
  const names = [...weekdays].map(nameOf);
  const first = Number(weekdays[0]);
  const run = weekdays.length > 2 && [...weekdays].every((day, i) => Number(day) === first + i);
  if (run) return `${names[0]} to ${names.at(-1)}`;
  return names.length === 1 ? `on ${names[0]}` : `on ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function nameOf(weekday: string | undefined): string {
  return weekdayNames[Number(weekday) - 1] ?? "no day";
}

/** "No letter until 7 January 2027."; empty where none is paused on that day. */
export function formatPause(pausedUntil: Day | null, today: Day): string {
  return pausedUntil !== null && pausedUntil > today ? `No letter before ${formatDay(pausedUntil)}.` : "";
}
