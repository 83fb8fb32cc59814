// The segment that takes new papers, in memory; the next query sees them.
import { ByteReader } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { IntList } from "./int-list.ts";
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
import { hashUnits } from "./title-hash.ts";

export interface LivePaper {
  key: number;
  id: string;
  title: string;
  titleHash: number;
}

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

  /** Adds a paper, of which the units may have been found already; one of the same key must have been removed before. */
  add(document: SearchDocument, units = readUnits(document)): void {
    this.decoded.clear();
    this.docs.set(document.key, this.size);
    this.packedLengths.push(this.addTexts(units));
    const titleHash = hashUnits(units.list.numbers, units.titleEnd);
    const same = this.titles.get(titleHash);
    if (same) same.push(this.size);
    else this.titles.set(titleHash, [this.size]);
    this.papers.push({ key: document.key, id: document.id, title: document.title, titleHash });
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
    const found = this.postings.terms.stems.filter((stem) => stem.startsWith(prefix));
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
