// One query from text to results: parse, plan, rank, describe the hits.
import { type Plan, planQuery } from "./plan.ts";
import { codeIn } from "./postings.ts";
import { maxQueryLength, parseQuery } from "./query.ts";
import { rankPapers } from "./ranking.ts";
import type { SearchAnswer, SearchHit, SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
import type { RankedPaper } from "./top-papers.ts";
import { startWork, type Work } from "./work.ts";

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
  const { papers, total, complete } = rankPapers(plan, end, work);
  const hits = papers.slice(offset).map((paper) => describeHit(paper, plan));
  return { query, total, complete, hits, work };
}

function refuse(query: string, work: Work): Answer {
  const length = query.length.toLocaleString("en-US");
  const most = maxQueryLength.toLocaleString("en-US");
  const refused = `The query is ${length} characters long; at most ${most} are searched. Shorten it.`;
  return { query: query.slice(0, maxQueryLength), total: 0, complete: 0, hits: [], refused, work };
}

function describeHit(paper: RankedPaper, plan: Plan): SearchHit {
  const { key, score, segment, doc } = paper;
  const { id, title } = plan.segments[segment]!.readPaper(doc);
  return { key, id, score, title, matched: matchedStems(paper, plan) };
}

/** Stems of the query that the paper holds. */
function matchedStems({ segment, doc }: RankedPaper, { words, terms }: Plan): string[] {
  const matched = new Set<string>();
  for (const { postings, stems } of words) {
    if (codeIn(postings[segment]!, doc) === 0) continue;
    if (stems.length === 1) matched.add(stems[0]!);
    else
      for (const stem of stems) {
        const own = terms.postings(stem, segment);
        if (own && codeIn(own, doc) !== 0) matched.add(stem);
      }
  }
  return [...matched];
}
