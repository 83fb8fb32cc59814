// Where the parts of a segment of vectors lie in its memory.

/** Estimates are below this: 64 x 63 for 256 components. */
export const estimateBound = (dimension: number): number => (dimension / 4) * 63 + 1;

/** Where the parts of a segment's memory begin, for `capacity` places (a multiple of 16). */
export interface SegmentLayout {
  capacity: number;
  query: number;
  /** The query as words. */
  words: number;
  tables: number;
  /** The sixteen powers of two, as words. */
  lanes: number;
  counts: number;
  codes: number;
  /** All rows, or a window for those that are fetched. */
  rows: number;
  factors: number;
  /** Beside the window: factors of the rows in it, and their places, which rise from 0. */
  fetchedFactors: number;
  fetchedPlaces: number;
  estimates: number;
  /** A bit for each place that is to be found. */
  accepted: number;
  places: number;
  scores: number;
  bytes: number;
}

/** Rows fetched at a time from where they are kept. */
export const windowRows = 1024;

/** `elsewhere`: the rows are kept in a store. */
export function layOutSegment(capacity: number, dimension: number, elsewhere: boolean): SegmentLayout {
  let bytes = 0;
  const take = (length: number): number => {
    const offset = bytes;
    bytes += Math.ceil(length / 64) * 64;
    return offset;
  };
  return {
    capacity,
    query: take(dimension),
    words: take(dimension * 2),
    tables: take((dimension / 4) * 16),
    lanes: take(32),
    counts: take(estimateBound(dimension) * 4),
    codes: take((capacity * dimension) / 8),
    rows: take((elsewhere ? windowRows : capacity) * dimension),
    factors: take(capacity * 4),
    fetchedFactors: take(elsewhere ? windowRows * 4 : 0),
    fetchedPlaces: take(elsewhere ? windowRows * 4 : 0),
    estimates: take(capacity * 2),
    accepted: take(Math.ceil(capacity / 32) * 4),
    places: take(capacity * 4),
    scores: take(capacity * 4),
    bytes,
  };
}
