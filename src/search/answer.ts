// One query from text to results: parse, plan, rank, describe the hits.
import { rankAnswers } from "./answers.ts";
import { describeHit } from "./describe-hit.ts";
import type { Meaning } from "./meaning/hybrid.ts";
import { planQuery } from "./plan.ts";
import { maxQueryLength, parseQuery } from "./query.ts";
import type { SearchAnswer, SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
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
  const parsed = parseQuery(query, request.prefix);
  const plan = planQuery(parsed, segments, { mine: request.mine, work });
  const offset = Math.max(0, Math.trunc(request.offset ?? 0));
  const end = Math.min(maxDepth, offset + Math.max(0, Math.trunc(request.limit)));
  const { mode = "auto", without = [] } = request;
  const typing = request.prefix === true;
  const input = { plan, depth: end, mode: typing ? "words" : mode, without: new Set(without), work } as const;
  const answers = rankAnswers(input, meaning);
  const hits = answers.papers.slice(offset, end).map((paper) => describeHit(paper, plan));
  return {
    query,
    mode: answers.mode,
    total: answers.total,
    bound: answers.bound,
    complete: answers.complete,
    hits,
    ...(parsed.problem ? { problem: parsed.problem } : {}),
    work,
  };
}

function refuse(query: string, work: Work): Answer {
  const length = query.length.toLocaleString("en-US");
  const most = maxQueryLength.toLocaleString("en-US");
  const refused = `The query is ${length} characters long; at most ${most} are searched. Shorten it.`;
  return { query: query.slice(0, maxQueryLength), total: 0, complete: 0, hits: [], refused, work };
}
