// How well a ranking foretells which papers of a day people will have voted for a week later: ours and others', on the
// same days, with all votes, with a tenth of them, and with none.
import { bootstrapMean, type Interval, meanOf } from "../../lib/bootstrap.ts";
import type { Day } from "../../lib/clock.ts";
import { openRandom, type Random } from "../../lib/random.ts";
import { type EstimateModel, estimateOf } from "../estimate/estimate-model.ts";
import { featuresOf } from "../estimate/features.ts";
import { PastVotes } from "../estimate/past-votes.ts";
import {
  estimateInputOf,
  groupByDay,
  type LaterById,
  PastReplay,
  type VotedPaper,
  votesWhenJudged,
} from "../estimate/voted-papers.ts";
import { compareRanked, formulaVersion, scorePage } from "../formula.ts";
import { gainAt, type Judged, overlapAt, spearman } from "./rank-measures.ts";
import { rivals } from "./rival-formulas.ts";

export const regimes = ["cold start", "early", "as seen"] as const;
export type Regime = (typeof regimes)[number];

export interface Measures {
  spearman: number;
  ndcg10: number;
  top3: number;
}

export interface BacktestReport {
  formula: string;
  trainedUntil: Day;
  days: Day[];
  papers: number;
  regimes: Record<Regime, Record<string, ScoreReport>>;
  caveats: string[];
}

/** Means over days; and ours less this score, with the middle 95 % of bootstrapped means over days. */
export interface ScoreReport extends Measures {
  oursMinusThis: Record<keyof Measures, Interval> | null;
}

export interface BacktestInput {
  papers: readonly VotedPaper[];
  later: LaterById;
  model: EstimateModel;
  /** Days judged, both included. */
  from: Day;
  until: Day;
}

/** Days with fewer judged papers say too little. */
const leastPapers = 8;
/** With a tenth of the votes, so many random tenths. */
const earlyPart = 0.1;
const earlyDraws = 20;
const seed = 20_260_401;
export const oursName = "ours";

const caveats = [
  "The hub shows papers in the order of votes, so that later votes partly follow earlier ones: the target is partly self-fulfilling.",
  "Only papers that somebody put forward are on the list, observed once a day at about 08:30 UTC, on one site.",
  "Votes of earlier days, as known at the beginning of a day, are part of the estimate in all regimes; those of the day itself are hidden or thinned.",
  "Where the time of submission is not recorded, the beginning of the day stands for it.",
];

interface JudgedDay {
  day: Day;
  papers: readonly VotedPaper[];
  estimates: readonly number[];
  /** Votes a week later; null where nobody looked. */
  gains: readonly (number | null)[];
}

/** Measures every score on every judged day. Pure; the same input gives the same report. */
export function backtest(input: BacktestInput): BacktestReport {
  const days = listJudgedDays(input);
  return {
    formula: formulaVersion,
    trainedUntil: input.model.trainedUntil,
    days: days.map(({ day }) => day),
    papers: days.reduce((sum, { gains }) => sum + gains.filter((gain) => gain !== null).length, 0),
    regimes: {
      "cold start": compareScores(days, (day) => [hidden(day)]),
      early: compareScores(days, (day) => thinned(day)),
      "as seen": compareScores(days, ({ papers }) => [papers]),
    },
    caveats: [...caveats, `${days.length} days.`],
  };
}

function listJudgedDays({ papers, later, model, from, until }: BacktestInput): JudgedDay[] {
  const replay = new PastReplay(papers, later, {
    past: new PastVotes(model.past),
    until: model.trainedUntil,
  });
  return groupByDay(papers)
    .filter(([day]) => day >= from && day <= until)
    .map(([day, ofDay]): JudgedDay => {
      replay.advanceTo(day);
      return {
        day,
        papers: ofDay,
        estimates: ofDay.map(
          (paper) => estimateOf(model, featuresOf(estimateInputOf(paper, ofDay), replay.past)).value,
        ),
        gains: ofDay.map((paper) => votesWhenJudged(paper, later)),
      };
    })
    .filter(({ gains }) => gains.filter((gain) => gain !== null).length >= leastPapers);
}

function hidden({ papers }: JudgedDay): VotedPaper[] {
  return papers.map((paper) => ({ ...paper, votes: 0, comments: 0 }));
}

/** Each vote is kept with a chance of a tenth, each comment too. */
function thinned({ day, papers }: JudgedDay): VotedPaper[][] {
  const name = Number(day.replaceAll("-", ""));
  return Array.from({ length: earlyDraws }, (_, draw) => {
    const random = openRandom(seed, name, draw);
    return papers.map((paper) => ({
      ...paper,
      votes: countKept(paper.votes, random),
      comments: countKept(paper.comments, random),
    }));
  });
}

function countKept(count: number, random: Random): number {
  let kept = 0;
  for (let i = 0; i < count; i++) if (random.unit() < earlyPart) kept++;
  return kept;
}

type Views = (day: JudgedDay) => readonly (readonly VotedPaper[])[];

function compareScores(days: readonly JudgedDay[], views: Views): Record<string, ScoreReport> {
  const names = [oursName, ...Object.keys(rivals)];
  const seen = days.map((day) => ({ day, views: views(day) }));
  const measured = new Map(
    names.map((name) => [name, seen.map(({ day, views }) => measureDay(day, views, name))]),
  );
  const ours = measured.get(oursName)!;
  return Object.fromEntries(
    names.map((name) => [name, reportScore(measured.get(name)!, name === oursName ? null : ours)]),
  );
}

/** The mean over the views of one day. */
function measureDay(day: JudgedDay, views: readonly (readonly VotedPaper[])[], name: string): Measures {
  const measures = views.map((view) => measureOrder(judge(day, scoresBy(name, day, view))));
  return overMeasures((key) => meanOf(measures.map((each) => each[key])));
}

function scoresBy(name: string, day: JudgedDay, view: readonly VotedPaper[]): number[] {
  const rival = rivals[name];
  if (!rival) {
    const inputs = view.map((paper, i) => ({
      ...paper,
      submitted: true,
      announced: false,
      estimate: day.estimates[i]!,
      // The hub's rows carry no archive categories and one count of stars each, and stand on pages of one day: the weights
      // of field and weekday and the star velocity are off.
    }));
    return scorePage(inputs).map(({ score }) => score);
  }
  return view.map((paper) =>
    rival({
      ...paper,
      submittedMs: Date.parse(paper.submittedAt ?? day.day),
      nowMs: Date.parse(`${day.day}T08:30:00Z`),
    }),
  );
}

function judge(day: JudgedDay, scores: readonly number[]): Judged[] {
  return day.papers.flatMap(({ id }, i) => {
    const gain = day.gains[i]!;
    return gain === null ? [] : [{ id, score: scores[i]!, gain }];
  });
}

function measureOrder(papers: readonly Judged[]): Measures {
  const ordered = papers.toSorted(compareRanked);
  return { spearman: spearman(papers), ndcg10: gainAt(ordered, 10), top3: overlapAt(ordered, 3) };
}

function reportScore(days: readonly Measures[], ours: readonly Measures[] | null): ScoreReport {
  return {
    ...overMeasures((key) => meanOf(days.map((each) => each[key]))),
    oursMinusThis:
      ours &&
      overMeasures((key) => {
        const random = openRandom(seed);
        return bootstrapMean(
          ours.map((each, i) => each[key] - days[i]![key]),
          (bound) => random.below(bound),
        );
      }),
  };
}

function overMeasures<T>(make: (key: keyof Measures) => T): Record<keyof Measures, T> {
  return { spearman: make("spearman"), ndcg10: make("ndcg10"), top3: make("top3") };
}
