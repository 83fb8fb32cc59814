// The segment that takes new papers, in memory; the next query sees them.
import { forEachNumber, knownUnits, listStems } from "./analyzer.ts";
import { ByteReader } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { IntList } from "./int-list.ts";
import { LiveColumns } from "./live-columns.ts";
import { LivePostings } from "./live-postings.ts";
import { indexIn } from "./paper-list.ts";
import { readRecord } from "./place-records.ts";
import { makePostings, type Postings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { maxStems, packLengths } from "./scoring.ts";
import type { SearchDocument } from "./search.ts";
import { type Doc, fieldShift, type Positions, type Segment } from "./segment.ts";
import { hashStems } from "./title-hash.ts";

export interface LivePaper {
  key: number;
  id: string;
  title: string;
  titleHash: number;
}

/** Places beyond are not told apart; room is left for the stems of one unit. */
const maxPosition = (1 << fieldShift) - 100;
/** Between two authors, so that no phrase reaches from one into the next. */
const authorGap = 4;

export class LiveSegment implements Segment {
  readonly removed = new RemovedPapers();
  readonly papers: LivePaper[] = [];
  readonly postings = new LivePostings();
  private readonly ownColumns = new LiveColumns();
  private readonly packedLengths = new IntList();
  private readonly docs = new Map<number, Doc>();
  private readonly decoded = new Map<number, Postings>();
  private readonly titles = new Map<number, Doc[]>();

  get size(): number {
    return this.papers.length;
  }

  get columns(): Columns {
    return this.ownColumns.view();
  }

  get lengths(): Uint32Array {
    return new Uint32Array(this.packedLengths.data.buffer, 0, this.size);
  }

  /** Adds a paper; one of the same key must have been removed before. */
  add(document: SearchDocument): void {
    this.decoded.clear();
    const title = this.noteText(document.title, 0, 0);
    const abstract = this.noteText(document.abstract, 1, 0);
    let authors = 0;
    let position = 0;
    for (const author of document.authors) {
      if (authors > maxStems[2]) break;
      const length = this.noteText(author, 2, position);
      authors += length;
      position += length + authorGap;
    }
    this.docs.set(document.key, this.size);
    this.packedLengths.push(packLengths(title, abstract, authors));
    const titleHash = hashStems(listStems(document.title));
    const same = this.titles.get(titleHash);
    if (same) same.push(this.size);
    else this.titles.set(titleHash, [this.size]);
    this.papers.push({ key: document.key, id: document.id, title: document.title, titleHash });
    this.ownColumns.add(document);
    this.postings.endPaper();
  }

  /** Notes every stem of a text, its first at `from`; returns the number of places it takes. */
  private noteText(text: string, field: number, from: number): number {
    const { postings } = this;
    let position = from;
    forEachNumber(
      text,
      (unit) => {
        postings.note(unit, (field << fieldShift) | Math.min(position, maxPosition));
        position += knownUnits.counts.data[unit]!;
      },
      maxStems[field],
    );
    return position - from;
  }

  findTerm(stem: string): number {
    return this.postings.terms.get(stem) ?? -1;
  }

  countPapers(term: number): number {
    return this.postings.count(term) - this.removed.countWith(term, () => this.readPostings(term).docs);
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
    const found = this.postings.stems.filter((stem) => stem.startsWith(prefix));
    const papersWith = (stem: string) => this.postings.count(this.findTerm(stem));
    return found
      .map((stem) => ({ stem, papers: papersWith(stem) }))
      .sort((a, b) => b.papers - a.papers || (a.stem < b.stem ? -1 : 1))
      .slice(0, limit)
      .map(({ stem }) => stem);
  }

  keyOf(doc: Doc): number {
    return this.papers[doc]!.key;
  }

  findKey(key: number): Doc {
    return this.docs.get(key) ?? -1;
  }

  titleHashOf(doc: Doc): number {
    return this.papers[doc]!.titleHash;
  }

  findTitles(hash: number): readonly Doc[] {
    return this.titles.get(hash) ?? [];
  }

  readPaper(doc: Doc): { id: string; title: string } {
    return this.papers[doc]!;
  }

  readId(doc: Doc): string {
    return this.papers[doc]!.id;
  }

  remove(doc: Doc): void {
    this.removed.add(doc);
    this.docs.delete(this.keyOf(doc));
  }
}
