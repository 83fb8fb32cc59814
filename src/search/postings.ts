// A term's papers within one segment, decoded: which, how often in which field, and upper bounds of what it adds.
import { countInWord } from "./bits.ts";
import { impactOf } from "./scoring.ts";

/** A term in more than one of so many papers also gets a table over all papers, for direct look-up. */
const denseShare = 64;

export interface Postings {
  /** Rising segment-local numbers. */
  docs: Int32Array;
  /** Packed frequencies, beside docs. */
  codes: Uint8Array;
  /** Upper bounds of the impact in 255ths, beside docs; never 0. */
  bounds: Uint8Array;
  /** Largest of bounds. */
  maxBound: number;
  /** For common terms, for direct look-up. */
  table: PaperTable | null;
}

/** By paper of the segment. */
export interface PaperTable {
  /** A bit for each paper that holds the term. */
  bits: Uint32Array;
  /** Beside bits: how many papers that hold it stand before, which is the index of the first one's posting. */
  ranks: Uint32Array;
}

const none = new Uint8Array(0);
export const noPostings: Postings = {
  docs: new Int32Array(0),
  codes: none,
  bounds: none,
  maxBound: 0,
  table: null,
};

export function boundOf(code: number, lengths: number): number {
  return Math.ceil(impactOf(code, lengths) * 255);
}

/** Adds bounds and a table. `lengths` are the packed lengths of all papers of the segment. */
export function makePostings(docs: Int32Array, codes: Uint8Array, lengths: Uint32Array): Postings {
  const bounds = new Uint8Array(docs.length);
  for (let i = 0; i < docs.length; i++) bounds[i] = boundOf(codes[i]!, lengths[docs[i]!]!);
  return completePostings({ docs, codes, bounds }, lengths.length);
}

/** Adds the largest bound and, for a common term, the table over all papers. */
export function completePostings(
  { docs, codes, bounds }: Pick<Postings, "docs" | "codes" | "bounds">,
  papers: number,
): Postings {
  let maxBound = 0;
  for (let i = 0; i < bounds.length; i++) if (bounds[i]! > maxBound) maxBound = bounds[i]!;
  const table = docs.length * denseShare > papers ? makeTable(docs, papers) : null;
  return { docs, codes, bounds, maxBound, table };
}

function makeTable(docs: Int32Array, papers: number): PaperTable {
  const bits = new Uint32Array((papers + 31) >>> 5);
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    bits[doc >>> 5]! |= 1 << (doc & 31);
  }
  const ranks = new Uint32Array(bits.length);
  for (let i = 1; i < bits.length; i++) ranks[i] = ranks[i - 1]! + countInWord(bits[i - 1]!);
  return { bits, ranks };
}

/** Bytes held, for the cache's account. */
export function sizeOfPostings({ docs, table }: Postings): number {
  return docs.length * 6 + (table ? 2 * table.bits.byteLength : 0) + 200;
}

/** First index in docs[from..] whose paper is not below `doc`; gallops, so that near is quick. */
export function seek(docs: Int32Array, doc: number, from: number): number {
  let step = 1;
  let low = from;
  let high = from;
  while (high < docs.length && docs[high]! < doc) {
    low = high + 1;
    high += step;
    step <<= 1;
  }
  if (high > docs.length) high = docs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of a paper's posting, -1 when it has none. `from` is an index not beyond it. */
export function indexIn({ docs, table }: Postings, doc: number, from = 0): number {
  if (table) {
    const bits = table.bits[doc >>> 5]!;
    if (((bits >>> (doc & 31)) & 1) === 0) return -1;
    return table.ranks[doc >>> 5]! + countInWord(bits & ~(-1 << (doc & 31)));
  }
  const at = seek(docs, doc, from);
  return at < docs.length && docs[at] === doc ? at : -1;
}

/** Packed frequencies of the term in a paper, 0 when it is not there. `from` is an index not beyond the paper's. */
export function codeIn(postings: Postings, doc: number, from = 0): number {
  const at = indexIn(postings, doc, from);
  return at < 0 ? 0 : postings.codes[at]!;
}
