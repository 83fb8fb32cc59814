// Learns the weights of the estimate from recorded days: ridge regression of the votes a week later on what was known before.
import { addDays, type Day } from "../../lib/clock.ts";
import type { EstimateModel } from "./estimate-model.ts";
import { type Feature, type FeatureKind, featuresOf } from "./features.ts";
import { type RidgeRow, solveRidge } from "./ridge.ts";
import {
  estimateInputOf,
  groupByDay,
  type LaterById,
  PastReplay,
  type VotedPaper,
  votesWhenJudged,
} from "./voted-papers.ts";

/** Found on 2026-01 to 2026-03; neighbours were within chance (docs/ranking.md). */
export const trainingSettings = {
  penalty: 150,
  /** A row counts half as much when it is so many days older. */
  halfLifeDays: 270,
  /** Words seen in fewer papers teach nothing. */
  least: { fact: 1, past: 1, title: 5, pair: 8, abstract: 12 } satisfies Record<FeatureKind, number>,
  /** How freely a kind may speak: the penalty on its weights is divided by the square. */
  freedom: { fact: 3, past: 3, title: 1, pair: 1, abstract: 2 } satisfies Record<FeatureKind, number>,
  /** Names with fewer papers are left out of the file. */
  leastPastPapers: 2,
};

/** Growth of votes within a week of the list: for rows that nobody looked at later. */
const usualGrowth = 2;

interface Row {
  day: Day;
  features: Feature[];
  target: number;
}

/** Throws nothing; with no row at all the model has no weights and every estimate is 0. */
export function trainEstimate(papers: readonly VotedPaper[], later: LaterById, until: Day): EstimateModel {
  const learned = papers.filter(({ day }) => day <= until);
  const replay = new PastReplay(learned, later);
  const rows = groupByDay(learned).flatMap(([day, ofDay]) => {
    replay.advanceTo(day);
    const targets = targetsOf(ofDay, later);
    return ofDay.map((paper, i): Row => {
      const features = featuresOf(estimateInputOf(paper, ofDay), replay.past);
      return { day, features, target: targets[i]! };
    });
  });
  replay.advanceTo(addDays(until, 1));
  return {
    trainedUntil: until,
    rows: rows.length,
    weights: fitWeights(rows, until),
    past: new Map(replay.past.list(trainingSettings.leastPastPapers).map(roundPast)),
  };
}

/** Square roots of votes, so that neither the one famous paper nor the many quiet ones decide, without the day's mean. */
function targetsOf(ofDay: readonly VotedPaper[], later: LaterById): number[] {
  const roots = ofDay.map((paper) => Math.sqrt(votesWhenJudged(paper, later) ?? paper.votes * usualGrowth));
  const mean = roots.reduce((sum, root) => sum + root, 0) / roots.length;
  return roots.map((root) => root - mean);
}

function fitWeights(rows: readonly Row[], until: Day): Map<string, number> {
  const columns = columnsOf(rows);
  const spread =
    Math.sqrt(rows.reduce((sum, { target }) => sum + target ** 2, 0) / Math.max(1, rows.length)) || 1;
  const design = rows.map((row) => designRow(row, { columns, spread, until }));
  const solution = solveRidge(design, { columns: columns.size, penalty: trainingSettings.penalty });
  return new Map(
    [...columns].map(([key, { at, freedom }]) => [key, Number((solution[at]! * freedom).toPrecision(4))]),
  );
}

interface Column {
  at: number;
  freedom: number;
}

function columnsOf(rows: readonly Row[]): Map<string, Column> {
  const counts = new Map<string, { kind: FeatureKind; rows: number }>();
  for (const { features } of rows) {
    for (const { kind, name } of features) {
      const key = `${kind} ${name}`;
      counts.set(key, { kind, rows: (counts.get(key)?.rows ?? 0) + 1 });
    }
  }
  const kept = [...counts].filter(([, { kind, rows: seen }]) => seen >= trainingSettings.least[kind]);
  const sorted = kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([key, { kind }], at) => [key, { at, freedom: trainingSettings.freedom[kind] }]));
}

function designRow(
  { day, features, target }: Row,
  { columns, spread, until }: { columns: Map<string, Column>; spread: number; until: Day },
): RidgeRow {
  const known = features.flatMap(({ kind, name, value }) => {
    const column = columns.get(`${kind} ${name}`);
    return column ? [{ at: column.at, value: value * column.freedom }] : [];
  });
  const ageDays = (Date.parse(until) - Date.parse(day)) / 86_400_000;
  return {
    columns: Int32Array.from(known, ({ at }) => at),
    values: Float64Array.from(known, ({ value }) => value),
    target: target / spread,
    weight: 0.5 ** (ageDays / trainingSettings.halfLifeDays),
  };
}

function roundPast<T extends { papers: number; beyond: number }>([key, past]: [string, T]): [string, T] {
  return [key, { ...past, beyond: Number(past.beyond.toFixed(3)) }];
}
