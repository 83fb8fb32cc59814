// When the archive announces what: written apart from the program's own calendar, so that one can be held against the other.
import type { Day } from "../../../src/lib/clock.ts";
import { addDays, easternInstant, weekday } from "./eastern.ts";

/** What is announced in one evening. */
export interface Batch {
  /** The UTC day that has just begun when it is announced; the date the listing carries. */
  day: Day;
  /** Submissions before this moment (14:00 Eastern of a working day), and after the batch before, are in it. */
  cutOffAt: Date;
  /** 20:00 Eastern of the same day; of Sunday for Friday's. */
  dueAt: Date;
  /** When it really came. */
  publishedAt: Date;
}

export interface CalendarOptions {
  /** First and last edition day. */
  from: Day;
  until: Day;
  /** Working days (Eastern) whose batch joins the next one, as published before. */
  deferrals?: readonly Day[];
  /** The same, and nobody was told. */
  skipped?: readonly Day[];
  /** Minutes that an edition day's batch is late. */
  late?: Readonly<Record<Day, number>>;
}

/** Batches oldest first. */
export function listBatches({
  from,
  until,
  deferrals = [],
  skipped = [],
  late = {},
}: CalendarOptions): Batch[] {
  const batches: Batch[] = [];
  for (let workday = addDays(from, -4); ; workday = addDays(workday, 1)) {
    const day = editionOf(workday);
    if (day > until) return batches;
    if (day < from || !isWorkday(workday) || deferrals.includes(workday) || skipped.includes(workday))
      continue;
    const dueAt = easternInstant(addDays(day, -1), 20);
    const publishedAt = new Date(dueAt.getTime() + (late[day] ?? 0) * 60_000);
    batches.push({ day, cutOffAt: easternInstant(workday, 14), dueAt, publishedAt });
  }
}

const friday = 5;

function editionOf(workday: Day): Day {
  return addDays(workday, weekday(workday) === friday ? 3 : 1);
}

function isWorkday(day: Day): boolean {
  return weekday(day) >= 1 && weekday(day) <= friday;
}

/** The batch that a submission is in; -1 when it is later than all of them. */
export function batchOf(batches: readonly Batch[], submittedAt: Date): number {
  return batches.findIndex(({ cutOffAt }) => submittedAt.getTime() < cutOffAt.getTime());
}
