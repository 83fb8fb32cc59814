// Late interaction by token retrieval: every word of the query is answered by the best of the words near it that a paper
// holds (ColBERT's MaxSim, Khattab and Zaharia 2020, with static vectors; XTR, Lee et al. 2023, for taking the paper's words
// from a retrieval of tokens instead of from the paper). Scores given candidates only, by walking postings.
import type { NearStem } from "./near-stems.ts";

/** Where a stem stands, and what its occurrences are worth there (0 to 1, as BM25F saturates them). */
export interface StemPostings {
  /** Rising; null where `find` tells at once. */
  docs: Int32Array | null;
  /** Of common stems: which of its papers a doc is, -1 where it is none. */
  find?(doc: number): number;
  /** Of its i-th paper, which is `doc`. */
  impact(i: number, doc: number): number;
}

/** One segment of an index, as far as this file needs it. */
export interface PostingsSource {
  /** Null where the segment does not hold the stem. */
  postingsOf(stem: string): StemPostings | null;
}

/** A word of the query with its weight (idf times count). */
export interface LateWord {
  /** The stems that may answer it, with how near each is to it. */
  near: readonly NearStem[];
  weight: number;
  /** Beside the candidates: what the word itself is worth there, where that is known; `near` then holds the others. */
  own?: ArrayLike<number>;
}

/** Lists longer than so many times the candidates are searched, not walked. */
const walkLimit = 12;

/**
 * For each candidate the sum over the words of weight x max over near stems of cosine x impact. `candidates` are docs of
 * the segment, rising, each once; the result stands beside them.
 */
export function scoreLate(
  words: readonly LateWord[],
  { source, candidates }: { source: PostingsSource; candidates: Int32Array },
): Float32Array {
  const scores = new Float32Array(candidates.length);
  const best = new Float32Array(candidates.length);
  for (const { near, weight, own } of words) {
    if (own) best.set(own);
    else best.fill(0);
    for (const { stem, cosine } of near) {
      const postings = source.postingsOf(stem);
      if (postings) raise(best, candidates, { postings, cosine });
    }
    for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! + weight * best[i]!;
  }
  return scores;
}

function raise(
  best: Float32Array,
  candidates: Int32Array,
  { postings, cosine }: { postings: StemPostings; cosine: number },
): void {
  const { docs } = postings;
  if (docs === null) {
    raiseFound(best, candidates, { postings, cosine });
    return;
  }
  const walk = docs.length <= walkLimit * candidates.length;
  let at = 0;
  for (let i = 0; i < candidates.length && at < docs.length; i++) {
    const doc = candidates[i]!;
    if (walk) while (at < docs.length && docs[at]! < doc) at++;
    else at = firstNotBelow(docs, doc, at);
    if (docs[at] === doc) best[i] = Math.max(best[i]!, cosine * postings.impact(at, doc));
  }
}

function raiseFound(
  best: Float32Array,
  candidates: Int32Array,
  { postings, cosine }: { postings: StemPostings; cosine: number },
): void {
  for (let i = 0; i < candidates.length; i++) {
    const doc = candidates[i]!;
    const at = postings.find?.(doc) ?? -1;
    if (at >= 0) best[i] = Math.max(best[i]!, cosine * postings.impact(at, doc));
  }
}

/** First place from `from` whose doc is not below `doc`; gallops, then halves. */
function firstNotBelow(docs: Int32Array, doc: number, from: number): number {
  let low = from;
  let step = 1;
  while (low + step < docs.length && docs[low + step]! < doc) {
    low += step;
    step *= 2;
  }
  let high = Math.min(docs.length, low + step);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}
