// One query from text to results: parse, plan, rank by words, reorder the best by what stands together, describe the hits.
import { listStems } from "./analyzer.ts";
import { type Plan, planQuery } from "./plan.ts";
import { codeIn } from "./postings.ts";
import { openPairs, planPairs } from "./proximity.ts";
import { maxQueryLength, type ParsedQuery, parseQuery } from "./query.ts";
import { completeBonus, type Ranking, rankByWords, scorePaper } from "./ranking.ts";
import type { SearchAnswer, SearchHit, SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
import { hashStems } from "./title-hash.ts";
import { compareRanked, type RankedPaper } from "./top-papers.ts";
import { startWork, type Work } from "./work.ts";

/** So many of the best by words are looked at for words that stand together. */
export const reorderedPapers = 256;
/** Results beyond are not given. */
export const maxDepth = 10_000;

/** Answers a query over the segments; `tookMs` is left to the caller. */
export function answerQuery(
  request: SearchRequest,
  segments: readonly Segment[],
): Omit<SearchAnswer, "tookMs"> {
  const { query } = request;
  const work = startWork();
  if (query.length > maxQueryLength) return refuse(query, work);
  const parsed = parseQuery(query, request.prefix);
  const plan = planQuery(parsed, segments);
  const offset = Math.max(0, Math.trunc(request.offset ?? 0));
  const end = Math.min(maxDepth, offset + Math.max(0, Math.trunc(request.limit)));
  const ranking = rankByWords(plan, Math.max(reorderedPapers, end), work);
  const papers = reorder(ranking, parsed, plan);
  const hits = papers.slice(offset, end).map((paper) => describeHit(paper, plan));
  return { query, total: ranking.total, complete: ranking.complete, hits, work };
}

function refuse(query: string, work: Work): Omit<SearchAnswer, "tookMs"> {
  const refused = `The query is ${query.length.toLocaleString("en-US")} characters long; at most ${maxQueryLength.toLocaleString("en-US")} are searched. Shorten it.`;
  return { query: query.slice(0, 200), total: 0, complete: 0, hits: [], refused, work };
}

/** Gives the best papers by words what their word order earns, and the paper of that very title the first place. */
function reorder(ranking: Ranking, parsed: ParsedQuery, plan: Plan): RankedPaper[] {
  const titled = findTitled(parsed.stems, plan);
  const best = ranking.papers.slice(0, reorderedPapers);
  for (const paper of titled) if (!best.some((other) => isSame(other, paper))) best.push(paper);
  const pairs = planPairs(parsed.stems, plan.segments);
  const bonusOf = plan.segments.map((segment) => openPairs(pairs, segment));
  const titleBonus = completeBonus(plan) + plan.weight + pairs.most + 1;
  const reordered = best.map((paper) => ({
    ...paper,
    score:
      paper.score +
      bonusOf[paper.segment]!(paper.doc) +
      (titled.some((other) => isSame(other, paper)) ? titleBonus : 0),
  }));
  const rest = ranking.papers
    .slice(reorderedPapers)
    .filter((paper) => !titled.some((other) => isSame(other, paper)));
  return [...reordered.sort(compareRanked), ...rest];
}

function isSame(a: RankedPaper, b: RankedPaper): boolean {
  return a.segment === b.segment && a.doc === b.doc;
}

/** Papers whose title has exactly the stems of the query, scored by words. */
function findTitled(stems: readonly string[], plan: Plan): RankedPaper[] {
  if (stems.length === 0) return [];
  const hash = hashStems(stems);
  const wanted = stems.join(" ");
  return plan.segments.flatMap((segment, at) =>
    segment
      .findTitles(hash)
      .filter(
        (doc) => !segment.removed.has(doc) && listStems(segment.readPaper(doc).title).join(" ") === wanted,
      )
      .map((doc) => {
        const { score } = scorePaper(plan, at, doc);
        return { score: score + completeBonus(plan), segment: at, doc, key: segment.keyOf(doc) };
      }),
  );
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
