// Papers like a paper of the index or a pasted text, as the face gives them.
import { planQuery } from "../plan.ts";
import { parseQuery } from "../query.ts";
import { rankPapers } from "../ranking.ts";
import type { PaperText, SearchHit, SimilarAnswer, SimilarRequest } from "../search.ts";
import { findPlace, type Segment } from "../segment.ts";
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
  const found = findSimilar(meaning, segments, { paper, request, limit: end, work });
  return { hits: found.slice(offset).flatMap((one) => describe(one, segments)), work };
}

/** For `like:ID` in a query: papers like one of the index, best first, at most `mostSimilar`. */
export function listLike(
  key: number,
  segments: readonly Segment[],
  options: { meaning: Meaning | null; accepts?: (key: number) => boolean; work: Work },
): Found[] {
  const paper = titleOf(key, segments);
  const request = { key, limit: mostSimilar };
  return paper
    ? findSimilar(options.meaning, segments, { paper, request, limit: mostSimilar, ...options })
    : [];
}

function findSimilar(meaning: Meaning | null, segments: readonly Segment[], wanted: Wanted): Found[] {
  const found = meaning
    ? findByMeaning(meaning, segments, wanted)
    : findByTitle(wanted.paper, segments, wanted);
  wanted.work.scored += found.length;
  return found;
}

interface Wanted {
  paper: PaperText;
  request: SimilarRequest;
  limit: number;
  /** False: not to be found (filters). */
  accepts?: (key: number) => boolean;
  work: Work;
}

type Found = { key: number; score: number };

function findByMeaning(
  meaning: Meaning,
  segments: readonly Segment[],
  { paper, request: { key, text }, limit, accepts = () => true }: Wanted,
): Found[] {
  const row = text || key === undefined ? null : meaning.shelf.rowOf(key);
  return listSimilar(meaning, {
    paper,
    ...(row ? { vector: Float32Array.from(row) } : {}),
    segments: openStemSegments(segments),
    limit,
    accepts: (other) => other !== key && accepts(other),
  });
}

function findByTitle(
  { title }: PaperText,
  segments: readonly Segment[],
  { request: { key }, limit, accepts = () => true, work }: Wanted,
): Found[] {
  const plan = planQuery(parseQuery(title.replaceAll(/["“”]/g, " ")), segments);
  return rankPapers(plan, limit + 1, work)
    .papers.filter((paper) => paper.key !== key && accepts(paper.key))
    .slice(0, limit);
}

function titleOf(key: number | undefined, segments: readonly Segment[]): PaperText | null {
  if (key === undefined) return null;
  const place = findPlace(segments, key);
  return place && { title: segments[place.segment]!.readPaper(place.doc).title, abstract: "" };
}

function describe({ key, score }: Found, segments: readonly Segment[]): SearchHit[] {
  const place = findPlace(segments, key);
  if (!place) return [];
  const { id, title } = segments[place.segment]!.readPaper(place.doc);
  return [{ key, id, score, title, matched: [], why: [{ kind: "like", detail: "like the paper" }] }];
}
