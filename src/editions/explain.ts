// Why a paper stands where it stands: every term of its score, how it is made, and what was on. Pure; `--explain` and the pages
// of explanation show the same.
import type { Instant } from "../lib/clock.ts";
import { baselineDays, type Switches } from "./baselines.ts";
import type { Edition, EditionCut, EditionItem, EditionKey, ScoreTerm } from "./edition.ts";
import { describePart, type EstimateSide, sumSides } from "./estimate-words.ts";
import {
  ANNOUNCED_POINTS,
  ESTIMATE_LIMIT,
  ESTIMATE_PART,
  FREE_SHARE,
  HALF_LIFE_DAYS,
  NO_HISTORY_PART,
  STARS_POINTS,
  SUBMITTED_POINTS,
  VOTE_POINTS,
} from "./formula.ts";

export interface Explanation {
  /** The paper's id. */
  paper: string;
  edition: EditionKey;
  rank: number;
  score: number;
  /** Part of the page's score, 0 to 1. */
  share: number;
  reason: string;
  formula: string;
  /** The latest instant that had a part in the page, and whether it is an estimate. */
  asOf: Instant;
  asOfApproximate: boolean;
  /** The instant the page was asked for, when it was. */
  cut: EditionCut | null;
  terms: ExplainedTerm[];
  estimate: ExplainedEstimate | null;
  /** Parts of the formula that wait for data: whether they were on, and from what. */
  switches: Switches;
}

export interface ExplainedTerm extends ScoreTerm {
  words: string;
  /** How points are made of the value. */
  weight: string;
  /** Part of the paper's score; terms that take something have a negative one. They add up to 1. */
  part: number;
}

export interface ExplainedEstimate {
  /** Standard deviations of a day's papers. */
  value: number;
  sides: { side: EstimateSide; value: number; parts: ExplainedPart[] }[];
}

export interface ExplainedPart {
  words: string;
  value: number;
  /** The words of the paper that said most. */
  said?: string[];
}

/** What an explanation needs of the page. */
type PageFacts = Pick<Edition, "key" | "formula" | "asOf" | "asOfApproximate" | "cut" | "switches">;

/** The item must be of the page. */
export function explainItem(page: PageFacts, item: EditionItem): Explanation {
  const { rank, score, share, reason } = item;
  const { formula, asOf, asOfApproximate, cut, switches } = page;
  return {
    paper: item.paper.id,
    edition: page.key,
    rank,
    score,
    share,
    reason,
    formula,
    asOf,
    asOfApproximate,
    cut,
    terms: explainTerms(item),
    estimate: explainEstimate(item),
    switches,
  };
}

/** The terms of a score in words. */
export function explainTerms({ terms, score }: Pick<EditionItem, "terms" | "score">): ExplainedTerm[] {
  return terms.map((term) => ({
    ...term,
    words: describeTermName(term.name),
    weight: Object.hasOwn(weights, term.name) ? weights[term.name]! : "",
    part: score > 0 ? term.points / score : 0,
  }));
}

/** What a term is, in words; its own name where it is unknown. */
export function describeTermName(name: string): string {
  return Object.hasOwn(words, name) ? words[name]! : name;
}

const words: Record<string, string> = {
  submitted: "put forward for the day",
  announced: "announced by an archive",
  estimate: "expected before anybody votes",
  votes: "votes",
  field: "a vote’s weight in the paper’s field",
  weekday: "a vote’s weight on the paper’s weekday",
  stars: "stars its repository gains a day",
  age: "days since its own day",
  "share of submitter": "part of the page of one submitter’s papers",
  "share of organisation": "part of the page of one organisation’s papers",
};

const third = `beyond ${(FREE_SHARE * 100).toFixed(0)} % of the page, or what the best one alone has, by the logarithm`;

const weights: Record<string, string> = {
  submitted: `${SUBMITTED_POINTS} point`,
  announced: `${ANNOUNCED_POINTS} of a point`,
  estimate: `presence × (e^(${ESTIMATE_PART} × estimate) − 1), the estimate at most ${ESTIMATE_LIMIT} either way`,
  votes: `${VOTE_POINTS} each`,
  field: `votes × (weight − 1), from the votes of ${baselineDays.from - baselineDays.to} days before`,
  weekday: `votes × (weight − 1), from the votes of ${baselineDays.from - baselineDays.to} days before`,
  stars: `${STARS_POINTS} × ln(1 + stars a day); ${NO_HISTORY_PART} of that without an earlier count`,
  age: `all of it halved every ${HALF_LIFE_DAYS} days; only where days are ranked together`,
  "share of submitter": third,
  "share of organisation": third,
};

function explainEstimate({ estimate }: EditionItem): ExplainedEstimate | null {
  if (!estimate) return null;
  const sides = sumSides(estimate).map(({ side, value, parts }) => ({
    side,
    value,
    parts: joinParts(
      parts.map((part) => ({
        words: describePart(part),
        value: part.value,
        ...(part.said ? { said: part.said.map(({ word }) => word) } : {}),
      })),
    ),
  }));
  return { value: estimate.value, sides };
}

/** Several features may say the same in words, as a number and its square do: they are one part of the explanation. */
function joinParts(parts: readonly ExplainedPart[]): ExplainedPart[] {
  const joined = new Map<string, ExplainedPart>();
  for (const part of parts) {
    const same = joined.get(part.words);
    if (!same) joined.set(part.words, { ...part });
    else {
      same.value += part.value;
      if (part.said) same.said = [...(same.said ?? []), ...part.said];
    }
  }
  return [...joined.values()];
}
