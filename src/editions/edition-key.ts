// Keys of editions: a day, an ISO week (ISO 8601: Monday to Sunday, week 1 holds the first Thursday) or a month.
import type { Day } from "../lib/clock.ts";
import type { EditionKey, EditionKind } from "./edition.ts";

export interface Period {
  kind: EditionKind;
  key: EditionKey;
  /** First and last day, both included. */
  from: Day;
  to: Day;
}

const dayMs = 86_400_000;

/** "2026-05-12", "2026-W20", "2026-05"; null for everything else, also for dates that do not exist. */
export function parseEditionKey(text: string): Period | null {
  const match = /^((?:19|20|21)\d\d)-(?:(\d\d)-(\d\d)|W(\d\d)|(\d\d))$/.exec(text);
  if (!match) return null;
  const [, year, month, day, week, onlyMonth] = match;
  if (day) return dayPeriod(Number(year), Number(month), Number(day));
  if (week) return weekPeriod(Number(year), Number(week));
  return monthPeriod(Number(year), Number(onlyMonth));
}

/** "2026-5-4" → "2026-05-04", "2026-w5" → "2026-W05": how people and programs write keys. */
export function padEditionKey(text: string): string {
  return text.replace(/w/g, "W").replace(/(?<=[-W])(\d)(?!\d)/g, "0$1");
}

/** The period of a kind that a day belongs to. */
export function periodOf(kind: EditionKind, day: Day): Period {
  const key = kind === "day" ? day : kind === "month" ? day.slice(0, 7) : weekOf(day);
  return parseEditionKey(key)!;
}

/** "2026-W20" for 2026-05-12; the year is that of the week's Thursday. */
export function weekOf(day: Day): EditionKey {
  const monday = mondayOf(Date.parse(day));
  const year = new Date(monday + 3 * dayMs).getUTCFullYear();
  const week = 1 + Math.round((monday - firstMonday(year)) / (7 * dayMs));
  return `${year}-W${String(week).padStart(2, "0")}`;
}

function dayPeriod(year: number, month: number, day: number): Period | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return { kind: "day", key: formatDay(ms), from: formatDay(ms), to: formatDay(ms) };
}

function weekPeriod(year: number, week: number): Period | null {
  const monday = firstMonday(year) + (week - 1) * 7 * dayMs;
  if (week < 1 || monday >= firstMonday(year + 1)) return null;
  const key = `${year}-W${String(week).padStart(2, "0")}`;
  return { kind: "week", key, from: formatDay(monday), to: formatDay(monday + 6 * dayMs) };
}

function monthPeriod(year: number, month: number): Period | null {
  if (month < 1 || month > 12) return null;
  const from = formatDay(Date.UTC(year, month - 1, 1));
  return { kind: "month", key: from.slice(0, 7), from, to: formatDay(Date.UTC(year, month, 0)) };
}

/** Monday of week 1: the week of 4 January. */
function firstMonday(year: number): number {
  return mondayOf(Date.UTC(year, 0, 4));
}

function mondayOf(ms: number): number {
  const weekday = (new Date(ms).getUTCDay() + 6) % 7;
  return ms - weekday * dayMs;
}

function formatDay(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}
