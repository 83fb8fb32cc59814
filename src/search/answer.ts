// One query from text to results: parse, plan, rank, cut the page, describe the hits.
import { cutPage } from "./answer-page.ts";
import { hashOrder, parseCursor } from "./cursor.ts";
import { describeHit, nameHit } from "./describe-hit.ts";
import { findDirect } from "./direct.ts";
import { explainHit } from "./explain-hit.ts";
import { countFacets } from "./facets.ts";
import type { Meaning } from "./meaning/hybrid.ts";
import { type Plan, planQuery } from "./plan.ts";
import { maxQueryLength, type ParsedQuery, parsePlain, parseQuery } from "./query.ts";
import { holdsTest } from "./query-conditions.ts";
import type { QueryProblem } from "./query-syntax.ts";
import type { SearchAnswer, SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
import { Standings } from "./standings.ts";
import { isTypedTitle } from "./typed-title.ts";
import { startWork, type Work } from "./work.ts";
import type { WorkLimits } from "./work-budget.ts";

export type Answer = Omit<SearchAnswer, "tookMs">;

export interface AnswerContext {
  /** Null: words alone rank. */
  meaning?: Meaning | null;
  standings?: Standings;
  /** What the query may cost. */
  limits?: Readonly<WorkLimits> | undefined;
  /** The query as the reader typed it, when another is answered: cursors belong to it. */
  typed?: string;
}

/** Answers a query over the segments. Throws AppError "bad-input" for a cursor of another search. */
export function answerQuery(
  request: SearchRequest,
  segments: readonly Segment[],
  { meaning = null, standings = new Standings(), limits, typed = request.query }: AnswerContext = {},
): Answer {
  const { query } = request;
  const work = startWork();
  if (query.length > maxQueryLength) return refuse(query, work);
  const order = hashOrder(orderParts(request, typed));
  const cursor = request.cursor === undefined ? null : parseCursor(request.cursor, order);
  const parsed = readQuery(request, segments);
  const plan = planQuery(parsed, segments, {
    work,
    counts: request.idsOnly !== true || request.facets === true,
    ...(request.mine ? { mine: request.mine } : {}),
    limits,
    ...(cursor?.pins ? { pins: cursor.pins } : {}),
  });
  const page = cutPage({ request, plan, cursor, order, meaning, standings, work });
  const { mode, total, bound, complete } = page.answers;
  const direct = findDirect(query);
  const problem = parsed.problem ?? findProblem(request, parsed, plan);
  const leftOut = [plan.leftOut, page.answers.leftOut].filter(Boolean).join(" ");
  return {
    query,
    mode,
    sort: page.sort,
    total,
    bound,
    complete,
    hits: page.papers.map((paper) => {
      const hit = request.idsOnly ? nameHit(paper, plan) : describeHit(paper, plan);
      if (request.explain) hit.explanation = explainHit(paper, { plan, sort: page.sort, standings });
      return hit;
    }),
    ...(request.facets ? { facets: countFacets(plan, page.answers, work) } : {}),
    ...(page.next === null ? {} : { next: page.next }),
    ...(direct ? { direct: { ...direct, ...(request.named ? { id: request.named } : {}) } } : {}),
    ...(problem ? { problem } : {}),
    ...(leftOut === "" ? {} : { leftOut }),
    work,
  };
}

/** Signs within a title that is typed as it stands mean nothing; phrases it holds anyway. */
function readQuery({ query, prefix, named }: SearchRequest, segments: readonly Segment[]): ParsedQuery {
  if (named !== undefined) return parseQuery(`id:${named}`);
  const parsed = parseQuery(query, prefix);
  const { condition, phrases } = parsed;
  const conditions = condition?.kind === "all" ? condition.parts.length : Number(condition !== null);
  const readsSigns = conditions > phrases.length || parsed.like !== null;
  return readsSigns && isTypedTitle(query, segments) ? parsePlain(query, prefix) : parsed;
}

/** What decides the order of the answers. */
function orderParts(
  { mode = "auto", sort = "relevance", prefix, without = [] }: SearchRequest,
  typed: string,
) {
  return [typed, mode, sort, String(prefix === true), ...without];
}

function refuse(query: string, work: Work): Answer {
  const length = query.length.toLocaleString("en-US");
  const most = maxQueryLength.toLocaleString("en-US");
  const refused = `The query is ${length} characters long; at most ${most} are searched. Shorten it.`;
  const nothing = {
    mode: "words",
    sort: "relevance",
    total: 0,
    bound: "exact",
    complete: 0,
    hits: [],
  } as const;
  return { ...nothing, query: query.slice(0, maxQueryLength), hits: [], refused, work };
}

/** What parsed but cannot be answered as it was meant. */
function findProblem(
  { query, mine }: SearchRequest,
  { condition, like }: ParsedQuery,
  plan: Plan,
): QueryProblem | null {
  if (like !== null && plan.like === null)
    return { message: `No paper here has the id "${like.slice(0, 40)}".`, at: query.search(/like:/i) };
  if (condition && !mine && holdsTest(condition, "library"))
    return { message: "in:library is for readers who are signed in.", at: query.search(/in:/i) };
  return null;
}
