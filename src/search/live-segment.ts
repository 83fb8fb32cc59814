// The segment that takes new papers, in memory; the next query sees them.
import type { Bits } from "./bits.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { IntList } from "./int-list.ts";
import { KeyPlaces } from "./key-places.ts";
import { KeyRuns } from "./key-runs.ts";
import { LiveColumns } from "./live-columns.ts";
import { LivePostings } from "./live-postings.ts";
import { indexIn } from "./paper-list.ts";
import { type PaperUnits, readUnits } from "./paper-units.ts";
import { readRecord } from "./place-records.ts";
import { makePostings, type Postings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { maxStems, packLengths } from "./scoring.ts";
import type { SearchDocument } from "./search.ts";
import type { Doc, Positions, Segment } from "./segment.ts";
import { compareStems } from "./stem-order.ts";
import { decodeStored, decodeStoredId, type StoredPaper, writeStored } from "./stored-paper.ts";
import { hashUnits } from "./title-hash.ts";

/** Between two authors, so that no phrase reaches from one into the next. */
const authorGap = 4;

export class LiveSegment implements Segment {
  readonly removed = new RemovedPapers();
  /** By paper: key, hash of the title, and where its id and title end among the stored. */
  private readonly keys = new IntList();
  private readonly titleHashes = new IntList();
  private readonly storedEnds = new IntList();
  /** Ids and titles as a finished segment stores them: nothing here is looked after by the collector. */
  private readonly stored = new ByteWriter();
  private readonly places = new KeyPlaces();
  readonly keyRuns = new KeyRuns();
  readonly postings = new LivePostings();
  private readonly ownColumns = new LiveColumns();
  private readonly packedLengths = new IntList();
  private readonly decoded = new Map<number, Postings>();

  get size(): number {
    return this.keys.length;
  }

  get columns(): Columns {
    return this.ownColumns.view();
  }

  get lengths(): Uint32Array {
    return new Uint32Array(this.packedLengths.data.buffer, 0, this.size);
  }

  /** Adds a paper, of which the units may have been found already; one of the same key must have been removed before. */
  add(document: SearchDocument, units = readUnits(document)): void {
    this.decoded.clear();
    this.packedLengths.push(this.addTexts(units));
    this.titleHashes.push(hashUnits(units.list.numbers, units.titleEnd));
    writeStored(document, this.stored);
    this.storedEnds.push(this.stored.length);
    this.places.set(document.key, this.size);
    this.keyRuns.add(this.size, document.key);
    this.keys.push(document.key);
    this.ownColumns.add(document);
  }

  /** Returns the packed lengths of the fields. */
  private addTexts({ list, titleEnd, abstractEnd, authorEnds }: PaperUnits): number {
    const { postings } = this;
    const units = list.numbers;
    const add = (field: number, start: number, end: number, position = 0) =>
      postings.addPart({ units, start, end, field, position, most: maxStems[field]! });
    const title = add(0, 0, titleEnd);
    const abstract = add(1, titleEnd, abstractEnd);
    let authors = 0;
    let start = abstractEnd;
    authorEnds.forEach((end, i) => {
      authors += add(2, start, end, authors + i * authorGap);
      start = end;
    });
    postings.endPaper();
    return packLengths(title, abstract, authors);
  }

  findTerm(stem: string): number {
    return this.postings.terms.find(stem);
  }

  countPapers(term: number): number {
    return this.postings.count(term) - this.removed.countWith(term, () => this.readPostings(term));
  }

  countPostings(term: number): number {
    return this.postings.count(term);
  }

  readPostings(term: number): Postings {
    const known = this.decoded.get(term);
    if (known) return known;
    const list = this.postings.list(term);
    const docs = list.map((posting) => this.postings.doc(posting));
    const codes = Uint8Array.from(list, (posting) => this.postings.code(posting));
    const postings = makePostings(docs, codes, this.lengths);
    this.decoded.set(term, postings);
    return postings;
  }

  /** Its papers change: nothing is kept. */
  keepSet(_: string, make: () => Bits): Bits {
    return make();
  }

  combine(_: string, make: () => Postings): Postings {
    return make();
  }

  openPositions(term: number): Positions {
    const { postings } = this;
    const list = postings.list(term);
    const own = this.readPostings(term);
    const reader = new ByteReader(postings.records.data);
    const places = new IntList(64);
    return {
      data: places.data,
      start: 0,
      end: 0,
      moveTo(doc, posting = -1) {
        const at = posting < 0 ? indexIn(own, doc) : posting;
        if (at < 0) return false;
        reader.at = postings.start(list[at]!);
        this.end = readRecord(reader, postings.code(list[at]!), places);
        this.data = places.data;
        return true;
      },
    };
  }

  listStems(prefix: string, limit: number): string[] {
    const found = this.postings.terms.stems.filter((stem) => stem.startsWith(prefix));
    const papersWith = (stem: string) => this.postings.count(this.findTerm(stem));
    return found
      .map((stem) => ({ stem, papers: papersWith(stem) }))
      .sort((a, b) => b.papers - a.papers || compareStems(a.stem, b.stem))
      .slice(0, limit)
      .map(({ stem }) => stem);
  }

  keyOf(doc: Doc): number {
    return this.keys.data[doc]! >>> 0;
  }

  findKey(key: number): Doc {
    return this.places.get(key);
  }

  titleHashOf(doc: Doc): number {
    return this.titleHashes.data[doc]! >>> 0;
  }

  /** There are a few thousand papers at most: they are looked through. */
  findTitles(hash: number): readonly Doc[] {
    const found: Doc[] = [];
    const hashes = this.titleHashes.data.subarray(0, this.size);
    for (let doc = hashes.indexOf(hash | 0); doc >= 0; doc = hashes.indexOf(hash | 0, doc + 1))
      found.push(doc);
    return found;
  }

  /** Id and title as stored. */
  readStored(doc: Doc): Uint8Array {
    return this.stored.data.subarray(
      doc > 0 ? this.storedEnds.data[doc - 1]! : 0,
      this.storedEnds.data[doc]!,
    );
  }

  readPaper(doc: Doc): StoredPaper {
    return decodeStored(this.readStored(doc));
  }

  readId(doc: Doc): string {
    return decodeStoredId(this.readStored(doc));
  }

  remove(doc: Doc): void {
    this.removed.add(doc);
    this.places.delete(this.keyOf(doc));
  }
}
