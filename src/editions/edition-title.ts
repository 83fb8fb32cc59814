// What an edition is called.
import { formatLongDay, formatMonth } from "../lib/dates.ts";
import type { Edition, EditionKey } from "./edition.ts";

/** "Tuesday 12 May 2026", "Week 20 of 2026", "May 2026" */
export function editionTitle({ kind, key, from }: Pick<Edition, "kind" | "key" | "from">): string {
  if (kind === "day") return formatLongDay(from);
  return kind === "month" ? formatMonth(from) : `Week ${weekNumber(key)} of ${key.slice(0, 4)}`;
}

/** 20 for "2026-W20" */
export function weekNumber(key: EditionKey): number {
  return Number(key.slice(6));
}
