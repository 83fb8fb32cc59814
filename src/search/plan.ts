// From a query to what is walked: its words in every segment, the pairs of them, and the papers that may answer at all.
import { type Bits, countBits } from "./bits.ts";
import { findKeyById } from "./match-columns.ts";
import { type MatchContext, matchCondition } from "./match-conditions.ts";
import { chooseRarest, type PlannedWord, planWord } from "./plan-words.ts";
import { type Pairs, planPairs } from "./proximity.ts";
import type { ParsedQuery } from "./query.ts";
import { countPrefixes } from "./query-conditions.ts";
import { QueryTerms } from "./query-terms.ts";
import type { RankPins } from "./rank-pins.ts";
import type { Segment } from "./segment.ts";
import { hashStems } from "./title-hash.ts";
import { startWork, type Work } from "./work.ts";
import { describeLeftOut, WorkBudget, type WorkLimits } from "./work-budget.ts";

/** Up to so many words, papers that hold them all stand before all others. */
const shortQuery = 6;
/** Part of the query's weight that holding all the words adds in a longer query. */
const completeShare = 0.15;

export interface Plan {
  query: ParsedQuery;
  segments: readonly Segment[];
  terms: QueryTerms;
  words: PlannedWord[];
  /** By segment: the papers that meet every condition and are not removed; null: no condition, all that are not removed. */
  accepted: readonly (Bits | null)[];
  /** By segment: all papers that answer, once they were asked for (find-answers.ts). */
  answers: (Bits | null)[];
  /** False: the query's work is bounded, and there may be answers that are in none of the sets. */
  exhaustive: boolean;
  /** What was left out because of that, in a sentence or two; null: nothing. */
  leftOut: string | null;
  /** False: how many papers answer is told as far as it is known anyway. */
  counts: boolean;
  /** The paper that the answers are to be like: null when none was named or there is none of that id. */
  like: { key: number; id: string } | null;
  pairs: Pairs;
  /** What the words and pairs were weighed by. */
  pins: RankPins;
  /** Papers that hold all the words stand before all others. */
  completeFirst: boolean;
  /** What a paper gains that holds all the words, and more when its title is the query. */
  bonuses: { complete: number; title: number };
  /** The query's stems as a title would have them. */
  title: { text: string; hash: number };
}

export interface PlanOptions {
  /** Keys of the reader's library. */
  mine?: ReadonlySet<number>;
  work?: Work;
  /** Default true. */
  counts?: boolean;
  /** Of the first page. */
  pins?: RankPins;
  /** What the query may cost. */
  limits?: Readonly<WorkLimits> | undefined;
}

export function planQuery(
  query: ParsedQuery,
  segments: readonly Segment[],
  { mine = new Set(), work = startWork(), counts = true, pins, limits }: PlanOptions = {},
): Plan {
  const budget = new WorkBudget(limits);
  const terms = new QueryTerms(segments, { prefixes: countUnfinished(query), budget });
  const { documents = terms.documents } = pins ?? {};
  const context = { terms, mine, work };
  const accepted = acceptPapers(query, context);
  // Where no paper meets the conditions, the words' postings are not worth decoding.
  const isEmpty = accepted.every((bits) => bits !== null && countBits(bits) === 0);
  const words = (isEmpty ? [] : chooseRarest(query.words, terms)).map((word, i) =>
    planWord(word, terms, pins && { papers: pins.words[i], documents }),
  );
  const pairs = planPairs(query.stems, words, terms, pins);
  const weight = words.reduce((sum, word) => sum + word.weight, 0);
  const completeFirst = words.length <= shortQuery;
  // No score by words reaches the sum of their weights.
  const most = weight + pairs.most;
  const titleStems = query.stems.filter((stem) => stem !== "");
  return {
    query,
    segments,
    terms,
    words,
    accepted,
    answers: segments.map(() => null),
    exhaustive: budget.isComplete,
    leftOut: describeLeftOut(budget.leftOut),
    counts,
    like: findLike(query, segments),
    pairs,
    pins: {
      documents,
      words: words.map(({ papers }, i) => pins?.words[i] ?? papers),
      pairs: [...pairs.papers],
      floor: pins?.floor ?? null,
    },
    completeFirst,
    bonuses: { complete: completeFirst ? most : completeShare * weight, title: most + 1 },
    title: { text: titleStems.join(" "), hash: hashStems(titleStems) },
  };
}

function countUnfinished({ words, condition }: ParsedQuery): number {
  const inWords = words.filter(({ prefix }) => prefix !== undefined).length;
  return inWords + (condition ? countPrefixes(condition) : 0);
}

function acceptPapers({ condition }: ParsedQuery, context: MatchContext): (Bits | null)[] {
  return context.terms.segments.map((_, at) => condition && matchCondition(condition, at, context));
}

function findLike({ like }: ParsedQuery, segments: readonly Segment[]): Plan["like"] {
  const key = like === null ? null : findKeyById(like, segments);
  return like === null || key === null ? null : { key, id: like };
}
