// How a paper stands in an edition: how it came in, since when, and what had been observed of it. Pure.
import { addDays, type Day, type Instant } from "../lib/clock.ts";
import type { SignalKind } from "../papers/paper.ts";
import type { AnnouncementRow, ObservationRow, SubmissionRow } from "./editions-store.ts";

/** What had been observed of a paper; null where nobody looked. */
export interface Observed {
  votes: number | null;
  comments: number | null;
  stars: number | null;
  repository: string | null;
  organisation: string | null;
}

export interface Standing extends Observed {
  paperPk: number;
  submitted: boolean;
  announced: boolean;
  /** Held on its day only by filling in afterwards, and put forward by nobody. */
  late: boolean;
  /** Distinct, in order of appearance. */
  submitters: string[];
  /** Followed categories it was announced in, sorted. */
  announcedIn: string[];
  /** The first of its days on the page. */
  day: Day;
  enteredAt: Instant;
  /** Latest observation used; null when there is none. */
  observedAt: Instant | null;
  approximate: boolean;
}

export interface StandingInput {
  submissions: readonly SubmissionRow[];
  announcements: readonly AnnouncementRow[];
  observations: readonly ObservationRow[];
}

/** One standing a paper, ordered by paper pk. */
export function standingsOf(input: StandingInput): Standing[] {
  const submissions = Map.groupBy(input.submissions, (row) => row.paper_pk);
  const announcements = Map.groupBy(input.announcements, (row) => row.paper_pk);
  const observations = Map.groupBy(input.observations, (row) => row.paper_pk);
  const pks = [...new Set([...submissions.keys(), ...announcements.keys()])].sort((a, b) => a - b);
  return pks.map((pk) =>
    standingOf(pk, {
      submissions: submissions.get(pk) ?? [],
      announcements: announcements.get(pk) ?? [],
      observations: observations.get(pk) ?? [],
    }),
  );
}

function standingOf(paperPk: number, input: StandingInput): Standing {
  const observations = input.observations.filter(isKnown);
  const submissions = input.submissions.toSorted((a, b) => (submissionKey(a) < submissionKey(b) ? -1 : 1));
  const submitters = submissions.flatMap((row) => (row.submitter ? [row.submitter] : []));
  return {
    paperPk,
    submitted: submissions.length > 0,
    announced: input.announcements.length > 0,
    late: submissions.length === 0 && input.announcements.every(({ late }) => late === 1),
    submitters: [...new Set(submitters)],
    announcedIn: [...new Set(input.announcements.map((row) => row.category))].sort(),
    day: [...input.submissions, ...input.announcements].map((row) => row.day).sort()[0]!,
    enteredAt: enteredAt(input),
    ...observedOf(observations),
    observedAt: latestOf(observations.map((row) => row.observed_at)),
    approximate: observations.some((row) => row.approximate === 1),
  };
}

/** Of one paper; the latest of each source. */
export function observedOf(rows: readonly ObservationRow[]): Observed {
  const observations = rows.filter(isKnown);
  return {
    votes: sumOf("upvotes", observations),
    comments: sumOf("comments", observations),
    stars: newest("stars", observations)?.value ?? null,
    repository: newest("repository", observations)?.detail ?? null,
    organisation: newest("organisation", observations)?.detail ?? null,
  };
}

type Known = ObservationRow & { observed_at: Instant };

function isKnown(row: ObservationRow): row is Known {
  return row.observed_at !== null;
}

/** In order of day and source, whatever order the database gave. */
function submissionKey(row: SubmissionRow): string {
  return `${row.day} ${row.source}`;
}

/** The earliest way in. An announcement opens its UTC day; a submission counts from when it was first seen. */
function enteredAt(input: StandingInput): Instant {
  const ways = [
    ...input.announcements.map((row) => startOf(row.day)),
    ...input.submissions.map((row) => submissionSeenAt(row, input.observations)),
  ];
  return ways.sort()[0]!;
}

/**
 * When this submission could first be seen here: the source's first observation of the paper about that day (what we
 * held), else the source's own time of submission, else the beginning of the day.
 */
function submissionSeenAt(row: SubmissionRow, observations: readonly ObservationRow[]): Instant {
  const earliest = startOf(addDays(row.day, -1));
  const latest = startOf(addDays(row.day, 2));
  const seen = observations
    .filter((o) => o.source === row.source && o.first_at >= earliest && o.first_at < latest)
    .map((o) => o.first_at)
    .sort()[0];
  return seen ?? row.submitted_at ?? startOf(row.day);
}

/** Latest value of each source, added up; null when no source counted. */
function sumOf(kind: SignalKind, observations: readonly Known[]): number | null {
  const values = observations.flatMap((row) => (row.kind === kind && row.value !== null ? [row.value] : []));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

function newest(kind: SignalKind, observations: readonly Known[]): Known | undefined {
  return observations
    .filter((row) => row.kind === kind)
    .sort((a, b) => (observationKey(a) < observationKey(b) ? 1 : -1))[0];
}

function observationKey(row: Known): string {
  return `${row.observed_at} ${row.source}`;
}

export function latestOf(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce<Instant | null>(
    (last, at) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );
}

export function startOf(day: string): Instant {
  return `${day}T00:00:00.000Z`;
}
