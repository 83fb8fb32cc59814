// What was usual before a day: votes by field and by weekday, and whether star histories are held. Pure; from it follow the
// weights of a vote, which switch on by themselves once there is enough to know them by.
import type { Day } from "../lib/clock.ts";
import type { FieldName } from "../reading/field.ts";

/** So many days before the day are looked at, but for the last three, whose votes are still coming. */
export const baselineDays = { from: 93, to: 3 };

/**
 * A field is known by so many papers that an archive placed in it and whose votes were counted: ln(1 + votes) spreads by
 * about 1.1, so that the mean of 30 is known to a fifth, less than half of what the weight may be.
 */
const leastFieldPapers = 30;
/** With fewer fields there is nothing to compare. */
const leastFields = 3;
/** A weekday is known by so many days of eight counted papers: six weeks. */
const leastDaysOfWeekday = 6;
const leastPapersOfDay = 8;
/** All working days: the usual week has no votes at the weekend. */
const leastWeekdays = 5;
/** Velocity says something when it is known of so many papers of the last month. */
const leastStarHistories = 20;

/** No field's votes weigh more than twice, or less than half, and no weekday's more than half as much again. */
const fieldLimit = Math.log(2);
const weekdayLimit = Math.log(1.5);

/** How many there were, and the mean of ln(1 + votes). */
export interface Usual {
  papers: number;
  mean: number;
}

export interface Baseline {
  /** The day it is the baseline of. */
  day: Day;
  /** All counted papers of the time before. */
  all: Usual;
  /** Papers that an archive placed in a field. */
  placed: Usual;
  fields: Partial<Record<FieldName, Usual>>;
  /** By weekday, 0 Sunday to 6 Saturday; with the days that had papers enough. */
  weekdays: Record<string, Usual & { days: number }>;
  /** Papers of the last month with star counts of two days. */
  starHistories: number;
}

/** A paper of an earlier day, as known when the day began. */
export interface CountedPaper {
  day: Day;
  votes: number;
  /** By its archive's categories; null where no archive placed it. */
  field: FieldName | null;
}

export function baselineOf(day: Day, papers: readonly CountedPaper[], starHistories: number): Baseline {
  const placed = papers.filter(({ field }) => field !== null);
  const byDay = [...Map.groupBy(papers, (paper) => paper.day).values()];
  const full = byDay.filter((ofDay) => ofDay.length >= leastPapersOfDay);
  const weekdays = Map.groupBy(full, (ofDay) => weekdayOf(ofDay[0]!.day));
  return {
    day,
    all: usualOf(papers),
    placed: usualOf(placed),
    fields: mapValues(
      Map.groupBy(placed, ({ field }) => field!),
      usualOf,
    ),
    weekdays: mapValues(weekdays, (days) => ({ ...usualOf(days.flat()), days: days.length })),
    starHistories,
  };
}

function mapValues<K extends string, V, R>(groups: ReadonlyMap<K, V>, make: (group: V) => R): Record<K, R> {
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, group]) => [key, make(group)])) as Record<K, R>;
}

function usualOf(papers: readonly CountedPaper[]): Usual {
  const sum = papers.reduce((total, { votes }) => total + Math.log1p(Math.max(0, votes)), 0);
  return { papers: papers.length, mean: papers.length === 0 ? 0 : sum / papers.length };
}

/** "0" Sunday to "6" Saturday. */
export function weekdayOf(day: Day): string {
  return String(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** Whether a part of the formula is on for a page, and why, in words. */
export interface Switch {
  on: boolean;
  why: string;
}

export interface Switches {
  field: Switch;
  weekday: Switch;
  stars: Switch;
}

/** `spansDays`: on the page of one day all papers have the same weekday, and nothing is to be weighed. */
export function switchesOf(baseline: Baseline | null, spansDays: boolean): Switches {
  if (!baseline) {
    const off = { on: false, why: "nothing was recorded of the time before" };
    return { field: off, weekday: off, stars: off };
  }
  const fields = knownFields(baseline).length;
  const weekdays = knownWeekdays(baseline).length;
  const time = `the ${baselineDays.from - baselineDays.to} days until three before ${baseline.day}`;
  return {
    field: {
      on: fields >= leastFields,
      why: `${fields} fields with ${leastFieldPapers} counted papers placed by an archive in ${time}; it takes ${leastFields}`,
    },
    weekday: {
      on: spansDays && weekdays >= leastWeekdays,
      why: spansDays
        ? `${weekdays} weekdays with ${leastDaysOfWeekday} days of ${leastPapersOfDay} counted papers in ${time}; it takes ${leastWeekdays}`
        : "on the page of one day all papers have the same",
    },
    stars: {
      on: baseline.starHistories >= leastStarHistories,
      why: `${baseline.starHistories} papers with star counts of two days in the month before ${baseline.day}; it takes ${leastStarHistories}`,
    },
  };
}

function knownFields({ fields }: Baseline): Usual[] {
  return Object.values(fields).filter(({ papers }) => papers >= leastFieldPapers);
}

function knownWeekdays({ weekdays }: Baseline): Usual[] {
  return Object.values(weekdays).filter(({ days }) => days >= leastDaysOfWeekday);
}

/** What a vote weighs in a field: more where votes are few. 1 while off, and in a field that is not known well. */
export function fieldFactor(baseline: Baseline | null, field: FieldName | null): number {
  const usual =
    baseline && field && switchesOf(baseline, false).field.on ? baseline.fields[field] : undefined;
  if (!usual || usual.papers < leastFieldPapers) return 1;
  return factorOf(baseline!.placed.mean - usual.mean, fieldLimit);
}

/** The same of a weekday, on pages of several days. */
export function weekdayFactor(baseline: Baseline | null, day: Day): number {
  const usual =
    baseline && switchesOf(baseline, true).weekday.on ? baseline.weekdays[weekdayOf(day)] : undefined;
  if (!usual || usual.days < leastDaysOfWeekday) return 1;
  return factorOf(baseline!.all.mean - usual.mean, weekdayLimit);
}

function factorOf(difference: number, limit: number): number {
  return Math.exp(Math.max(-limit, Math.min(limit, difference)));
}
