// The papers of the last weeks ranked against each other: the formula of the dated pages, with decay over age.
import type { Db } from "../database/dialect.ts";
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { findPapersAsOf, listIds } from "../papers/past-papers-store.ts";
import { type Baseline, type Switches, switchesOf } from "./baselines.ts";
import { mostCarryDays } from "./carried.ts";
import { formulaInputOf, itemOf } from "./compose-edition.ts";
import { type Cut, findCut } from "./cut.ts";
import type { Edition, EditionItem } from "./edition.ts";
import { type EditionOptions, enterLate, listDays, readRows } from "./editions.ts";
import { type DayRange, listLatestObservations } from "./editions-store.ts";
import { findBaseline, listEstimates, listEstimateValues } from "./estimate/estimates-store.ts";
import { compareRanked, formulaVersion, type Score, scorePage } from "./formula.ts";
import { latestOf, type Standing, standingsOf, startOf } from "./standing.ts";
import { findStarVelocities } from "./star-velocity.ts";
import { stepsOf } from "./steps.ts";
import { placesOf, type WindowPlace } from "./trending-places.ts";

/** Days that are looked at: after so many a point is worth a twentieth, and nobody calls it new. */
export const trendingDays = 30;

export interface TrendingPart {
  limit: number;
  /** Papers before the first one wanted; default 0. */
  offset?: number;
}

export type TrendingOptions = EditionOptions & TrendingPart;

export interface TrendingItem extends EditionItem {
  /** The day whose page it stands on. */
  day: Day;
}

/** Words as in an edition. */
export interface Trending
  extends Pick<
    Edition,
    "from" | "to" | "asOf" | "asOfApproximate" | "heldAt" | "formula" | "switches" | "cut"
  > {
  /** Papers in the window. */
  total: number;
  offset: number;
  /** In rank order, from rank offset + 1 on; shares are of all papers of the window. */
  items: TrendingItem[];
}

/** A paper of the window, ranked, without its text. */
interface Ranked extends Score, WindowPlace {
  id: string;
  standing: Standing;
}

/** Everything of a window that does not depend on which part of it is read. */
export interface TrendingRanking {
  window: DayRange;
  ranked: Ranked[];
  switches: Switches;
  cut: Cut | null;
  heldAt: Instant;
}

/**
 * Those of the last 30 days until today (or until the day of `asOf`), the most talked of first. As of an instant the same
 * answer bit for bit, whatever is recorded later. At most twelve queries, however many papers there are; some more as of an
 * instant.
 */
export async function trendingPapers(db: Db, options: TrendingOptions): Promise<Trending> {
  return readTrending(db, await rankTrending(db, options), options);
}

/** The order alone, with every score and its terms: what is worth keeping while nothing changes. */
export async function rankTrending(
  db: Db,
  { asOf, now, categories }: EditionOptions,
): Promise<TrendingRanking> {
  const today = dayOf(asOf ?? now);
  const window: DayRange = { from: addDays(today, 1 - trendingDays), to: today };
  const cut = asOf === undefined ? null : await findCut(db, window, { asOf, categories });
  const baseline = await findBaseline(db, window, cut?.recordedUntil ?? null);
  const entries = await listEntries(db, { window, categories, cut });
  const scores = await scoreWindow(db, entries, { window, cut, baseline });
  const ranked = entries.map((entry, i) => ({ ...entry, ...scores[i]! })).sort(compareRanked);
  return { window, ranked, switches: switchesOf(baseline, true), cut, heldAt: asOf ?? now };
}

type Entry = Omit<Ranked, keyof Score>;

/** Late papers of the days before may stand on the window's first pages. */
async function listEntries(
  db: Db,
  { window, categories, cut }: { window: DayRange; categories: readonly string[]; cut: Cut | null },
): Promise<Entry[]> {
  const until = cut?.recordedUntil ?? null;
  const range = { from: addDays(window.from, -mostCarryDays), to: window.to };
  const rows = await readRows(db, range, { categories, until });
  const places = placesOf(rows, {
    from: window.from,
    days: await listDays(db, { categories, today: window.to }, cut),
  });
  const pks = [...places.keys()];
  const observations = await listLatestObservations(db, pks, cut ?? undefined);
  const ids = await listIds(db, pks, until);
  return standingsOf({ ...rows, observations }).flatMap((whole): Entry[] => {
    const place = places.get(whole.paperPk);
    const id = ids.get(whole.paperPk);
    if (!place || id === undefined) return [];
    const standing = enterLate({ ...whole, day: place.ownDay }, place.carried);
    return cut && standing.enteredAt > cut.observedUntil ? [] : [{ ...place, id, standing }];
  });
}

interface WindowFacts {
  window: DayRange;
  cut: Cut | null;
  baseline: Baseline | null;
}

async function scoreWindow(
  db: Db,
  entries: readonly Entry[],
  { window, cut, baseline }: WindowFacts,
): Promise<Score[]> {
  const standings = entries.map(({ standing }) => standing);
  const estimates = await listEstimateValues(db, pksOf(entries), estimatesOf(window, cut));
  const velocities = await findStarVelocities(db, standings, { cut, baseline });
  // A field weighs votes alone: of the others nobody needs the text.
  const voted = switchesOf(baseline, true).field.on ? entries.filter(({ standing }) => standing.votes) : [];
  const papers = await readPapers(db, pksOf(voted), cut);
  const inputs = entries.map(({ day, ownDay, standing }) => {
    const { paperPk } = standing;
    const entry = {
      categories: papers.get(paperPk)?.categories ?? [],
      standing,
      estimate: estimates.get(`${paperPk} ${ownDay}`) ?? null,
      starVelocity: velocities.get(paperPk) ?? null,
    };
    return { ...formulaInputOf(entry, baseline, { spansDays: true }), ageDays: daysBetween(day, window.to) };
  });
  return scorePage(inputs);
}

/** One part of the list, with its papers' texts and estimates: two queries, or three as of an instant. */
export async function readTrending(
  db: Db,
  { window, ranked, switches, cut, heldAt }: TrendingRanking,
  { limit, offset = 0 }: TrendingPart,
): Promise<Trending> {
  const asOf =
    latestOf(ranked.flatMap(({ standing }) => [standing.observedAt, standing.enteredAt])) ??
    startOf(window.from);
  const shown = ranked.slice(offset, offset + limit);
  const papers = await readPapers(db, pksOf(shown), cut);
  const estimates = await listEstimates(db, pksOf(shown), estimatesOf(window, cut));
  const places = listPlaces(ranked, { limit, offset });
  const items = shown.flatMap((entry, i): TrendingItem[] => {
    const { standing, day, ownDay } = entry;
    const paper = papers.get(standing.paperPk);
    if (paper?.id !== entry.id) return [];
    const estimate = estimates.get(`${paper.pk} ${ownDay}`) ?? null;
    const carriedFrom = ownDay === day ? null : ownDay;
    const scored = { ...entry, paper, estimate, carriedFrom, starVelocity: null };
    return [{ ...itemOf(scored, places[i]!, { day: window.to, asOf }), day }];
  });
  return {
    ...window,
    asOf,
    asOfApproximate: ranked.some(({ standing }) => standing.approximate && standing.observedAt === asOf),
    heldAt,
    formula: formulaVersion,
    switches,
    cut: cut && { asOf: cut.observedUntil, reconstructed: cut.reconstructed },
    total: ranked.length,
    offset,
    items,
  };
}

/** Rank, share and size of a part of the list, within all of it. */
function listPlaces(ranked: readonly Ranked[], { limit, offset }: { limit: number; offset: number }) {
  const scores = ranked.map(({ score }) => score);
  const total = scores.reduce((sum, score) => sum + score, 0);
  const steps = stepsOf(scores);
  return ranked.slice(offset, offset + limit).map(({ score }, i) => ({
    rank: offset + i + 1,
    share: total > 0 ? score / total : 0,
    step: steps[offset + i]!,
  }));
}

function readPapers(db: Db, pks: readonly number[], cut: Cut | null): Promise<Map<number, Paper>> {
  const until = cut?.recordedUntil ?? null;
  return until === null ? findPapersByPk(db, pks) : findPapersAsOf(db, pks, until);
}

/** Carried papers were estimated for their own day. */
function estimatesOf({ from, to }: DayRange, cut: Cut | null) {
  return { range: { from: addDays(from, -mostCarryDays), to }, until: cut?.recordedUntil ?? null };
}

function pksOf(entries: readonly { standing: Standing }[]): number[] {
  return entries.map(({ standing }) => standing.paperPk);
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
