// Nearest document vectors over all segments: an estimate from signs for every document, then the exact cosine of bytes for
// the best of them.
import { type Bits, hasBit } from "../bits.ts";
import { kthLargest } from "./kth-largest.ts";
import { quantiseInto } from "./meaning-model.ts";
import { makeSignTables } from "./sign-tables.ts";
import { estimateBound } from "./vector-layout.ts";
import { factorOf, type VectorSegment } from "./vector-segment.ts";

/** A query vector as bytes. */
export interface QueryVector {
  bytes: Int8Array;
  /** 1 / length of the bytes; 0 when the query has no known word. */
  factor: number;
}

export interface Neighbour {
  /** Index in the list of segments. */
  segment: number;
  place: number;
  /** Cosine of the two vectors of bytes, -1 to 1. */
  cosine: number;
}

export interface NearestOptions {
  /** Documents whose cosine is computed; default see candidatesFor. */
  candidates?: number;
  /** Places of a segment that are never found: removed documents. Costs nothing for the others. */
  gone?: (segment: number) => readonly number[];
  /** The places of a segment that are not passed over. */
  accepts?: (segment: number) => Bits;
  /** Of equally near documents that of the least number stands first; absent: by segment and place. */
  numberOf?: (segment: number, place: number) => number;
}

const none: readonly number[] = [];

/** `vector` of any length. */
export function prepareQuery(vector: Float32Array): QueryVector {
  const bytes = new Int8Array(vector.length);
  quantiseInto(vector, bytes);
  return { bytes, factor: factorOf(bytes) };
}

/**
 * How many documents the second stage looks at for the `k` nearest. Measured on 87,782 papers with 145 real queries: 800
 * held all of the 20 nearest, 1,600 held 99.6 % of the 200 nearest (docs/model-data-sheet.md). On 1,000,000 it takes 5,000,
 * which grow as the root of the documents from there.
 */
export function candidatesFor(k: number, documents: number): number {
  return Math.max(800, 8 * k, Math.ceil(Math.min(documents / 200, 5 * Math.sqrt(documents))));
}

/** The `k` nearest documents, nearest first. None when the query has no known word. */
export function nearestVectors(
  segments: readonly VectorSegment[],
  query: QueryVector,
  k: number,
  options: NearestOptions = {},
): Neighbour[] {
  if (query.factor === 0 || segments.length === 0 || k < 1) return [];
  const { accepts, gone = () => none, numberOf = numberOfPlace } = options;
  const documents = segments.reduce((sum, { size }, index) => sum + size - gone(index).length, 0);
  const tables = makeSignTables(query.bytes);
  const accepted = accepts && segments.map((_, index) => accepts(index));
  segments.forEach((segment, index) => {
    const own = accepted?.[index];
    segment.estimate(tables, { gone: gone(index), ...(own ? { accepts: own } : {}) });
  });
  const least = findThreshold(segments, options.candidates ?? candidatesFor(k, documents));
  const scored = segments.map((segment, index) => {
    const { places, products } = segment.rescore(query.bytes, least);
    // What has no estimate comes this far only where there is little else.
    const lost = new Set(least === 0 ? gone(index) : none);
    if (lost.size > 0) passOver(products, (i) => !lost.has(places[i]!));
    const own = accepted?.[index];
    if (own) passOver(products, (i) => hasBit(own, places[i]!));
    return { places, products };
  });
  return best(scored, k, numberOf).map(({ product, ...where }) => ({
    ...where,
    cosine: product * query.factor,
  }));
}

function numberOfPlace(segment: number, place: number): number {
  return segment * 2 ** 32 + place;
}

interface Scored {
  places: Int32Array;
  products: Float32Array;
}

/** Marks what is not accepted. */
function passOver(products: Float32Array, accepts: (i: number) => boolean): void {
  for (let i = 0; i < products.length; i++) if (!accepts(i)) products[i] = Number.NEGATIVE_INFINITY;
}

/** Objects are made for the few that come out only: sorting thousands of them would cost more than the scan. */
function best(
  scored: readonly Scored[],
  k: number,
  numberOf: NonNullable<NearestOptions["numberOf"]>,
): { segment: number; place: number; product: number }[] {
  // What was passed over has no product that counts.
  const least = Math.max(kthLargest(join(scored), k), -Number.MAX_VALUE);
  const found: { segment: number; place: number; product: number }[] = [];
  scored.forEach(({ places, products }, segment) => {
    for (let i = 0; i < places.length; i++) {
      if (products[i]! >= least) found.push({ segment, place: places[i]!, product: products[i]! });
    }
  });
  return found
    .sort((a, b) => b.product - a.product || numberOf(a.segment, a.place) - numberOf(b.segment, b.place))
    .slice(0, k);
}

function join(scored: readonly Scored[]): Float32Array {
  const all = new Float32Array(scored.reduce((sum, { products }) => sum + products.length, 0));
  let at = 0;
  for (const { products } of scored) {
    all.set(products, at);
    at += products.length;
  }
  return all;
}

/** One block of so many tells about where the threshold lies. */
const sampledStep = 16;

/**
 * The largest estimate that at least `wanted` documents reach; 0 when there are fewer. A sample tells what more than so many
 * nearly always reach, so that only the others near them are counted; where it misled, all are.
 */
function findThreshold(segments: readonly VectorSegment[], wanted: number): number {
  const sampled = wanted / sampledStep;
  const enough = Math.ceil(sampled + 3 * Math.sqrt(sampled));
  const likely = reachedBy(segments, enough, { step: sampledStep, least: 1 });
  const found = likely > 1 ? reachedBy(segments, wanted, { step: 1, least: likely }) : 0;
  return found || reachedBy(segments, wanted, { step: 1, least: 1 });
}

/** The largest estimate, `least` or more, that so many of the documents looked at reach; 0 when fewer reach `least`. */
function reachedBy(
  segments: readonly VectorSegment[],
  wanted: number,
  { step, least }: { step: number; least: number },
): number {
  const counts = new Int32Array(estimateBound(segments[0]!.dimension));
  for (const segment of segments) segment.countEstimates(counts, { step, least });
  let reached = 0;
  for (let estimate = counts.length - 1; estimate >= least; estimate--) {
    reached += counts[estimate]!;
    if (reached >= wanted) return estimate;
  }
  return 0;
}

/** Cosines of the query with the documents at the given places of one segment. */
export function cosinesAt(
  segment: VectorSegment,
  query: QueryVector,
  places: ArrayLike<number>,
): Float32Array {
  return segment.products(query.bytes, places).map((product) => product * query.factor);
}
