// The one ranking formula, version front-4: recorded signals in, score and terms out. Pure; docs/ranking.md explains it.
import type { ScoreTerm } from "./edition.ts";

/** Changes whenever a constant or a term changes, so that a page says by what it was made. */
export const formulaVersion = "front-4";

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
 * What is expected of a paper multiplies the points of its presence by e to this part of the estimate, so that it decides
 * while nobody has voted and gives way to votes as they come. On 2026-01 to 03 a half did best with a tenth of the votes
 * (of 0.5, 1, 1.5), and never worse than none with all of them.
 */
export const ESTIMATE_PART = 0.5;

/** No estimate counts for more than this, so that one strange abstract makes no headline (e^1.5 is four and a half votes). */
export const ESTIMATE_LIMIT = 3;

/**
 * Part of a page that one submitter's papers, or one organisation's, fill freely (and more when their best paper alone has
 * more); beyond it their points grow with the logarithm only. One submitter brought 18 % of all papers of a spring without
 * harm: a third is out of the ordinary.
 */
export const FREE_SHARE = 1 / 3;

/**
 * Points of a repository for the logarithm of the stars it gains a day, ln(1 + stars a day): twenty a day are worth three
 * votes, four hundred six. Sub-linear because stars are for sale by the thousand. Only where star histories are held.
 */
export const STARS_POINTS = 1;

/** A star count without an earlier one to compare with (spread over the days since publication) says a quarter as much. */
export const NO_HISTORY_PART = 0.25;

/**
 * Only where papers of different days are ranked against each other (trending) does age count: all points lose half their
 * worth in so many days. A week, because by then nearly all votes have come (estimates are of the votes a week later), and
 * because it sets a paper beside those of the same weekday. Halving at a steady pace keeps two papers in one order as time
 * passes, and needs no clock where only the order matters.
 */
export const HALF_LIFE_DAYS = 7;

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
  /** What is expected of it, in standard deviations of a day's papers; null without an estimate. */
  estimate: number | null;
  /** What a vote weighs in the paper's field, and on its weekday; absent while that is off (baselines.ts). */
  fieldFactor?: number;
  weekdayFactor?: number;
  /** Absent where star velocity is off, or no stars are known. */
  starVelocity?: StarVelocity | null;
  /** Days since the paper's own; absent on dated pages, where age does not count. */
  ageDays?: number;
}

export interface StarVelocity {
  perDay: number;
  /** False: one count only, spread over the days since publication. */
  hasHistory: boolean;
}

/** Whose shares of a page are limited. */
export interface ShareHolders {
  submitter: string | null;
  organisation: string | null;
}

export interface Score {
  score: number;
  /** Terms that add or take something, in the order of the formula. */
  terms: ScoreTerm[];
}

/** The scores of a page, in the order given: each paper's own points, then the limits on shares. */
export function scorePage(papers: readonly (FormulaInput & ShareHolders)[]): Score[] {
  return limitHolders(papers.map(scoreOf), papers);
}

function limitHolders(scores: readonly Score[], papers: readonly ShareHolders[]): Score[] {
  return limitShares(limitShares(scores, papers, "submitter"), papers, "organisation");
}

/**
 * score = presence x e^(estimate / 2) + votes x field x weekday + ln(1 + stars a day), across days x 2^(-age / 7). Never
 * negative; broken counts (negative, not finite) count as none.
 */
export function scoreOf(input: FormulaInput): Score {
  const terms: ScoreTerm[] = [];
  const presence = input.submitted ? SUBMITTED_POINTS : input.announced ? ANNOUNCED_POINTS : 0;
  if (presence > 0)
    terms.push({ name: input.submitted ? "submitted" : "announced", value: 1, points: presence });
  const estimate = limited(input.estimate);
  if (presence > 0 && estimate !== 0) {
    const points = presence * Math.expm1(ESTIMATE_PART * estimate);
    terms.push({ name: "estimate", value: estimate, points });
  }
  const votes = countOf(input.votes);
  if (votes > 0) terms.push({ name: "votes", value: votes, points: votes * VOTE_POINTS });
  terms.push(...weighings(votes * VOTE_POINTS, input), ...starsOf(input.starVelocity ?? null));
  return aged(totalOf(terms), countOf(input.ageDays ?? null));
}

/** What age takes from all that a paper has. */
function aged({ score, terms }: Score, days: number): Score {
  if (days === 0 || score === 0) return { score, terms };
  return totalOf([
    ...terms,
    { name: "age", value: days, points: score * (2 ** (-days / HALF_LIFE_DAYS) - 1) },
  ]);
}

/** What the weights of field and weekday add to, or take from, the votes. */
function weighings(points: number, { fieldFactor = 1, weekdayFactor = 1 }: FormulaInput): ScoreTerm[] {
  const terms = [
    { name: "field", value: fieldFactor, points: points * (fieldFactor - 1) },
    { name: "weekday", value: weekdayFactor, points: points * fieldFactor * (weekdayFactor - 1) },
  ];
  return terms.filter((term) => term.points !== 0);
}

function starsOf(velocity: StarVelocity | null): ScoreTerm[] {
  const perDay = countOf(velocity?.perDay ?? null);
  if (!velocity || perDay === 0) return [];
  const part = velocity.hasHistory ? 1 : NO_HISTORY_PART;
  return [{ name: "stars", value: perDay, points: STARS_POINTS * part * Math.log1p(perDay) }];
}

/** Where one holder's papers have more than they may freely, all of them lose the same part of their points. */
function limitShares(
  scores: readonly Score[],
  papers: readonly ShareHolders[],
  holder: keyof ShareHolders,
): Score[] {
  const total = sumOf(scores.map(({ score }) => score));
  const holdings = new Map<string, Holding>();
  for (const [i, { score }] of scores.entries()) {
    const name = papers[i]![holder];
    const { held, best } = holdings.get(name ?? "") ?? { held: 0, best: 0 };
    if (name !== null) holdings.set(name, { held: held + score, best: Math.max(best, score) });
  }
  return scores.map((score, i) => {
    const { held, best } = holdings.get(papers[i]![holder] ?? "") ?? { held: 0, best: 0 };
    const free = Math.max(best, FREE_SHARE * total);
    if (held <= free) return score;
    const kept = (free * (1 + Math.log(held / free))) / held;
    const limit = { name: `share of ${holder}`, value: held / total, points: score.score * (kept - 1) };
    return totalOf([...score.terms, limit]);
  });
}

/** The points of one holder's papers on a page: all together, and of the best. */
interface Holding {
  held: number;
  best: number;
}

function totalOf(terms: ScoreTerm[]): Score {
  return { score: sumOf(terms.map(({ points }) => points)), terms };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function limited(estimate: number | null): number {
  if (estimate === null || Number.isNaN(estimate)) return 0;
  return Math.max(-ESTIMATE_LIMIT, Math.min(ESTIMATE_LIMIT, estimate));
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
