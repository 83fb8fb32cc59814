// The one ranking formula, version front-1: recorded signals in, score and terms out. Pure; docs/ranking.md explains it.
import type { ScoreTerm } from "./edition.ts";

/** Changes whenever a constant or a term changes, so that a page says by what it was made. */
export const formulaVersion = "front-1";

/**
 * Points of a vote. Inside a dated batch votes count raw, without decay by age: over 242 days every form of gravity was
 * equal or worse (mean Spearman with the votes a week later: raw .800, Reddit .783, Hacker News .766).
 */
export const VOTE_POINTS = 1;

/**
 * Points for having been put forward for the day by a person: as much as one vote, because it is one person's word.
 * It also gives papers without votes a share of the page.
 */
export const SUBMITTED_POINTS = 1;

/**
 * Points for having been announced by an archive: a routine, not a judgement. A tenth of a vote keeps a day's thousand
 * silent announcements from outweighing, in shares of the page, the hundreds of votes that people cast.
 */
export const ANNOUNCED_POINTS = 0.1;

/**
 * Comments are not a term and break no ties: adding two points a comment lost .013 of Spearman on those days, and as a
 * tie-break they gained nothing over chance (.777 against .777 on 202 days). Most first comments are by robots and authors.
 */
export interface FormulaInput {
  /** Put forward for the day by a person or a listing. */
  submitted: boolean;
  /** Announced by an archive in a followed category. */
  announced: boolean;
  /** Upvotes as of the cut-off, summed over sources; null when nobody counted. */
  votes: number | null;
}

export interface Score {
  score: number;
  /** Terms that add something, in the order of the formula. */
  terms: ScoreTerm[];
}

/** score = presence + votes. Never negative; broken counts (negative, not finite) count as none. */
export function scoreOf(input: FormulaInput): Score {
  const terms: ScoreTerm[] = [];
  if (input.submitted) terms.push({ name: "submitted", value: 1, points: SUBMITTED_POINTS });
  else if (input.announced) terms.push({ name: "announced", value: 1, points: ANNOUNCED_POINTS });
  const votes = countOf(input.votes);
  if (votes > 0) terms.push({ name: "votes", value: votes, points: votes * VOTE_POINTS });
  return { score: terms.reduce((sum, term) => sum + term.points, 0), terms };
}

function countOf(value: number | null): number {
  return value !== null && Number.isFinite(value) && value > 0 ? value : 0;
}

/** Order of a page: higher score first; equals by a hash of the id, which favours nobody and is always the same. */
export function compareRanked(a: { score: number; id: string }, b: { score: number; id: string }): number {
  return b.score - a.score || hashOfId(a.id) - hashOfId(b.id) || (a.id < b.id ? -1 : 1);
}

/** FNV-1a (32 bit) with a final mix, so that neighbouring ids do not stay neighbours. Also the tie-break of backtests. */
export function hashOfId(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
