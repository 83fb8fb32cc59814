// A finished segment: tables in memory; postings, places and stored papers are read when they are asked for.
import type { Bits } from "./bits.ts";
import type { ByteSource } from "./byte-source.ts";
import { readRising } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { Dictionary } from "./dictionary.ts";
import { decodeColumns } from "./file-columns.ts";
import { FilePositions, type StoredPlaces } from "./file-positions.ts";
import { runToEnd } from "./in-slices.ts";
import type { IndexCaches } from "./index-cache.ts";
import { KeyRuns } from "./key-runs.ts";
import type { ManifestSegment } from "./manifest.ts";
import { lowerBound, pickLargest } from "./number-search.ts";
import { isDense } from "./paper-list.ts";
import { readTable, tableOfBytes } from "./paper-table.ts";
import { type PostingLists, Postings, sizeOfLists, TermPostings } from "./postings.ts";
import type { RemovedPapers } from "./removed-papers.ts";
import type { Section } from "./section.ts";
import type { Doc, Positions, Segment } from "./segment.ts";
import { isKeptAsBits, pageBits, pageSize } from "./segment-format.ts";
import { type LoadedTables, loadTables, openTables } from "./segment-tables.ts";
import { encodeStem } from "./stem-bytes.ts";
import { decodeStored, decodeStoredId, type StoredPaper } from "./stored-paper.ts";
import { TermPlaces } from "./term-places.ts";
import { TitleTable } from "./title-table.ts";
import { readTitled } from "./titled-lists.ts";
import { sizeOfTitled, type TitledPostings } from "./titled-postings.ts";

/** So many stems are remembered with their numbers. */
const mostFound = 2_048;
/** Places of a term up to so many bytes are kept as a whole. */
const maxPlacesAtHand = 128 * 1024;
/** What a term takes in memory of which nothing was asked yet. */
const bytesATerm = 400;

export interface FileSegmentOptions {
  source: ByteSource;
  caches: IndexCaches;
  removed: RemovedPapers;
  /** Of the source, where they are read already. */
  tables?: LoadedTables;
}

export class FileSegment implements Segment {
  readonly source: ByteSource;
  readonly removed: RemovedPapers;
  readonly size: number;
  readonly lengths: Uint32Array;
  readonly titleHashes: Uint32Array;
  readonly dictionary: Dictionary;
  readonly inverted: Section;
  /** Where the terms lie in it. */
  readonly terms: TermPlaces;
  /** What the manifest says of it, and how many removed papers that includes; null while it says nothing. */
  saved: { entry: ManifestSegment; removedPapers: number } | null = null;
  private readonly stored: Section;
  private readonly rows: Section;
  private readonly labelNames: Uint8Array;
  private ownColumns: Columns | null = null;
  private ownRuns: KeyRuns | null = null;
  private titles: TitleTable | null = null;
  /** Stems looked up lately: queries ask for the same ones again and again. */
  private readonly found = new Map<string, number>();
  private readonly caches: IndexCaches;
  private readonly serial: number;
  private readonly keys: Uint32Array;
  private readonly storedEnds: Uint32Array;

  /** Throws IndexDamage. */
  constructor({ source, caches, removed, tables: loaded }: FileSegmentOptions) {
    const tables = openTables(source, caches, loaded ?? runToEnd(loadTables(source)));
    this.source = source;
    this.removed = removed;
    this.caches = caches;
    this.serial = caches.nextSerial();
    this.size = tables.footer.papers;
    this.lengths = tables.numbers("lengths");
    this.titleHashes = tables.numbers("titleHashes");
    this.keys = tables.numbers("keys");
    this.dictionary = new Dictionary(
      tables.bytes("terms"),
      tables.numbers("termBlocks"),
      tables.footer.terms,
    );
    this.terms = new TermPlaces(tables.numbers);
    this.storedEnds = tables.numbers("storedEnds");
    this.inverted = tables.section("inverted");
    this.stored = tables.section("stored");
    this.rows = tables.section("columns");
    this.labelNames = tables.bytes("labelNames");
  }

  get columns(): Columns {
    return this.ownColumns ?? runToEnd(this.readColumns());
  }

  /** The same in steps. */
  *readColumns(): Generator<void, Columns> {
    if (this.ownColumns) return this.ownColumns;
    const columns = yield* decodeColumns(yield* this.rows.readWhole(), this.labelNames, this.size);
    // Somebody may have asked for them meanwhile.
    this.ownColumns ??= columns;
    return this.ownColumns;
  }

  findTerm(stem: string): number {
    const known = this.found.get(stem);
    if (known !== undefined) return known;
    const term = this.dictionary.find(encodeStem(stem));
    // Who looks for slips asks for hundreds of stems that nobody wrote.
    if (term < 0) return term;
    if (this.found.size === mostFound) this.found.clear();
    this.found.set(stem, term);
    return term;
  }

  countPapers(term: number): number {
    return this.terms.papers[term]! - this.removed.countWith(term, () => this.readPostings(term));
  }

  countPostings(term: number): number {
    return this.terms.papers[term]!;
  }

  readPostings(term: number): Postings {
    return new Postings(this.caches.terms.get(this.keyOfTerm(term)) ?? this.openTerm(term));
  }

  /** Of a term, in the caches. */
  private keyOfTerm(term: number): number {
    return this.serial * 2 ** 28 + term;
  }

  private openTerm(term: number): TermPostings {
    const { terms, lists } = this.caches;
    const key = this.keyOfTerm(term);
    const count = this.terms.papers[term]!;
    const source = {
      count,
      read: () => this.readLists(term),
      storedLargest: () => this.terms.findCommon(term)?.largest ?? null,
      readTitled: () => this.readTitled(term),
      opened: (own: TermPostings) => lists.set(key, own, sizeOfLists(count, this.size)),
      grew: (bytes: number) => terms.grow(key, bytes),
    };
    const postings = new TermPostings(source, this.lengths);
    terms.set(key, postings, bytesATerm);
    return postings;
  }

  private readLists(term: number): PostingLists {
    const { count, start, groups } = this.terms.find(term);
    const bytes = this.inverted.read(start, groups);
    const codes = bytes.slice(bytes.length - count);
    if (isKeptAsBits(count, this.size)) return { docs: null, codes, table: tableOfBytes(bytes, this.size) };
    if (isDense(count, this.size)) return { docs: null, codes, table: readTable(bytes, count, this.size) };
    const docs = new Int32Array(count);
    readRising(bytes, docs);
    return { docs, codes, table: null };
  }

  private readTitled(term: number): TitledPostings | null {
    const common = this.terms.findCommon(term);
    if (!common) return null;
    return readTitled(this.inverted.read(common.titledStart, this.terms.endOf(term)), this.lengths);
  }

  combine(name: string, make: () => Postings): Postings {
    const key = `${this.serial}:${name}`;
    return new Postings(this.caches.combined.get(key) ?? this.openCombined(key, make));
  }

  keepSet(name: string, make: () => Bits): Bits {
    const { sets } = this.caches;
    const key = `${this.serial}:${name}`;
    const known = sets.get(key);
    if (known) return known;
    const set = make();
    sets.set(key, set, set.byteLength + 2 * key.length + bytesATerm);
    return set;
  }

  /** As with the terms of the file, the lists may be forgotten; they are then made again. */
  private openCombined(key: string, make: () => Postings): TermPostings {
    const { combined, lists, nextMade } = this.caches;
    const made = make();
    const { count, term: own } = made;
    const bytes = 2 * key.length + bytesATerm;
    if (!own.isMade) {
      combined.set(key, own, bytes);
      return own;
    }
    const id = nextMade();
    const source = {
      count,
      read: () => make().term.open(),
      opened: (term: TermPostings) => lists.set(id, term, sizeOfLists(count, this.size)),
      grew: (more: number) => combined.grow(key, more),
    };
    const term = new TermPostings(source, this.lengths, own.known);
    source.opened(term);
    combined.set(key, term, bytes + (own.known.titled ? sizeOfTitled(own.known.titled) : 0));
    return term;
  }

  openPositions(term: number): Positions {
    return new FilePositions(this.placesOf(term), this.readPostings(term));
  }

  /** The packed frequencies and places of a term as stored: at hand as a whole when they are short, else by pages. */
  private placesOf(term: number): StoredPlaces {
    const { codes: start, end } = this.terms.find(term);
    const length = end - start;
    return {
      length,
      bytes: length <= maxPlacesAtHand ? this.readPlaces(term, start, length) : null,
      section: this.inverted,
      offset: start,
    };
  }

  private readPlaces(term: number, start: number, length: number): Uint8Array {
    const key = -this.keyOfTerm(term);
    const known = this.caches.pages.get(key);
    if (known) return known;
    const places = this.inverted.read(start, start + length).slice();
    this.caches.pages.set(key, places, length + 100);
    return places;
  }

  listStems(prefix: string, limit: number): string[] {
    const [first, last] = this.dictionary.range(prefix);
    return pickLargest(this.terms.papers, { first, last, limit }).map((term) => this.dictionary.stem(term));
  }

  keyOf(doc: Doc): number {
    return this.keys[doc]!;
  }

  get keyRuns(): KeyRuns {
    this.ownRuns ??= KeyRuns.of(this.keys);
    return this.ownRuns;
  }

  findKey(key: number): Doc {
    // A new paper is in no segment: its key is above all.
    if (this.size === 0 || key > this.keys[this.size - 1]!) return -1;
    const doc = lowerBound(this.size, (at) => this.keys[at]! < key);
    return this.keys[doc] === key && !this.removed.has(doc) ? doc : -1;
  }

  titleHashOf(doc: Doc): number {
    return this.titleHashes[doc]!;
  }

  findTitles(hash: number): Doc[] {
    this.titles ??= new TitleTable(this.titleHashes);
    return this.titles.find(hash);
  }

  readStored(doc: Doc): Uint8Array {
    return this.stored.read(this.startOfStored(doc), this.storedEnds[doc]!);
  }

  /** As `readStored`, of papers by rising doc, past the pages that are kept for queries; valid until the next. */
  streamStored(): (doc: Doc) => Uint8Array {
    const stream = this.stored.stream();
    return (doc) => stream.cut(this.startOfStored(doc), this.storedEnds[doc]!);
  }

  private startOfStored(doc: Doc): number {
    return doc > 0 ? this.storedEnds[doc - 1]! : 0;
  }

  readPaper(doc: Doc): StoredPaper {
    return decodeStored(this.readStored(doc));
  }

  readId(doc: Doc): string {
    const start = this.startOfStored(doc);
    const page = start >>> pageBits;
    // Nearly always in one page: nothing is cut from it.
    if ((this.storedEnds[doc]! - 1) >>> pageBits !== page) return decodeStoredId(this.readStored(doc));
    return decodeStoredId(this.stored.page(page), start & (pageSize - 1));
  }

  remove(doc: Doc): void {
    this.removed.add(doc);
  }

  get longestSection(): number {
    return Math.max(...[this.inverted, this.stored, this.rows].map(({ length }) => length));
  }

  /** Reads everything once. Throws IndexDamage. */
  verify(): void {
    for (const section of [this.inverted, this.stored, this.rows]) section.verify();
  }
}
