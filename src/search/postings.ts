// A term's papers within one segment: which, and how often in which field. What every query asks of a term is small and is
// kept (its papers' titles, the most it can add); the whole lists are read when they are needed, and may be forgotten again.
import { countInWord } from "./bits.ts";
import { findLargest, type Largest } from "./largest-bounds.ts";
import { boundOf, inTitle, isDense, type PaperList } from "./paper-list.ts";
import { listTable, makeTable, type PaperTable, sizeOfTable, walkTable } from "./paper-table.ts";

/** What is read of a term's postings. */
export interface PostingLists {
  /** Null: as the table has them. */
  docs: Int32Array | null;
  codes: Uint8Array;
  table: PaperTable | null;
}

/** Where lists come from that may be forgotten. */
export interface PostingSource {
  readonly count: number;
  read(): PostingLists;
  /** The lists were read and are kept, until they are released. */
  opened(term: TermPostings): void;
  /** So many bytes more are kept beside the lists. */
  grew(bytes: number): void;
  /** It is no file's: what is read stays at hand as long as the term does. */
  readonly made?: boolean;
}

/** What is kept of a term between queries. */
export class TermPostings {
  readonly count: number;
  /** Packed lengths of all papers of the segment. */
  readonly lengths: Uint32Array;
  /** Set whenever the lists are asked for; the cache that counts them takes it back. */
  used = false;
  private readonly source: PostingSource;
  private lists: PostingLists | null = null;
  private ownLargest: Largest | null = null;
  private ownTitled: TitledPostings | null = null;

  constructor(source: PostingSource, lengths: Uint32Array, known: Partial<KnownPostings> = {}) {
    this.source = source;
    this.count = source.count;
    this.lengths = lengths;
    this.lists = known.lists ?? null;
    this.ownLargest = known.largest ?? null;
    this.ownTitled = known.titled ?? null;
  }

  /** What is known so far. */
  get known(): KnownPostings {
    return { lists: this.open(), largest: this.ownLargest, titled: this.ownTitled };
  }

  get isMade(): boolean {
    return this.source.made === true;
  }

  open(): PostingLists {
    this.used = true;
    if (this.lists) return this.lists;
    const lists = this.source.read();
    this.lists = lists;
    this.source.opened(this);
    return lists;
  }

  /** The lists where they are at hand. */
  peek(): PostingLists | null {
    if (this.lists) this.used = true;
    return this.lists;
  }

  /** Forgets the lists; they are read again when they are asked for. */
  release(): void {
    this.lists = null;
  }

  get largest(): Largest {
    this.ownLargest ??= findLargest(new Postings(this));
    return this.ownLargest;
  }

  get titled(): TitledPostings {
    this.ownTitled ??= this.makeTitled();
    return this.ownTitled;
  }

  private makeTitled(): TitledPostings {
    const titled = pickTitled(new Postings(this));
    this.source.grew(sizeOfTitled(titled));
    return titled;
  }
}

/** The postings of a term for one query: their lists stay at hand once they were read. */
export class Postings implements PaperList {
  readonly count: number;
  readonly bounds = null;
  readonly lengths: Uint32Array;
  readonly term: TermPostings;
  private lists: PostingLists | null = null;
  private listed: Int32Array | null = null;

  constructor(term: TermPostings) {
    this.term = term;
    this.count = term.count;
    this.lengths = term.lengths;
  }

  private open(): PostingLists {
    this.lists = this.term.open();
    return this.lists;
  }

  get docs(): Int32Array {
    const { docs, table } = this.lists ?? this.open();
    this.listed ??= docs ?? listTable(table!, this.count);
    return this.listed;
  }

  /** The same as docs for one walk over them: valid until that of another term. */
  walk(): Int32Array {
    const { docs, table } = this.lists ?? this.open();
    return this.listed ?? docs ?? walkTable(table!, this.count);
  }

  get codes(): Uint8Array {
    return (this.lists ?? this.open()).codes;
  }

  /** The same where they are at hand; null: they would have to be read. */
  get codesAtHand(): Uint8Array | null {
    this.lists ??= this.term.peek();
    return this.lists?.codes ?? null;
  }

  get table(): PaperTable | null {
    return (this.lists ?? this.open()).table;
  }

  get maxBound(): number {
    return this.term.largest.all;
  }

  /** Largest of the bounds of papers that hold the term elsewhere than in their title. */
  get maxUntitled(): number {
    return this.term.largest.untitled;
  }

  /** Packed frequencies that name the fields in which some paper holds the term. */
  get anyCode(): number {
    return this.term.largest.anyCode;
  }

  /** Those of the papers that hold the term in their title: few, and nearly always the best. */
  get titled(): TitledPostings {
    return this.term.titled;
  }
}

/** Of the papers that hold a term in their title. */
export interface TitledPostings extends PaperList {
  readonly bounds: Uint8Array;
  /** Index of each among all postings of the term; null where that is not known. */
  readonly at: Int32Array | null;
  /**
   * By index, of papers looked at lately: where in the title it stands, a bit for each of the places below 31, the last bit for
   * others.
   */
  readonly places: Map<number, number>;
}

/** Everything about a term that is known at once. */
export interface KnownPostings {
  lists: PostingLists;
  largest?: Largest | null;
  titled?: TitledPostings | null;
}

interface PickedTitles {
  docs: Int32Array;
  codes: Uint8Array;
  at: Int32Array;
}

function pickTitled(postings: Postings): TitledPostings {
  const { codes, lengths, table } = postings;
  const count = countTitled(codes);
  const picked = { docs: new Int32Array(count), codes: new Uint8Array(count), at: new Int32Array(count) };
  if (table) pickFromTable(picked, table.bits, codes);
  else pickFromList(picked, postings.docs, codes);
  return titledOf(picked, lengths, picked.at);
}

function pickFromList(picked: PickedTitles, docs: Int32Array, codes: Uint8Array): void {
  const { length } = picked.docs;
  for (let i = 0, next = 0; next < length; i++) {
    if (codes[i]! < inTitle) continue;
    picked.docs[next] = docs[i]!;
    picked.codes[next] = codes[i]!;
    picked.at[next++] = i;
  }
}

/** Without listing the other papers. */
function pickFromTable(picked: PickedTitles, bits: Uint32Array, codes: Uint8Array): void {
  let i = 0;
  let next = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1, i++) {
      const code = codes[i]!;
      if (code < inTitle) continue;
      picked.docs[next] = (word << 5) + 31 - Math.clz32(left & -left);
      picked.codes[next] = code;
      picked.at[next++] = i;
    }
  }
}

/** `at`: index of each among all postings of the term, where that is known. */
export function titledOf(
  { docs, codes }: { docs: Int32Array; codes: Uint8Array },
  lengths: Uint32Array,
  at: Int32Array | null = null,
): TitledPostings {
  const count = docs.length;
  const bounds = new Uint8Array(count);
  let maxBound = 0;
  for (let i = 0; i < count; i++) {
    bounds[i] = boundOf(codes[i]!, lengths[docs[i]!]!);
    maxBound = Math.max(maxBound, bounds[i]!);
  }
  const table = isDense(count, lengths.length) ? makeTable(docs, lengths.length) : null;
  return {
    docs,
    codes,
    bounds,
    at,
    count,
    table,
    lengths,
    maxBound,
    places: new Map(),
  };
}

function countTitled(codes: Uint8Array): number {
  const four = new DataView(codes.buffer, codes.byteOffset, codes.length);
  let count = 0;
  let i = 0;
  for (; i + 4 <= codes.length; i += 4) {
    const own = four.getInt32(i);
    count += countInWord(((own >>> 6) | (own >>> 7)) & 0x01010101);
  }
  for (; i < codes.length; i++) count += codes[i]! < inTitle ? 0 : 1;
  return count;
}

/** Postings that are at hand and stay so; `lengths` are the packed lengths of all papers of the segment. */
export function makePostings(docs: Int32Array, codes: Uint8Array, lengths: Uint32Array): Postings {
  const table = isDense(docs.length, lengths.length) ? makeTable(docs, lengths.length) : null;
  return postingsOf({ lists: { docs, codes, table } }, lengths);
}

/** The same of what is known already. */
export function postingsOf(known: KnownPostings, lengths: Uint32Array): Postings {
  const { lists } = known;
  const source = { count: lists.codes.length, read: () => lists, opened() {}, grew() {}, made: true };
  return new Postings(new TermPostings(source, lengths, known));
}

export const noPostings = makePostings(new Int32Array(0), new Uint8Array(0), new Uint32Array(0));

function sizeOfTables(count: number, papers: number): number {
  return isDense(count, papers) ? sizeOfTable(papers) : 0;
}

/** So many titles' places are remembered, each in so many bytes. */
export const mostPlaces = 256;
const bytesAPlace = 40;

/** Bytes held by what a term's titles are. */
export function sizeOfTitled({ count, lengths, at }: TitledPostings): number {
  return (
    count * (at ? 10 : 6) + Math.min(count, mostPlaces) * bytesAPlace + sizeOfTables(count, lengths.length)
  );
}

/** Bytes of the lists of a term that so many of the segment's papers hold, once all of them were asked for. */
export function sizeOfLists(count: number, papers: number): number {
  return count * (isDense(count, papers) ? 1 : 5) + sizeOfTables(count, papers) + 200;
}
