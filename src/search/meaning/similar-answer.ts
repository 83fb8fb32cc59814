// Papers like a paper of the index or a pasted text, as the face gives them.
import { planQuery } from "../plan.ts";
import { parseQuery } from "../query.ts";
import { rankPapers } from "../ranking.ts";
import type { PaperText, SearchHit, SimilarAnswer, SimilarRequest } from "../search.ts";
import type { Segment } from "../segment.ts";
import { startWork, type Work } from "../work.ts";
import type { Meaning } from "./hybrid.ts";
import { openStemSegments } from "./plan-stem-segments.ts";
import { listSimilar } from "./similar-papers.ts";

/** Papers beyond are not given. */
export const mostSimilar = 500;

/**
 * Nearest first; the paper itself is left out. Without a text, the paper's own vector and the words of its title are
 * compared. Without meaning, papers that share words with the title.
 */
export function answerSimilar(
  request: SimilarRequest,
  segments: readonly Segment[],
  meaning: Meaning | null,
): Omit<SimilarAnswer, "tookMs"> {
  const { key, limit } = request;
  const work = startWork();
  const offset = Math.max(0, Math.trunc(request.offset ?? 0));
  const end = Math.min(mostSimilar, offset + Math.max(0, Math.trunc(limit)));
  const paper = request.text ?? titleOf(key, segments);
  if (!paper) return { hits: [], work };
  const keys = meaning
    ? findByMeaning(meaning, segments, { paper, request, limit: end })
    : findByTitle(paper, segments, { key, limit: end, work });
  work.scored += keys.length;
  return { hits: keys.slice(offset).flatMap((found) => describe(found, segments)), work };
}

interface Wanted {
  paper: PaperText;
  request: SimilarRequest;
  limit: number;
}

type Found = { key: number; score: number };

function findByMeaning(
  meaning: Meaning,
  segments: readonly Segment[],
  { paper, request: { key, text }, limit }: Wanted,
): Found[] {
  const row = text || key === undefined ? null : meaning.shelf.rowOf(key);
  return listSimilar(meaning, {
    paper,
    ...(row ? { vector: Float32Array.from(row) } : {}),
    segments: openStemSegments(segments),
    limit,
    accepts: (other) => other !== key,
  });
}

function findByTitle(
  { title }: PaperText,
  segments: readonly Segment[],
  { key, limit, work }: { key: number | undefined; limit: number; work: Work },
): Found[] {
  const plan = planQuery(parseQuery(title.replaceAll(/["“”]/g, " ")), segments);
  return rankPapers(plan, limit + 1, work)
    .papers.filter((paper) => paper.key !== key)
    .slice(0, limit);
}

function titleOf(key: number | undefined, segments: readonly Segment[]): PaperText | null {
  if (key === undefined) return null;
  for (const segment of segments) {
    const doc = segment.findKey(key);
    if (doc >= 0) return { title: segment.readPaper(doc).title, abstract: "" };
  }
  return null;
}

function describe({ key, score }: Found, segments: readonly Segment[]): SearchHit[] {
  for (const segment of segments) {
    const doc = segment.findKey(key);
    if (doc < 0) continue;
    const { id, title } = segment.readPaper(doc);
    return [{ key, id, score, title, matched: [], why: [{ kind: "like", detail: "like the paper" }] }];
  }
  return [];
}
