// Days and instants as readers read them. English, UTC; pure.
import type { Day, Instant } from "./clock.ts";

const weekdays = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const months = "January February March April May June July August September October November December".split(
  " ",
);

/** "Tuesday 12 May 2026" */
export function formatLongDay(day: Day): string {
  return `${weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]} ${formatDay(day)}`;
}

/** "12 May 2026" */
export function formatDay(day: Day): string {
  return `${formatDayMonth(day)} ${day.slice(0, 4)}`;
}

/** "12 May" */
export function formatDayMonth(day: Day): string {
  return `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1]}`;
}

/** "08:30 UTC" */
export function formatTime(instant: Instant): string {
  return `${instant.slice(11, 16)} UTC`;
}
