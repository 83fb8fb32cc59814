// An answer with its query repaired where it found little: searched instead, or offered.
import type { Answer } from "./answer.ts";
import type { SearchRequest } from "./search.ts";
import type { Segment } from "./segment.ts";
import { type Correction, correctSpelling, writeAsFound } from "./spelling.ts";

/** Hits whose titles show how a word is written. */
const shown = 10;

/**
 * Answers, looks for a slip when no paper (or hardly one) holds all the words, and answers again when there is little doubt.
 * A query that is still being typed, or asked for as typed, is left alone.
 */
export function answerSpelled(
  request: SearchRequest,
  segments: readonly Segment[],
  answer: (request: SearchRequest) => Answer,
): Answer {
  const found = answer(request);
  if (request.asTyped || request.prefix || found.refused !== undefined || found.direct) return found;
  // What was left out may hold it as typed; and answering thrice would cost as much again.
  if (found.complete > 3 || found.leftOut !== undefined) return found;
  const work = { looked: 0, postings: 0 };
  const correction = correctSpelling(request.query, segments, found, work);
  found.work.postings += work.postings;
  if (!correction) return found;
  if (!correction.sure) return { ...found, didYouMean: offer(request, correction, answer) };
  const repaired = answer({ ...request, query: correction.query });
  repaired.work.postings += found.work.postings;
  if (repaired.total === 0) return found;
  const query = writeAsFound(request.query, correction, titlesOf(repaired));
  return { ...repaired, query: request.query, corrected: { query } };
}

function offer(
  request: SearchRequest,
  correction: Correction,
  answer: (request: SearchRequest) => Answer,
): string {
  const { hits } = answer({ query: correction.query, limit: shown, mode: "words" });
  return writeAsFound(
    request.query,
    correction,
    hits.map(({ title }) => title),
  );
}

function titlesOf({ hits }: Answer): string[] {
  return hits.slice(0, shown).map(({ title }) => title);
}
