// One query from text to results: parse, plan, rank, describe the hits.
import type { Meaning } from "./meaning/hybrid.ts";
import { rankByBoth, rankNearest } from "./meaning/rank-by-meaning.ts";
import { type Plan, planQuery } from "./plan.ts";
import { codeIn } from "./postings.ts";
import { maxQueryLength, parseQuery } from "./query.ts";
import { type Ranking, rankPapers } from "./ranking.ts";
import type { MatchReason, SearchAnswer, SearchHit, SearchMode, SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
import type { RankedPaper } from "./top-papers.ts";
import { startWork, type Work } from "./work.ts";

/** Results beyond are not given. */
export const maxDepth = 10_000;

export type Answer = Omit<SearchAnswer, "tookMs">;

/** Answers a query over the segments. */
export function answerQuery(
  request: SearchRequest,
  segments: readonly Segment[],
  meaning: Meaning | null = null,
): Answer {
  const { query } = request;
  const work = startWork();
  if (query.length > maxQueryLength) return refuse(query, work);
  const plan = planQuery(parseQuery(query, request.prefix), segments);
  const offset = Math.max(0, Math.trunc(request.offset ?? 0));
  const end = Math.min(maxDepth, offset + Math.max(0, Math.trunc(request.limit)));
  const { papers, total, complete, mode } = rank(request, { plan, depth: end, work }, meaning);
  const hits = papers.slice(offset).map((paper) => describeHit(paper, plan));
  return { query, mode, total, complete, hits, work };
}

/** Ranks as asked; by words where nothing can be said by meaning, or the last word is still being typed. */
function rank(
  { query, prefix, mode = "auto", without }: SearchRequest,
  { plan, depth, work }: { plan: Plan; depth: number; work: Work },
  meaning: Meaning | null,
): Ranking & { mode: SearchMode } {
  const byWords = () => ({ ...rankPapers(plan, depth, work), mode: "words" as const });
  if (!meaning || mode === "words" || prefix) return byWords();
  const rankMode = mode === "meaning" ? rankNearest : rankByBoth;
  const ranking = rankMode(meaning, {
    plan,
    text: query,
    depth,
    work,
    ...(without ? { without: new Set(without) } : {}),
  });
  return ranking ? { ...ranking, mode } : byWords();
}

function refuse(query: string, work: Work): Answer {
  const length = query.length.toLocaleString("en-US");
  const most = maxQueryLength.toLocaleString("en-US");
  const refused = `The query is ${length} characters long; at most ${most} are searched. Shorten it.`;
  return { query: query.slice(0, maxQueryLength), total: 0, complete: 0, hits: [], refused, work };
}

function describeHit(paper: RankedPaper, plan: Plan): SearchHit {
  const { key, score, segment, doc, meaning } = paper;
  const { id, title } = plan.segments[segment]!.readPaper(doc);
  const hit = { key, id, score, title, matched: matchedStems(paper, plan) };
  return meaning === undefined ? hit : { ...hit, why: [nearReason(meaning)] };
}

function nearReason(share: number): MatchReason {
  return { kind: "meaning", detail: "near in meaning", share };
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
