// The modes `auto` and `meaning`: ranks a planned query with the help of the vectors.
import type { AcceptedKeys } from "../accepted-keys.ts";
import type { Plan } from "../plan.ts";
import { type Ranking, rankPapers } from "../ranking.ts";
import { findPlace } from "../segment.ts";
import { maxDepth, type RankedPaper } from "../top-papers.ts";
import type { Work } from "../work.ts";
import {
  type HybridPaper,
  type HybridPart,
  type Meaning,
  minCandidates,
  rankHybrid,
  vectorOfQuery,
} from "./hybrid.ts";
import { openWordSide } from "./plan-word-side.ts";
import { prepareQuery } from "./vectors.ts";
import { rememberSigns, type WordSide } from "./word-side.ts";

export interface MeaningQuery {
  plan: Plan;
  /** What is asked for, without fields and signs. */
  text: string;
  /** How many results are wanted. */
  depth: number;
  work: Work;
  /** The papers that meet the query's conditions; undefined: there are none. */
  accepted?: AcceptedKeys | undefined;
  without?: ReadonlySet<string>;
  /** Papers say how their scores are made. */
  explain?: boolean;
}

export interface MeaningRanking {
  /** Best first, at most `depth`. */
  papers: RankedPaper[];
  /**
   * Where words rank too: of the first tier, the same for every depth, the papers that hold none of them; those that deeper
   * pages add are not counted. Else all that answer.
   */
  near: RankedPaper[];
  /** Whether these are all there are: no deeper page finds more. */
  nearAll: boolean;
  byWords: Ranking | null;
  /** So many were judged, the others are ranked by words alone; null: all. */
  judged: number | null;
}

/** Candidates from each side, tier after tier, until there are enough for a depth; no more than are ever shown. */
export function listTiers(depth: number): number[] {
  const tiers = [minCandidates];
  while (tiers.at(-1)! < Math.min(depth, maxDepth)) tiers.push(Math.min(maxDepth, tiers.at(-1)! * 5));
  return tiers;
}

/**
 * Words and meaning together; null when the model knows no word of the query. A deeper page judges more candidates, and they
 * stand behind all that were ranked from fewer: whatever the depth, what stands before a place is the same.
 */
export function rankByBoth(meaning: Meaning, query: MeaningQuery): MeaningRanking | null {
  const papers: (RankedPaper & Partial<HybridPaper>)[] = [];
  const known = new Set<number>();
  const tiers = listTiers(query.depth);
  const { byWords, best, words, mayJudge } = openTiers(query, tiers.at(-1)!);
  let judged: number | null = null;
  for (const [tier, candidates] of tiers.entries()) {
    const isJudged = mayJudge(candidates);
    if (!isJudged) judged ??= papers.length;
    const scored = isJudged ? rankCandidates(meaning, query, { words, candidates }) : best(candidates);
    if (!scored) return null;
    const added = scored.filter(({ key }) => !known.has(key)).slice(0, candidates - papers.length);
    for (const paper of added) {
      known.add(paper.key);
      papers.push(tier === 0 ? paper : { ...paper, tier });
    }
  }
  const near = papers.filter(({ wordless, tier }) => wordless && tier === undefined);
  return {
    papers: papers.slice(0, query.depth),
    near,
    nearAll: papers.length < minCandidates,
    byWords,
    judged,
  };
}

interface Tiers {
  /** By the depth of the last. */
  byWords: Ranking;
  best(limit: number): RankedPaper[];
  words: WordSide;
  /** What a deep page may cost: all words are looked up in every candidate. */
  mayJudge(candidates: number): boolean;
}

/**
 * The words of a query for all its tiers: the best of the deepest are those of the others too, unless its work was bounded. Where
 * that of the first is, the others do without words that stand together, and are not judged: reading for each tier would add up.
 */
function openTiers({ plan, work }: MeaningQuery, deepest: number): Tiers {
  const first = rankPapers(plan, minCandidates, work);
  const byWords = deepest === minCandidates ? first : rankPapers(plan, deepest, work, !first.bounded);
  const best = (limit: number) => {
    if (limit === minCandidates) return first.papers;
    const isApart = byWords.bounded && !first.bounded && limit < deepest;
    return isApart ? rankPapers(plan, limit, work).papers : byWords.papers.slice(0, limit);
  };
  const mayJudge = (candidates: number) =>
    candidates === minCandidates ||
    (!first.bounded && candidates * plan.words.length <= plan.terms.budget.limits.judged);
  return { byWords, best, words: rememberSigns(openWordSide(plan, best)), mayJudge };
}

function rankCandidates(
  meaning: Meaning,
  query: MeaningQuery,
  { words, candidates }: { words: WordSide; candidates: number },
): HybridPaper[] | null {
  const { text, accepted } = query;
  return rankHybrid(meaning, {
    text,
    words,
    depth: candidates,
    without: query.without as ReadonlySet<HybridPart> | undefined,
    ...(accepted ? { accepted } : {}),
    ...(query.explain ? { explain: true } : {}),
  });
}

/** Papers given by meaning alone, at most. */
const mostNear = 1_000;

/** The nearest by meaning, whatever their words; null when the model knows no word of the query. */
export function rankNearest(meaning: Meaning, query: MeaningQuery): MeaningRanking | null {
  const { plan, text, depth, work, accepted } = query;
  const compared = vectorOfQuery(meaning, text);
  if (!compared) return null;
  const near = compared.shelf.nearest(prepareQuery(compared.vector), Math.max(mostNear, depth), accepted);
  work.scored += near.length;
  // Those that are not in the index are left out.
  const papers = near.flatMap(({ key, cosine }) => {
    const place = findPlace(plan.segments, key);
    return place ? [{ ...place, score: cosine, meaning: 1 }] : [];
  });
  return { papers: papers.slice(0, depth), near: papers, nearAll: false, byWords: null, judged: null };
}
