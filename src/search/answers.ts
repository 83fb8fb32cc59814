// The papers that answer a query: the best of them in order, all of them as sets, how many they are.
import { openAcceptedKeys } from "./accepted-keys.ts";
import { addBit, type Bits, noBits } from "./bits.ts";
import { findAnswers } from "./find-answers.ts";
import type { Meaning } from "./meaning/hybrid.ts";
import {
  type MeaningQuery,
  type MeaningRanking,
  rankByBoth,
  rankNearest,
} from "./meaning/rank-by-meaning.ts";
import { listLike } from "./meaning/similar-answer.ts";
import { codeIn } from "./paper-list.ts";
import type { Plan } from "./plan.ts";
import type { RankPins } from "./rank-pins.ts";
import { type Ranking, rankPapers } from "./ranking.ts";
import type { SearchMode } from "./search.ts";
import { findPlace } from "./segment.ts";
import type { RankedPaper } from "./top-papers.ts";
import type { Work } from "./work.ts";
import { describeUnjudged } from "./work-budget.ts";

export interface Answers {
  /** The mode that was used. */
  mode: SearchMode;
  /** Best first, at most as many as were asked for. */
  papers: RankedPaper[];
  total: number;
  bound: "exact" | "at-least";
  /** Of these, papers that hold all words. */
  complete: number;
  /** See rank-pins.ts. */
  floor: RankPins["floor"];
  /** Beside what the plan left out, in a sentence; absent: nothing. */
  leftOut?: string;
  /** All of them in a segment; do not write to it. */
  setOf(segment: number): Bits;
}

export interface AnswersInput {
  plan: Plan;
  /** Papers wanted in order. */
  depth: number;
  mode: SearchMode;
  without: ReadonlySet<string>;
  work: Work;
  /** Papers ranked by both say how their scores are made. */
  explain?: boolean;
}

/** Ranks by words, by meaning, or both; by words when meaning has nothing to say. */
export function rankAnswers(input: AnswersInput, meaning: Meaning | null): Answers {
  const { mode, plan } = input;
  if (plan.like) return answersLike(input, plan.like.key, meaning);
  if (mode === "words" || meaning === null) return answersByWords(input);
  const rank = mode === "auto" ? rankByBoth : rankNearest;
  const ranking = rank(meaning, { ...input, text: plan.query.text, accepted: acceptedKeys(plan) });
  if (ranking === null) return answersByWords(input);
  const counted = ranking.byWords ? joinNear(input, ranking, ranking.byWords) : onlyNear(input, ranking.near);
  const leftOut = ranking.judged === null ? {} : { leftOut: describeUnjudged(ranking.judged) };
  return { mode, papers: ranking.papers, ...counted, floor: ranking.byWords?.floor ?? null, ...leftOut };
}

/** Papers like one of the index; where words stand beside it, those that hold one of them. */
function answersLike(input: AnswersInput, key: number, meaning: Meaning | null): Answers {
  const { plan, depth, mode, work } = input;
  const accepted = acceptedKeys(plan);
  const meets = (other: number) => !accepted || accepted.has(other);
  const accepts = (other: number) => {
    const place = findPlace(plan.segments, other);
    return place !== null && meets(other) && holdsAnyWord(plan, place);
  };
  const used = mode === "words" ? null : meaning;
  const found = listLike(key, plan.segments, { meaning: used, accepts, work });
  const papers = found.flatMap(({ key: other, score }) => {
    const place = findPlace(plan.segments, other);
    return place ? [{ ...place, score }] : [];
  });
  const counted = onlyNear(input, papers);
  return { ...counted, mode: used ? "meaning" : "words", papers: papers.slice(0, depth), floor: null };
}

function holdsAnyWord({ words }: Plan, { segment, doc }: { segment: number; doc: number }): boolean {
  return words.length === 0 || words.some(({ postings }) => codeIn(postings[segment]!, doc) !== 0);
}

function answersByWords(input: AnswersInput): Answers {
  const { plan } = input;
  const { exact, bounded: _, ...ranking } = rankWords(input);
  return { ...ranking, mode: "words", bound: boundOf(plan, exact), setOf: setsByWords(input) };
}

function setsByWords({ plan, work }: AnswersInput): Answers["setOf"] {
  const sets = plan.segments.map((): Bits | null => null);
  return (at) => {
    sets[at] ??= asksNothing(plan) ? noBits(plan.segments[at]!.size) : findAnswers(plan, at, work);
    return sets[at];
  };
}

/** Only signs: no paper answers. */
function asksNothing({ words, query }: Plan): boolean {
  return words.length === 0 && query.condition === null;
}

function rankWords({ plan, depth, work }: AnswersInput): Ranking {
  return asksNothing(plan)
    ? { papers: [], total: 0, complete: 0, exact: true, floor: null, bounded: false }
    : rankPapers(plan, depth, work);
}

function boundOf(plan: Plan, exact: boolean): Answers["bound"] {
  return plan.exhaustive && exact ? "exact" : "at-least";
}

/** Undefined where every paper of the index is accepted. */
function acceptedKeys(plan: Plan): MeaningQuery["accepted"] {
  if (!plan.query.condition) return undefined;
  return openAcceptedKeys(plan.segments, plan.accepted);
}

type Counted = Pick<Answers, "total" | "complete" | "bound" | "setOf">;

/** The papers that hold words, and the nearest in meaning that hold none: of these deeper pages find more. */
function joinNear(input: AnswersInput, { near, nearAll }: MeaningRanking, byWords: Ranking): Counted {
  const { plan } = input;
  // Where words are no condition, all that are accepted are counted already.
  const { needsWord } = plan.query;
  const added = needsWord ? near : [];
  const held = setsByWords(input);
  return {
    total: byWords.total + added.length,
    complete: byWords.complete,
    bound: boundOf(plan, byWords.exact && (nearAll || !needsWord)),
    setOf: (at) => withDocs(held(at), docsIn(added, at)),
  };
}

/** Every paper is at some distance: the nearest are the answers. */
function onlyNear({ plan }: AnswersInput, near: readonly RankedPaper[]): Counted {
  const sets = plan.segments.map(({ size }, at) => withDocs(noBits(size), docsIn(near, at)));
  return { total: near.length, complete: near.length, bound: "at-least", setOf: (at) => sets[at]! };
}

function docsIn(places: readonly RankedPaper[], segment: number): number[] {
  return places.filter((place) => place.segment === segment).map(({ doc }) => doc);
}

function withDocs(set: Bits, docs: readonly number[]): Bits {
  if (docs.length === 0) return set;
  const more = set.slice();
  for (const doc of docs) addBit(more, doc);
  return more;
}
