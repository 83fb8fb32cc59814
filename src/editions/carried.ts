// Papers that came after their day was closed: carried into the next edition, where they are marked, and not twice. Pure.
import { addDays, type Day, type Instant } from "../lib/clock.ts";
import { startOf } from "./standing.ts";

/** What comes later than so many days is filled in on its own day; it is no news any more. */
export const mostCarryDays = 7;

/** A paper's place on a day. */
export interface DayRow {
  paper_pk: number;
  day: Day;
  recorded_at: Instant | null;
}

export interface Carried {
  paperPk: number;
  /** Its own day. */
  from: Day;
  /** The edition that took it in; null while none has opened: until then it stands on its own day. */
  to: Day | null;
  arrivedAt: Instant;
}

/** A day's edition closes when the (UTC) day is over. */
export function closingOf(day: Day): Instant {
  return startOf(addDays(day, 1));
}

/**
 * Those of the rows' papers that came after the closing of their day. A day none of whose papers was held when it closed
 * was filled in as a whole: nothing of it is late. `days` are the days that have papers, oldest first.
 */
export function listCarried(rows: readonly DayRow[], days: readonly Day[]): Carried[] {
  return [...Map.groupBy(rows, (row) => row.day)].flatMap(([day, ofDay]) => {
    const arrivals = arrivalsOf(ofDay);
    const closing = closingOf(day);
    const late = [...arrivals].filter(([, at]) => at >= closing);
    if (late.length === arrivals.size) return [];
    return late.map(([paperPk, arrivedAt]) => ({
      paperPk,
      from: day,
      to: nextEdition(day, arrivedAt, days),
      arrivedAt,
    }));
  });
}

/** When each paper was first on the day; "" where that was not noted. */
function arrivalsOf(rows: readonly DayRow[]): Map<number, Instant> {
  const arrivals = new Map<number, Instant>();
  for (const { paper_pk, recorded_at } of rows) {
    const at = recorded_at ?? "";
    const known = arrivals.get(paper_pk);
    if (known === undefined || at < known) arrivals.set(paper_pk, at);
  }
  return arrivals;
}

/** The first edition that was still open when the paper came. */
function nextEdition(day: Day, arrivedAt: Instant, days: readonly Day[]): Day | null {
  const next = days.find((other) => other > day && closingOf(other) > arrivedAt);
  return next !== undefined && next <= addDays(day, mostCarryDays) ? next : null;
}
