// A term's papers within one segment: which, and how often in which field. What every query asks of a term is small and is
// kept (its papers' titles, the most it can add); the whole lists are read when they are needed, and may be forgotten again.
import { listBits, walkBits } from "./bits.ts";
import { findLargest, type Largest } from "./largest-bounds.ts";
import { isDense, type PaperList, sizeOfTables } from "./paper-list.ts";
import { makeTable, type PaperTable } from "./paper-table.ts";
import { pickTitled, sizeOfTitled, type TitledPostings } from "./titled-postings.ts";

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
  /** What is stored of it and need not be told from its lists; null: nothing is. */
  storedLargest?(): Largest | null;
  readTitled?(): TitledPostings | null;
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
    this.ownLargest ??= this.source.storedLargest?.() ?? findLargest(new Postings(this));
    return this.ownLargest;
  }

  get titled(): TitledPostings {
    this.ownTitled ??= this.makeTitled();
    return this.ownTitled;
  }

  private makeTitled(): TitledPostings {
    const titled = this.source.readTitled?.() ?? pickTitled(new Postings(this));
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
    this.listed ??= docs ?? listBits(table!.bits, this.count);
    return this.listed;
  }

  /** The same as docs for one walk over them: valid until that of another term. */
  walk(): Int32Array {
    const { docs, table } = this.lists ?? this.open();
    return this.listed ?? docs ?? walkBits(table!.bits, this.count);
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

/** Everything about a term that is known at once. */
export interface KnownPostings {
  lists: PostingLists;
  largest?: Largest | null;
  titled?: TitledPostings | null;
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

/** Bytes of the lists of a term that so many of the segment's papers hold, once all of them were asked for. */
export function sizeOfLists(count: number, papers: number): number {
  return count * (isDense(count, papers) ? 1 : 5) + sizeOfTables(count, papers) + 200;
}
