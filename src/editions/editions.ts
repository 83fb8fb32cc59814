// The room's door: the edition of a day, week or month, from recorded signals alone, as of an instant; and which exist.
import type { Db } from "../database/dialect.ts";
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { findPapersAsOf } from "../papers/past-papers-store.ts";
import { type Baseline, switchesOf } from "./baselines.ts";
import { type Carried, listCarried, mostCarryDays } from "./carried.ts";
import { composeEdition, type Frame, type PageEntry, scoreEntries } from "./compose-edition.ts";
import { type Cut, findCut } from "./cut.ts";
import type { Edition, EditionKey, EditionKind, EmptyEdition } from "./edition.ts";
import { type Period, parseEditionKey, periodOf } from "./edition-key.ts";
import {
  type AnnouncementRow,
  type DayRange,
  listAnnouncements,
  listDaysHeld,
  listDaysWithPapers,
  listLatestObservations,
  listSubmissions,
  type RecordedUntil,
  type SubmissionRow,
} from "./editions-store.ts";
import { findBaseline, listEstimates } from "./estimate/estimates-store.ts";
import { type Standing, standingsOf } from "./standing.ts";
import { findStarVelocities } from "./star-velocity.ts";

export interface EditionOptions {
  /** The page as it stood then: what had been observed and recorded at this instant. Default: everything recorded. */
  asOf?: Instant;
  /** Decides what lies in the future; nothing else. */
  now: Instant;
  /** arXiv categories whose announcements are followed. */
  categories: readonly string[];
}

/**
 * The edition of a key ("2026-05-12", "2026-W20", "2026-05"); null when the key means no date. The same key, `asOf` and
 * categories give the same edition bit for bit, whatever is recorded later. Seven queries, and one more where star velocity
 * is on; as of an instant some more.
 */
export async function getEdition(
  db: Db,
  key: EditionKey,
  { asOf, now, categories }: EditionOptions,
): Promise<Edition | EmptyEdition | null> {
  const period = parseEditionKey(key);
  if (!period) return null;
  const page = { period, categories, today: dayOf(asOf ?? now) };
  const cut = asOf === undefined ? null : await findCut(db, period, { asOf, categories });
  const days = await listDays(db, page, cut);
  const frame = frameOf(period, days);
  if (period.from > page.today) return emptyEdition(period, frame, true);
  const rows = await listRows(db, page, cut);
  const place = placeRows(period, rows, days);
  const baseline = await findBaseline(db, period, cut?.recordedUntil ?? null);
  const entries = await findEntries(db, place, { cut, baseline });
  if (entries.length === 0) return emptyEdition(period, frame, false);
  const spansDays = period.kind !== "day";
  return composeEdition(period, frame, {
    entries: scoreEntries(entries, baseline, { spansDays }),
    switches: switchesOf(baseline, spansDays),
    cut: cut && { asOf: cut.observedUntil, reconstructed: cut.reconstructed },
    carriedOn: place.carriedOn,
    heldAt: asOf ?? now,
  });
}

/** Days that have an edition, oldest first, none after today. */
export function listEditionDays(db: Db, options: Pick<EditionOptions, "now" | "categories">): Promise<Day[]> {
  return listDaysWithPapers(db, options.categories, dayOf(options.now));
}

/** The latest day that has papers; null when there is none yet. */
export async function findLatestDay(
  db: Db,
  options: Pick<EditionOptions, "now" | "categories">,
): Promise<Day | null> {
  return (await listEditionDays(db, options)).at(-1) ?? null;
}

/** All keys of a kind that have papers, oldest first. */
export async function listEditionKeys(
  db: Db,
  kind: EditionKind,
  options: Pick<EditionOptions, "now" | "categories">,
): Promise<EditionKey[]> {
  return keysOf(kind, await listEditionDays(db, options));
}

function keysOf(kind: EditionKind, days: readonly Day[]): EditionKey[] {
  return kind === "day" ? [...days] : [...new Set(days.map((day) => periodOf(kind, day).key))];
}

/** Neighbours and number among the editions of its kind; keys of one kind sort as text. */
function frameOf(period: Period, days: readonly Day[]): Frame {
  const keys = keysOf(period.kind, days);
  return {
    number: keys.filter((key) => key <= period.key).length,
    previous: keys.findLast((key) => key < period.key) ?? null,
    next: keys.find((key) => key > period.key) ?? null,
  };
}

function emptyEdition(period: Period, frame: Frame, future: boolean): EmptyEdition {
  const { kind, key, from, to } = period;
  return { kind, key, from, to, future, items: [], previous: frame.previous, next: frame.next };
}

/** Which page is asked for, and of whom. */
interface PageRequest {
  period: Period;
  categories: readonly string[];
  /** Days after it are not out yet, also within the current week and month. */
  today: Day;
}

/** Days that have papers, as known at the cut. */
export function listDays(
  db: Db,
  { categories, today }: Omit<PageRequest, "period">,
  cut: Cut | null,
): Promise<Day[]> {
  if (!cut) return listDaysWithPapers(db, categories, today);
  return listDaysHeld(db, categories, { until: today, recordedUntil: cut.recordedUntil });
}

export interface Rows {
  submissions: SubmissionRow[];
  announcements: AnnouncementRow[];
}

/** A day's page may take in late papers of the days before. */
async function listRows(db: Db, { period, categories, today }: PageRequest, cut: Cut | null): Promise<Rows> {
  const from = period.kind === "day" ? addDays(period.from, -mostCarryDays) : period.from;
  const range: DayRange = { from, to: [period.to, today].sort()[0]! };
  return readRows(db, range, { categories, until: cut?.recordedUntil ?? null });
}

/** Who was put forward or announced on these days. */
export async function readRows(
  db: Db,
  range: DayRange,
  { categories, until }: { categories: readonly string[]; until: RecordedUntil },
): Promise<Rows> {
  return {
    submissions: await listSubmissions(db, range, until),
    announcements: await listAnnouncements(db, range, { categories, until }),
  };
}

interface Placed extends Rows {
  range: DayRange;
  /** Late papers of other days that this page takes in, by pk. */
  carried: Map<number, Carried>;
  carriedOn: number;
}

/** Rows of this page: its own, less what a later page has taken in, and what it takes in itself. */
function placeRows(period: Period, rows: Rows, days: readonly Day[]): Placed {
  const isOwn = ({ day }: { day: Day }) => day >= period.from && day <= period.to;
  if (period.kind !== "day") return { ...rows, range: period, carried: new Map(), carriedOn: 0 };
  const late = listCarried([...rows.submissions, ...rows.announcements], days).filter(
    ({ to }) => to !== null,
  );
  const left = new Set(late.filter(({ from }) => from === period.from).map(({ paperPk }) => paperPk));
  const own = new Set([...rows.submissions, ...rows.announcements].filter(isOwn).map((row) => row.paper_pk));
  const carried = new Map(
    late
      .filter(({ to, paperPk }) => to === period.from && !own.has(paperPk))
      .reverse()
      .map((paper) => [paper.paperPk, paper]),
  );
  const stays = (row: { day: Day; paper_pk: number }) =>
    isOwn(row) ? !left.has(row.paper_pk) : carried.get(row.paper_pk)?.from === row.day;
  return {
    submissions: rows.submissions.filter(stays),
    announcements: rows.announcements.filter(stays),
    range: { from: addDays(period.from, -mostCarryDays), to: period.to },
    carried,
    carriedOn: left.size,
  };
}

interface EntryOptions {
  cut: Cut | null;
  baseline: Baseline | null;
}

/** A paper that has just become part of another is left to the entries of the other. */
async function findEntries(db: Db, place: Placed, { cut, baseline }: EntryOptions): Promise<PageEntry[]> {
  const { submissions, announcements, carried, range } = place;
  const pks = [...new Set([...submissions, ...announcements].map((row) => row.paper_pk))];
  const observations = await listLatestObservations(db, pks, cut ?? undefined);
  const standings = standingsOf({ submissions, announcements, observations })
    .map((standing) => enterLate(standing, carried.get(standing.paperPk)))
    .filter(({ enteredAt }) => !cut || enteredAt <= cut.observedUntil);
  const until = cut?.recordedUntil ?? null;
  const held = standings.map(({ paperPk }) => paperPk);
  const papers = until === null ? await findPapersByPk(db, held) : await findPapersAsOf(db, held, until);
  const estimates = await listEstimates(db, held, { range, until });
  const velocities = await findStarVelocities(db, standings, { cut, baseline });
  return standings.flatMap((standing): PageEntry[] => {
    const { paperPk, day } = standing;
    const paper = papers.get(paperPk);
    if (paper?.pk !== paperPk) return [];
    const estimate = estimates.get(`${paperPk} ${day}`) ?? null;
    const starVelocity = velocities.get(paperPk) ?? null;
    return [{ paper, standing, estimate, starVelocity, carriedFrom: carried.get(paperPk)?.from ?? null }];
  });
}

/** What came late was not there when its day began. */
export function enterLate(standing: Standing, carried: Carried | undefined): Standing {
  if (!carried || carried.arrivedAt <= standing.enteredAt) return standing;
  return { ...standing, enteredAt: carried.arrivedAt };
}
