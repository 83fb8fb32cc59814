// Which papers are judged together: the best by words, the nearest by meaning, and those that are nearer to what the best of
// both are about than to the query as it was written (hybrid.ts).
import { agreementDepth } from "./fusion.ts";
import { kthLargest } from "./kth-largest.ts";
import type { NearPaper, VectorShelf } from "./vector-shelf.ts";
import type { PlacedPaper, WordSide, WordSigns } from "./word-side.ts";

export interface Sides {
  /** Each paper once. */
  papers: PlacedPaper[];
  /** Beside papers: their places on the shelf. */
  places: number[];
  /** By key, the best by words. */
  known: ReadonlyMap<number, number>;
  /** Of the nearest papers, in their order, which of the papers each is; -1 where the index holds it no longer. */
  nearAt: number[];
}

/** The best by words, then those of the nearest that are not among them. */
export function joinSides(
  words: WordSide,
  best: readonly PlacedPaper[],
  { near, shelf }: { near: readonly NearPaper[]; shelf: VectorShelf },
): Sides {
  const papers = [...best];
  const places = new Array<number>(best.length).fill(-1);
  const known = new Map(best.map(({ key }, i) => [key, i]));
  const nearAt = near.map(({ key, at }) => {
    const byWords = known.get(key);
    const paper = byWords === undefined ? words.find(key) : null;
    if (byWords === undefined && !paper) return -1;
    if (paper) papers.push(paper);
    const i = byWords ?? papers.length - 1;
    places[i] = at;
    return i;
  });
  for (let i = 0; i < best.length; i++) if (places[i]! < 0) places[i] = shelf.placeOf(best[i]!.key);
  return { papers, places, known, nearAt };
}

/** Of the nearest papers by meaning, the part that holds all words of the query. */
export function agreementOf(nearAt: readonly number[], signs: readonly WordSigns[]): number {
  const nearest = nearAt.slice(0, agreementDepth);
  return nearest.length === 0 ? 0 : nearest.filter((i) => signs[i]?.complete).length / nearest.length;
}

/** Papers looked at beyond the wanted nearest, at most: those that may be nearer when the query was moved. */
const mostBeyond = 1_000;

/** Of so many nearest papers the wanted are chosen again when the query was moved. */
export function reachOf(wanted: number): number {
  return wanted + Math.min(wanted, mostBeyond);
}

/** Keys of the papers with the best scores, best first, equal ones by key. */
export function listBest(papers: readonly PlacedPaper[], scores: Float64Array, count: number): number[] {
  const least = kthLargest(Float32Array.from(scores), count);
  const best: { key: number; score: number }[] = [];
  for (let i = 0; i < papers.length; i++)
    if (Math.fround(scores[i]!) >= least) best.push({ key: papers[i]!.key, score: scores[i]! });
  return best
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, count)
    .map(({ key }) => key);
}

/**
 * The papers that a moved query has among its `wanted` nearest: `cosines` with it stand beside `near`, whose first `wanted` are
 * candidates already and left out, as the best by words are. Where several are equally near, all of them.
 */
export function listNearer(
  known: Sides["known"],
  { near, cosines, wanted, words }: NearAgain,
): Pick<Sides, "papers" | "places"> {
  const least = kthLargest(cosines, wanted);
  const more: Pick<Sides, "papers" | "places"> = { papers: [], places: [] };
  for (let i = wanted; i < near.length; i++) {
    const { key, at } = near[i]!;
    const paper = cosines[i]! < least || known.has(key) ? null : words.find(key);
    if (!paper) continue;
    more.papers.push(paper);
    more.places.push(at);
  }
  return more;
}

interface NearAgain {
  near: readonly NearPaper[];
  cosines: Float32Array;
  wanted: number;
  words: Pick<WordSide, "find">;
}
