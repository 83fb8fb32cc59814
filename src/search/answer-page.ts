// The page of answers that was asked for: in order of relevance or of a column, from a number or from a cursor on.
import { type Answers, rankAnswers } from "./answers.ts";
import { type Cursor, formatCursor } from "./cursor.ts";
import { scoreByWords } from "./describe-hit.ts";
import type { Meaning } from "./meaning/hybrid.ts";
import type { Plan } from "./plan.ts";
import type { SearchRequest, SearchSort } from "./search.ts";
import { type ColumnSort, sortAnswers } from "./sort-answers.ts";
import type { Standings } from "./standings.ts";
import { maxDepth, type RankedPaper } from "./top-papers.ts";
import type { Work } from "./work.ts";

export interface PageInput {
  request: SearchRequest;
  plan: Plan;
  cursor: Cursor | null;
  /** What the cursor is bound to. */
  order: number;
  meaning: Meaning | null;
  standings: Standings;
  work: Work;
}

export interface AnswerPage {
  answers: Answers;
  papers: RankedPaper[];
  /** The sort that was used. */
  sort: SearchSort;
  next: string | null;
}

export function cutPage(input: PageInput): AnswerPage {
  const { request, plan } = input;
  const { sort = "relevance" } = request;
  const { text, like } = plan.query;
  // Where nothing is asked for by words, all answers are alike, an author's papers too: then the newest come first.
  const asksWords = text !== "" && (plan.words.length > 0 || request.mode === "meaning");
  const ranks = asksWords || like !== null;
  if (sort === "relevance" && ranks) return cutByRelevance(input);
  return cutBySort(input, sort === "relevance" ? "newest" : sort);
}

function readRange({ request, cursor }: PageInput): { start: number; limit: number } {
  const limit = Math.min(maxDepth, Math.max(0, Math.trunc(request.limit)));
  const start = cursor ? cursor.shown : Math.max(0, Math.trunc(request.offset ?? 0));
  return { start: Math.min(maxDepth, start), limit: Math.min(limit, Math.max(0, maxDepth - start)) };
}

function cutByRelevance(input: PageInput): AnswerPage {
  const { start, limit } = readRange(input);
  let depth = Math.min(maxDepth, start + limit + 1);
  for (;;) {
    const answers = rank(input, depth);
    const rest = cutBefore(answers.papers, input, start);
    // What came meanwhile may stand before the cursor: then there is more behind.
    if (rest.length > limit || answers.papers.length < depth || depth === maxDepth)
      return { answers, sort: "relevance", ...endPage(input, answers, { rest, start, limit }) };
    depth = Math.min(maxDepth, depth * 2);
  }
}

function rank({ request, plan, meaning, work }: PageInput, depth: number): Answers {
  // Meaning has nothing to say of unfinished words.
  const mode = request.prefix ? "words" : (request.mode ?? "auto");
  const explain = request.explain === true;
  return rankAnswers({ plan, depth, mode, without: new Set(request.without), work, explain }, meaning);
}

function cutBefore(papers: RankedPaper[], { cursor }: PageInput, start: number): RankedPaper[] {
  if (!cursor) return papers.slice(start);
  const { group, value, key } = cursor.position;
  return papers.filter(({ tier = 0, score, key: own }) =>
    tier === group ? score < value || (score === value && own > key) : tier > group,
  );
}

function endPage(
  { plan, order }: PageInput,
  { floor }: Answers,
  { rest, start, limit }: { rest: RankedPaper[]; start: number; limit: number },
): { papers: RankedPaper[]; next: string | null } {
  const papers = rest.slice(0, limit);
  const last = papers.at(-1);
  const shown = start + papers.length;
  if (!last || rest.length <= limit || shown >= maxDepth) return { papers, next: null };
  const position = { group: last.tier ?? 0, value: last.score, key: last.key };
  return { papers, next: formatCursor({ order, shown, position, pins: { ...plan.pins, floor } }) };
}

function cutBySort(input: PageInput, sort: ColumnSort): AnswerPage {
  const { request, plan, cursor, order, meaning, standings, work } = input;
  const { start, limit } = readRange(input);
  // All answers are sorted: those that only resemble what was asked for would stand among them by their day.
  const mode = request.mode === "meaning" && !request.prefix ? "meaning" : "words";
  const answers = rankAnswers({ plan, depth: 0, mode, without: new Set(request.without), work }, meaning);
  const depth = (cursor ? 0 : start) + limit + 1;
  const after = cursor?.position ?? null;
  const sorted = sortAnswers({ plan, answers, sort, depth, after, standings, work }).slice(
    cursor ? 0 : start,
  );
  const papers = sorted.slice(0, limit);
  const last = papers.at(-1);
  const shown = start + papers.length;
  const next =
    last && sorted.length > limit && shown < maxDepth
      ? formatCursor({
          order,
          shown,
          position: { group: last.group, value: last.score, key: last.key },
          pins: null,
        })
      : null;
  return {
    answers,
    sort,
    next,
    papers: papers.map((paper) => ({ ...paper, score: scoreByWords(paper, plan) })),
  };
}
