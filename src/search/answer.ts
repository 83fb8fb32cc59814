// One query from text to results: parse, plan, rank by words, reorder the best by what stands together, describe the hits.
import { type Plan, planQuery } from "./plan.ts";
import { codeIn } from "./postings.ts";
import { openPairs } from "./proximity.ts";
import { maxQueryLength, parseQuery } from "./query.ts";
import { type Ranking, rankByWords } from "./ranking.ts";
import type { SearchAnswer, SearchHit, SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
import { compareRanked, type RankedPaper } from "./top-papers.ts";
import { startWork, type Work } from "./work.ts";

/** So many of the best by words are looked at for words that stand together. */
export const reorderedPapers = 256;
/** Results beyond are not given. */
export const maxDepth = 10_000;

export type Answer = Omit<SearchAnswer, "tookMs">;

/** Answers a query over the segments. */
export function answerQuery(request: SearchRequest, segments: readonly Segment[]): Answer {
  const { query } = request;
  const work = startWork();
  if (query.length > maxQueryLength) return refuse(query, work);
  const plan = planQuery(parseQuery(query, request.prefix), segments);
  const offset = Math.max(0, Math.trunc(request.offset ?? 0));
  const end = Math.min(maxDepth, offset + Math.max(0, Math.trunc(request.limit)));
  const ranking = rankByWords(plan, Math.max(reorderedPapers, end), work);
  const papers = reorder(ranking, plan);
  const hits = papers.slice(offset, end).map((paper) => describeHit(paper, plan));
  return { query, total: ranking.total, complete: ranking.complete, hits, work };
}

function refuse(query: string, work: Work): Answer {
  const length = query.length.toLocaleString("en-US");
  const most = maxQueryLength.toLocaleString("en-US");
  const refused = `The query is ${length} characters long; at most ${most} are searched. Shorten it.`;
  return { query: query.slice(0, maxQueryLength), total: 0, complete: 0, hits: [], refused, work };
}

/** Gives the best papers by words what their word order earns. Those beyond keep their order, below. */
function reorder({ papers }: Ranking, plan: Plan): RankedPaper[] {
  const bonusOf = plan.segments.map((segment) => openPairs(plan.pairs, segment));
  const best = papers.slice(0, reorderedPapers).map((paper) => ({
    ...paper,
    score: paper.score + bonusOf[paper.segment]!(paper.doc),
  }));
  return [...best.sort(compareRanked), ...papers.slice(reorderedPapers)];
}

function describeHit(paper: RankedPaper, plan: Plan): SearchHit {
  const segment = plan.segments[paper.segment]!;
  const { id, title } = segment.readPaper(paper.doc);
  return { key: paper.key, id, score: paper.score, title, matched: matchedStems(paper, plan, segment) };
}

function matchedStems({ segment: at, doc }: RankedPaper, plan: Plan, segment: Segment): string[] {
  const matched = new Set<string>();
  for (const word of plan.words) {
    if (codeIn(word.postings[at]!, doc) === 0) continue;
    for (const stem of word.stems) {
      const term = segment.findTerm(stem);
      if (term >= 0 && codeIn(segment.readPostings(term), doc) !== 0) matched.add(stem);
    }
  }
  return [...matched];
}
