// Papers of the collection like a given text: the best by shared stems and the nearest by meaning, judged together as
// rankPairs does it. Shared stems are counted by walking postings.
import type { PaperText } from "../search.ts";
import { encodePaper } from "./encode.ts";
import type { Meaning } from "./hybrid.ts";
import { weightOfCount } from "./row-pool.ts";
import { addStandardised, idfOf, type StemWeights, weighStems } from "./similar.ts";
import { prepareQuery } from "./vectors.ts";

/** Papers of one segment that hold a stem. */
export interface StemCounts {
  /** Rising. */
  docs: Int32Array;
  /** How often the i-th of docs holds it, occurrences in the title twice. */
  count(i: number): number;
}

/** One segment of the index, as far as this file needs it. */
export interface StemSegment {
  /** Docs are below this. */
  size: number;
  /** Null where the segment does not hold the stem. */
  countsOf(stem: string): StemCounts | null;
  keyOf(doc: number): number;
  isRemoved(doc: number): boolean;
}

export interface ScoredPaper {
  key: number;
  score: number;
}

export interface SimilarQuery {
  paper: PaperText;
  /** The paper's vector where it is known already (of any length); otherwise it is made of the text. */
  vector?: Float32Array;
  segments: readonly StemSegment[];
  /** How many results are wanted. */
  limit: number;
  /** False: the paper is not to be found (itself, filters). */
  accepts?: (key: number) => boolean;
}

/** Papers taken from each side. */
const poolSize = 500;
/** Stems walked, those that weigh most: the others change little and stand in most papers. */
const maxStems = 60;

/** Most similar first; equal ones by key. */
export function listSimilar(
  meaning: Meaning,
  { paper, segments, limit, accepts = () => true, ...known }: SimilarQuery,
): ScoredPaper[] {
  const { model, shelf } = meaning;
  const shared = sumShared(meaning, segments, heaviest(weighStems(model, paper)));
  for (const key of shared.keys()) if (!accepts(key)) shared.delete(key);
  const byStems = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, poolSize);
  const vector = known.vector ?? encodePaper(model, paper);
  const query = prepareQuery(vector ?? new Float32Array(model.dimension));
  const byMeaning = shelf.nearest(query, poolSize, { count: shelf.size, has: accepts });
  const keys = [...new Set([...byStems.map(([key]) => key), ...byMeaning.map(({ key }) => key)])];
  const words = keys.map((key) => shared.get(key) ?? 0);
  const scores = addStandardised(words, [...shelf.cosines(query, keys)]);
  return keys
    .map((key, i) => ({ key, score: scores[i]! }))
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, limit);
}

function heaviest(weights: StemWeights): [string, number][] {
  return [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, maxStems);
}

/** By key: the sum of products of weights, over the length of the paper's own weights. Only papers that share a stem. */
function sumShared(
  { model, shelf }: Meaning,
  segments: readonly StemSegment[],
  stems: readonly [string, number][],
): Map<number, number> {
  const shared = new Map<number, number>();
  for (const segment of segments) {
    const sums = new Float32Array(segment.size);
    for (const [stem, weight] of stems) {
      const found = segment.countsOf(stem);
      if (found) addProducts(sums, found, weight * idfOf(model, stem));
    }
    for (const doc of bestDocs(sums)) {
      if (segment.isRemoved(doc)) continue;
      const key = segment.keyOf(doc);
      const length = shelf.stemLengthOf(key);
      if (length > 0) shared.set(key, sums[doc]! / length);
    }
  }
  return shared;
}

function addProducts(sums: Float32Array, { docs, count }: StemCounts, weight: number): void {
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    sums[doc] = sums[doc]! + weight * weightOfCount(count(i));
  }
}

/** Docs with the largest sums; more than are needed, because the lengths of the papers are still to be divided out. */
function bestDocs(sums: Float32Array): number[] {
  const wanted = 4 * poolSize;
  const least = sums.length > wanted ? Float32Array.from(sums).sort()[sums.length - wanted]! : 0;
  const docs: number[] = [];
  for (let doc = 0; doc < sums.length; doc++) if (sums[doc]! > 0 && sums[doc]! >= least) docs.push(doc);
  return docs;
}
