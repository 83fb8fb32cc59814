// Days and instants as readers read them. English, UTC; pure.
import type { Day, Instant } from "./clock.ts";

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "Tuesday 12 May 2026" */
export function formatLongDay(day: Day): string {
  return `${formatWeekday(day)} ${formatDay(day)}`;
}

/** "Tuesday" */
export function formatWeekday(day: Day): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]!;
}

/** "12 May 2026" */
export function formatDay(day: Day): string {
  return `${formatDayMonth(day)} ${day.slice(0, 4)}`;
}

/** "12 May" */
export function formatDayMonth(day: Day): string {
  return `${Number(day.slice(8, 10))} ${monthName(day)}`;
}

/** "May 2026" */
export function formatMonth(day: Day): string {
  return `${monthName(day)} ${day.slice(0, 4)}`;
}

/** "08:30 UTC" */
export function formatTime(instant: Instant): string {
  return `${instant.slice(11, 16)} UTC`;
}

/** "08:30 UTC, 12 May 2026"; seconds only where there are some. */
export function formatInstant(instant: Instant): string {
  const seconds = instant.slice(16, 19) === ":00" ? "" : instant.slice(16, 19);
  return `${instant.slice(11, 16)}${seconds} UTC, ${formatDay(instant.slice(0, 10))}`;
}

/** "11 to 17 May 2026", "27 April to 3 May 2026", "29 December 2025 to 4 January 2026" */
export function formatDayRange(from: Day, to: Day): string {
  if (from === to) return formatDay(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))} to ${formatDay(to)}`;
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatDayMonth(from) : formatDay(from);
  return `${start} to ${formatDay(to)}`;
}

function monthName(day: Day): string {
  return months[Number(day.slice(5, 7)) - 1]!;
}
