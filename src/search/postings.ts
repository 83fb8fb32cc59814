// A term's papers within one segment, decoded: which, how often in which field, and upper bounds of what it adds, made when
// they are first asked for.
import { countInWord } from "./bits.ts";
import { impactOf } from "./scoring.ts";

/** A term in more than one of so many papers also gets a table over all papers, for direct look-up. */
const denseShare = 64;
/** The least packed frequencies that name the title. */
const inTitle = 64;

/** What postings are made of. */
export interface PostingLists {
  /** Rising segment-local numbers. */
  docs: Int32Array;
  /** Packed frequencies, beside docs. */
  codes: Uint8Array;
}

export class Postings {
  readonly docs: Int32Array;
  readonly codes: Uint8Array;
  /** For common terms, for direct look-up. */
  readonly table: PaperTable | null;
  /** Packed lengths of all papers of the segment. */
  private readonly lengths: Uint32Array;
  private ownBounds: Uint8Array | null = null;
  private largest: Largest | null = null;
  private ownTitled: TitledPostings | null = null;

  constructor({ docs, codes }: PostingLists, lengths: Uint32Array) {
    this.docs = docs;
    this.codes = codes;
    this.lengths = lengths;
    this.table = docs.length * denseShare > lengths.length ? makeTable(docs, lengths.length) : null;
  }

  /** Upper bounds of the impact in 255ths, beside docs; never 0. */
  get bounds(): Uint8Array {
    this.ownBounds ??= this.makeBounds();
    return this.ownBounds;
  }

  private makeBounds(): Uint8Array {
    const { docs, codes, lengths } = this;
    const bounds = new Uint8Array(docs.length);
    for (let i = 0; i < docs.length; i++) bounds[i] = boundOf(codes[i]!, lengths[docs[i]!]!);
    return bounds;
  }

  /** Largest of bounds. */
  get maxBound(): number {
    this.largest ??= findLargest(this);
    return this.largest.all;
  }

  /** Largest of the bounds of papers that hold the term elsewhere than in their title. */
  get maxUntitled(): number {
    this.largest ??= findLargest(this);
    return this.largest.untitled;
  }

  /** Packed frequencies that name the fields in which some paper holds the term. */
  get anyCode(): number {
    this.largest ??= findLargest(this);
    return this.largest.anyCode;
  }

  /** Those of the papers that hold the term in their title: few, and nearly always the best. */
  get titled(): TitledPostings {
    this.ownTitled ??= new TitledPostings(pickTitled(this), this.lengths);
    return this.ownTitled;
  }
}

interface TitledLists extends PostingLists {
  at: Int32Array;
}

/** Of the papers that hold a term in their title. */
export class TitledPostings extends Postings {
  /** Index of each among all postings of the term. */
  readonly at: Int32Array;
  /** Where in the title it stands, as far as that is known: a bit for each of the places below 31, the last bit for others. */
  readonly places: Uint32Array;

  constructor(lists: TitledLists, lengths: Uint32Array) {
    super(lists, lengths);
    this.at = lists.at;
    this.places = new Uint32Array(lists.at.length);
  }
}

interface Largest {
  all: number;
  untitled: number;
  anyCode: number;
}

function findLargest({ bounds, codes }: Postings): Largest {
  let titled = 0;
  let untitled = 0;
  let anyCode = 0;
  for (let i = 0; i < bounds.length; i++) {
    const bound = bounds[i]!;
    anyCode |= codes[i]!;
    if (codes[i]! >= inTitle) titled = Math.max(titled, bound);
    else untitled = Math.max(untitled, bound);
  }
  return { all: Math.max(titled, untitled), untitled, anyCode };
}

function pickTitled({ docs, codes }: PostingLists): TitledLists {
  const count = countTitled(codes);
  const picked = {
    docs: new Int32Array(count),
    codes: new Uint8Array(count),
    at: new Int32Array(count),
  };
  for (let i = 0, next = 0; next < count; i++) {
    if (codes[i]! < inTitle) continue;
    picked.docs[next] = docs[i]!;
    picked.at[next] = i;
    picked.codes[next++] = codes[i]!;
  }
  return picked;
}

function countTitled(codes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < codes.length; i++) count += codes[i]! >> 6 === 0 ? 0 : 1;
  return count;
}

/** By paper of the segment. */
export interface PaperTable {
  /** A bit for each paper that holds the term. */
  bits: Uint32Array;
  /** Beside bits: how many papers that hold it stand before, which is the index of the first one's posting. */
  ranks: Uint32Array;
}

export const noPostings = new Postings(
  { docs: new Int32Array(0), codes: new Uint8Array(0) },
  new Uint32Array(0),
);

export function boundOf(code: number, lengths: number): number {
  return Math.ceil(impactOf(code, lengths) * 255);
}

/** `lengths` are the packed lengths of all papers of the segment. */
export function makePostings(docs: Int32Array, codes: Uint8Array, lengths: Uint32Array): Postings {
  return new Postings({ docs, codes }, lengths);
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

/** Bytes held, for the cache's account, once everything about them has been asked for. */
export function sizeOfPostings({ docs, codes, table }: Postings): number {
  const tableBytes = table ? 2 * table.bits.byteLength : 0;
  const titled = countTitled(codes);
  // The title's papers may have a table only where all have.
  return docs.length * 6 + titled * 14 + 2 * tableBytes + 600;
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
