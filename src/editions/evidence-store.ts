// The recorded rows behind one paper's place on a page: how it came in, and what had been observed of it, each with its source
// and times.
import type { Db } from "../database/dialect.ts";
import type { Day, Instant } from "../lib/clock.ts";
import type { SignalKind } from "../papers/paper.ts";
import {
  type AnnouncementRow,
  type DayRange,
  listLatestObservations,
  type ObservationCut,
  type RecordedUntil,
  recordedBy,
  type SubmissionRow,
} from "./editions-store.ts";

export interface Evidence {
  /** Oldest first. */
  submissions: {
    day: Day;
    source: string;
    submitter: string | null;
    submittedAt: Instant | null;
    recordedAt: Instant | null;
  }[];
  announcements: { day: Day; category: string; late: boolean; recordedAt: Instant | null }[];
  /** Of each kind and source the observation that counted: the latest at the cut-off. */
  signals: {
    kind: SignalKind;
    source: string;
    observedAt: Instant;
    /** The time of observation is an estimate. */
    approximate: boolean;
    value: number | null;
    detail: string | null;
  }[];
}

export interface EvidenceOptions {
  /** Days of the page. */
  range: DayRange;
  /** arXiv categories whose announcements are followed. */
  categories: readonly string[];
  cut: ObservationCut | null;
}

/** As the page was made from; of a paper that has since become part of another, what was its own. Five queries at most. */
export async function findEvidence(
  db: Db,
  paperPk: number,
  { range, categories, cut }: EvidenceOptions,
): Promise<Evidence> {
  const until = cut?.recordedUntil ?? null;
  const rows: RowsAsked = { paperPk, range, until };
  const submissions = await listSubmissionRows(db, rows);
  const announced = await listAnnouncementRows(db, rows);
  const followed = new Set(categories);
  const observations = await listLatestObservations(db, [paperPk], cut ?? undefined);
  return {
    submissions: submissions
      .map(({ day, source, submitter, submitted_at, recorded_at }) => ({
        day,
        source,
        submitter,
        submittedAt: submitted_at,
        recordedAt: recorded_at,
      }))
      .sort((a, b) => compare(`${a.day} ${a.source}`, `${b.day} ${b.source}`)),
    announcements: announced
      .filter(({ kind, category }) => kind !== "replacement" && followed.has(category))
      .map(({ day, category, late, recorded_at }) => ({
        day,
        category,
        late: late === 1,
        recordedAt: recorded_at,
      }))
      .sort((a, b) => compare(`${a.day} ${a.category}`, `${b.day} ${b.category}`)),
    signals: observations
      .flatMap(({ kind, source, observed_at, approximate, value, detail }) =>
        observed_at === null
          ? []
          : [{ kind, source, observedAt: observed_at, approximate: approximate === 1, value, detail }],
      )
      .sort((a, b) => compare(`${a.kind} ${a.source}`, `${b.kind} ${b.source}`)),
  };
}

interface RowsAsked {
  paperPk: number;
  range: DayRange;
  until: RecordedUntil;
}

async function listSubmissionRows(db: Db, asked: RowsAsked): Promise<SubmissionRow[]> {
  const { paperPk, range, until } = asked;
  const rows = await db
    .selectFrom("submissions")
    .select(["paper_pk", "day", "source", "submitter", "submitted_at", "recorded_at"])
    .where("paper_pk", "=", paperPk)
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .where(recordedBy(until))
    .execute();
  return [...rows, ...(await listAbsorbed<SubmissionRow>(db, "submissions", asked))];
}

type KindOfAnnouncement = AnnouncementRow & { kind: string };

async function listAnnouncementRows(db: Db, asked: RowsAsked): Promise<KindOfAnnouncement[]> {
  const { paperPk, range, until } = asked;
  const rows = await db
    .selectFrom("announcements")
    .select(["paper_pk", "category", "day", "late", "kind", "recorded_at"])
    .where("paper_pk", "=", paperPk)
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .where(recordedBy(until))
    .execute();
  return [...rows, ...(await listAbsorbed<KindOfAnnouncement>(db, "announcements", asked))];
}

/** Rows of a paper that has become part of another since, as they were. */
async function listAbsorbed<Row>(
  db: Db,
  kind: "submissions" | "announcements",
  { paperPk, range, until }: RowsAsked,
): Promise<Row[]> {
  if (until === null) return [];
  const rows = await db
    .selectFrom("absorbed_facts")
    .select("fact")
    .where("kind", "=", kind)
    .where("paper_pk", "=", paperPk)
    .where("day", ">=", range.from)
    .where("day", "<=", range.to)
    .where("absorbed_at", ">", until)
    .where(recordedBy(until))
    .execute();
  return rows.map(({ fact }) => JSON.parse(fact) as Row);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
