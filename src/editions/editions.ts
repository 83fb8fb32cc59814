// The room's door: the edition of a day, week or month, from recorded signals alone, as of an instant; and which exist.
import type { Db } from "../database/dialect.ts";
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { fieldOf } from "../reading/field.ts";
import type { Edition, EditionItem, EditionKey, EditionKind, EmptyEdition } from "./edition.ts";
import { type Period, parseEditionKey, periodOf } from "./edition-key.ts";
import {
  listAnnouncements,
  listDaysWithPapers,
  listLatestObservations,
  listSubmissions,
} from "./editions-store.ts";
import { compareRanked, formulaVersion, type Score, scorePage } from "./formula.ts";
import { formatReason } from "./reason.ts";
import { latestOf, type Standing, standingsOf, startOf } from "./standing.ts";
import { stepsOf } from "./steps.ts";

export interface EditionOptions {
  /** The page as it stood then: observations and entries up to this instant. Default: everything recorded. */
  asOf?: Instant;
  /** Decides what lies in the future; nothing else. */
  now: Instant;
  /** arXiv categories whose announcements are followed. */
  categories: readonly string[];
}

/**
 * The edition of a key ("2026-05-12", "2026-W20", "2026-05"); null when the key means no date. The same key, `asOf` and
 * records give the same edition bit for bit; asking again with an edition's own `asOf` gives that edition. Five queries.
 */
export async function getEdition(
  db: Db,
  key: EditionKey,
  options: EditionOptions,
): Promise<Edition | EmptyEdition | null> {
  const period = parseEditionKey(key);
  if (!period) return null;
  const days = await listEditionDays(db, options);
  const frame = frameOf(period, days);
  if (period.from > dayOf(options.now)) return emptyEdition(period, frame, true);
  const standings = await findStandings(db, period, options);
  const papers = await findPapersByPk(
    db,
    standings.map((standing) => standing.paperPk),
  );
  const entries = pairWithPapers(standings, papers);
  return entries.length === 0 ? emptyEdition(period, frame, false) : composeEdition(period, frame, entries);
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

interface Frame {
  number: number;
  previous: EditionKey | null;
  next: EditionKey | null;
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

async function findStandings(db: Db, period: Period, options: EditionOptions): Promise<Standing[]> {
  const range = { from: period.from, to: earlierOf(period.to, dayOf(options.now)) };
  const submissions = await listSubmissions(db, range);
  const announcements = await listAnnouncements(db, range, options.categories);
  const pks = [...new Set([...submissions, ...announcements].map((row) => row.paper_pk))];
  const observations = await listLatestObservations(db, pks, options.asOf);
  const standings = standingsOf({ submissions, announcements, observations });
  const { asOf } = options;
  return asOf === undefined ? standings : standings.filter((standing) => standing.enteredAt <= asOf);
}

/** Days after today are not out yet, also within the current week and month. */
function earlierOf(day: Day, today: Day): Day {
  return [day, today].sort()[0]!;
}

interface Entry extends Score {
  id: string;
  paper: Paper;
  standing: Standing;
}

/** In rank order. A paper that has just become part of another is left to the entries of the other. */
function pairWithPapers(standings: readonly Standing[], papers: ReadonlyMap<number, Paper>): Entry[] {
  const held = standings.flatMap((standing) => {
    const paper = papers.get(standing.paperPk);
    return paper?.pk === standing.paperPk ? [{ id: paper.id, paper, standing }] : [];
  });
  const scores = scorePage(
    held.map(({ standing }) => ({
      ...standing,
      estimate: null,
      submitter: standing.submitters[0] ?? null,
    })),
  );
  return held.map((entry, i) => ({ ...entry, ...scores[i]! })).sort(compareRanked);
}

function composeEdition(period: Period, frame: Frame, entries: readonly Entry[]): Edition {
  const asOf =
    latestOf(entries.flatMap((e) => [e.standing.observedAt, e.standing.enteredAt])) ?? startOf(period.from);
  return {
    ...period,
    ...frame,
    asOf,
    asOfApproximate: entries.some((e) => e.standing.approximate && e.standing.observedAt === asOf),
    formula: formulaVersion,
    counts: {
      announced: entries.filter((e) => e.standing.announced).length,
      submitted: entries.filter((e) => e.standing.submitted).length,
      held: entries.length,
    },
    items: itemsOf(entries, period, asOf),
  };
}

function itemsOf(entries: readonly Entry[], period: Period, asOf: Instant): EditionItem[] {
  const total = entries.reduce((sum, entry) => sum + entry.score, 0);
  const steps = stepsOf(entries.map((entry) => entry.score));
  return entries.map((entry, index) => {
    const { paper, standing, score, terms } = entry;
    const { late, votes, comments, stars, repository, organisation, submitters, enteredAt } = standing;
    return {
      rank: index + 1,
      score,
      share: total > 0 ? score / total : 0,
      step: steps[index]!,
      terms,
      reason: formatReason(standing, period.to, asOf),
      paper,
      field: fieldOf({ ...paper, keywords: paper.details.keywords }),
      late,
      votes,
      comments,
      stars,
      repository,
      organisation,
      submitters,
      enteredAt,
    };
  });
}
