// What the engine needs of a segment, whether it lives in memory or in a file.
import type { Bits } from "./bits.ts";
import type { Columns } from "./columns.ts";
import type { KeyRuns } from "./key-runs.ts";
import type { Postings } from "./postings.ts";
import type { RemovedPapers } from "./removed-papers.ts";

/** Number of a paper within its segment. */
export type Doc = number;

export interface Segment {
  /** Papers ever put into it, removed ones too; docs are below this. */
  readonly size: number;
  /** Packed field lengths by doc; at least `size` long. */
  readonly lengths: Uint32Array;
  readonly removed: RemovedPapers;
  /** Read when first asked for. */
  readonly columns: Columns;
  /** Number of a stem within the segment; -1 when it holds none. */
  findTerm(stem: string): number;
  /** Papers that hold the term, without the removed. */
  countPapers(term: number): number;
  /** Papers that hold the term, the removed too: told without reading any posting. */
  countPostings(term: number): number;
  /** Removed papers are still in it. */
  readPostings(term: number): Postings;
  /** Postings made of several terms', under a name: made once, and again when they were forgotten; `make` is kept. */
  combine(name: string, make: () => Postings): Postings;
  /** A set of its papers, the removed among them, under a name: kept as `combine` keeps postings. Do not write to it. */
  keepSet(name: string, make: () => Bits): Bits;
  openPositions(term: number): Positions;
  /** Up to `limit` stems that begin so, those of most papers first (removed ones are counted too), equal ones in their order. */
  listStems(prefix: string, limit: number): string[];
  keyOf(doc: Doc): number;
  /** The same of all papers, by doc. */
  readonly keyRuns: KeyRuns;
  /** Doc of a paper by its key; -1 when it is not here or removed. */
  findKey(key: number): Doc;
  /** Of the title's stems, see title-hash.ts. */
  titleHashOf(doc: Doc): number;
  /** Papers with that hash, rising; removed ones are among them. */
  findTitles(hash: number): readonly Doc[];
  readPaper(doc: Doc): { id: string; title: string };
  readId(doc: Doc): string;
  remove(doc: Doc): void;
}

/** Reads where a term stands in one paper after another. */
export interface Positions {
  /** Rising; field in the bits from 16, position within the field below. */
  data: Int32Array;
  start: number;
  end: number;
  /**
   * Points data, start and end to the term's places in the paper; false when it does not hold it. `posting`: index of the
   * paper among the term's postings, where it is known.
   */
  moveTo(doc: Doc, posting?: number): boolean;
}

export const fieldShift = 16;

/** Where a paper lies; null when no segment holds it. */
export function findPlace(
  segments: readonly Segment[],
  key: number,
): { key: number; segment: number; doc: Doc } | null {
  for (let segment = 0; segment < segments.length; segment++) {
    const doc = segments[segment]!.findKey(key);
    if (doc >= 0) return { key, segment, doc };
  }
  return null;
}
