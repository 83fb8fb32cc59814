// Records what is expected of papers as they come, day by day, and when days are settled. Work that recurs; harmless twice.
import type { Db } from "../../database/dialect.ts";
import type { EstimatesTable } from "../../database/edition-schema.ts";
import { addDays, type Clock, type Day, dayOf, type Instant } from "../../lib/clock.ts";
import type { Paper } from "../../papers/paper.ts";
import { findPapersByPk } from "../../papers/papers-store.ts";
import { baselineDays } from "../baselines.ts";
import { closingOf } from "../carried.ts";
import { listLatestObservations, listSubmissions } from "../editions-store.ts";
import type { NamedModel } from "../shipped-ranking-model.ts";
import { type Standing, standingsOf } from "../standing.ts";
import { estimateOf } from "./estimate-model.ts";
import {
  findEstimatesMark,
  findLastRecorded,
  listUnsettledDays,
  listWithoutEstimate,
  type PaperDay,
  saveEstimatesMark,
  saveExpectations,
  saveSettledDays,
} from "./estimates-store.ts";
import { type EstimateInput, featuresOf } from "./features.ts";
import type { PastVotes } from "./past-votes.ts";
import { openPast, readBaseline, readVoteHistory } from "./vote-history.ts";

/** A listing may bring a title long before another source brings the abstract; so long it is waited for. */
const abstractWaitMs = 6 * 3_600_000;
/** Another process may have begun to write before us what it commits after. */
const overlapMs = 10 * 60_000;

export interface EstimateWork {
  db: Db;
  clock: Clock;
  model: NamedModel;
}

/**
 * Estimates every paper that has come to a day without one, and notes what was usual before the day. Days that the model
 * has learned from get none: it has seen their votes. Returns how many estimates were made.
 */
export async function makeEstimates(work: EstimateWork, signal?: AbortSignal): Promise<number> {
  const { db, clock, model } = work;
  const mark = await findEstimatesMark(db);
  const last = await findLastRecorded(db);
  if (mark !== null && (last === null || last <= mark)) return 0;
  const since = mark === null ? null : earlier(mark, overlapMs);
  const places = await listWithoutEstimate(db, { after: model.trainedUntil, since });
  const waitSince = earlier(clock().toISOString(), abstractWaitMs);
  const waits = ({ bare, recorded_at }: PaperDay) =>
    bare === 1 && recorded_at !== null && recorded_at > waitSince;
  const made = await estimateDays(
    work,
    places.filter((place) => !waits(place)),
    signal,
  );
  const waiting = places.filter(waits).map(({ recorded_at }) => recorded_at!);
  const done = waiting.length > 0 ? earlier(waiting.sort()[0]!, 1) : last;
  if (!signal?.aborted && done !== null && done !== mark) await saveEstimatesMark(db, done);
  return made;
}

async function estimateDays(
  work: EstimateWork,
  places: readonly PaperDay[],
  signal?: AbortSignal,
): Promise<number> {
  const days = [...Map.groupBy(places, ({ day }) => day)];
  if (days.length === 0) return 0;
  const { db, clock, model } = work;
  const first = [addDays(days[0]![0], -baselineDays.from), addDays(model.trainedUntil, 1)].sort()[0]!;
  const history = await readVoteHistory(db, { from: first, to: addDays(days.at(-1)![0], -1) });
  const replay = openPast(history, model);
  let made = 0;
  for (const [day, ofDay] of days) {
    if (signal?.aborted) break;
    replay.advanceTo(day);
    const madeAt = clock().toISOString();
    const estimates = await estimateDay(work, { day, places: ofDay, past: replay.past, madeAt });
    const baselines = [await readBaseline(db, history, day)];
    if (estimates.length > 0) await saveExpectations(db, { estimates, baselines }, madeAt);
    made += estimates.length;
  }
  return made;
}

interface DayToEstimate {
  day: Day;
  places: readonly PaperDay[];
  past: PastVotes;
  madeAt: Instant;
}

async function estimateDay(
  { db, model }: EstimateWork,
  { day, places, past, madeAt }: DayToEstimate,
): Promise<EstimatesTable[]> {
  const pks = places.map((place) => place.paper_pk);
  const papers = await findPapersByPk(db, pks);
  const standings = await findStandings(db, day, pks);
  const byPk = new Map(standings.map((standing) => [standing.paperPk, standing]));
  return pks.flatMap((paper_pk): EstimatesTable[] => {
    const paper = papers.get(paper_pk);
    if (paper?.pk !== paper_pk) return [];
    const input = inputOf({ paper, standing: byPk.get(paper_pk)!, day }, standings);
    const { value, parts } = estimateOf(model, featuresOf(input, past));
    return [{ paper_pk, day, model: model.name, value, parts: JSON.stringify(parts), made_at: madeAt }];
  });
}

/** What had been observed of the papers when the day was over: later stars would tell what became of it. */
async function findStandings(db: Db, day: Day, pks: readonly number[]): Promise<Standing[]> {
  const submissions = await listSubmissions(db, { from: day, to: day });
  const cut = { observedUntil: closingOf(day), recordedUntil: null };
  const observations = await listLatestObservations(db, pks, cut);
  const announcements = pks.map((paper_pk) => ({ paper_pk, day, category: "", late: 0, recorded_at: null }));
  return standingsOf({ submissions, announcements, observations });
}

function inputOf(
  { paper, standing, day }: { paper: Paper; standing: Standing; day: Day },
  ofDay: readonly Standing[],
): EstimateInput {
  const has = (kind: string) => paper.links.some((link) => link.kind === kind);
  const submitter = standing.submitters[0] ?? null;
  return {
    title: paper.titleText,
    abstract: paper.abstractText,
    authors: paper.authors.map(({ name }) => name),
    submitter,
    organisation: standing.organisation,
    code: standing.repository !== null || has("code"),
    project: has("project"),
    stars: standing.stars,
    publishedOn: paper.publishedOn,
    day,
    sameSubmitter:
      submitter === null ? 0 : ofDay.filter(({ submitters }) => submitters[0] === submitter).length,
  };
}

/**
 * Notes which days are over and have been quiet for `quietMs`: what was recorded of them by now is what a page of an
 * instant before anything of them was held is made from. Returns how many there were.
 */
export async function settleDays(
  { db, clock }: Pick<EstimateWork, "db" | "clock">,
  quietMs: number,
): Promise<number> {
  const now = clock().toISOString();
  const days = await listUnsettledDays(db, { before: dayOf(clock()), quietSince: earlier(now, quietMs) });
  await saveSettledDays(db, days, now);
  return days.length;
}

function earlier(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) - ms).toISOString();
}
