// A live segment as the source of a finished one: its postings are brought from the order of papers into that of terms.
import { ByteWriter } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import type { LiveSegment } from "./live-segment.ts";
import { postingsPerStep } from "./rising-postings.ts";
import type { BuildSource } from "./segment-build.ts";
import { sortStems, writeStem } from "./stem-order.ts";
import type { TermBuffer } from "./term-buffer.ts";

/** A posting in the order of terms: doc and packed frequencies in one number. */
const codeBits = 8;
const codeMask = (1 << codeBits) - 1;
/** Papers brought into the order of terms between two yields. */
const papersPerStep = 128;

/** Reads a live segment that takes no more papers. */
export class LiveSource implements BuildSource {
  readonly size: number;
  private readonly termCount: number;
  private readonly segment: LiveSegment;
  private readonly lengths: Uint32Array;
  private readonly removed: ReadonlySet<number>;
  /** By rising key. */
  private readonly docs: Int32Array;
  readonly stem = new ByteWriter(64);
  private sorted: Int32Array = new Int32Array(0);
  /** The postings, by the order of terms and papers, and their records likewise. */
  private rows: Int32Array = new Int32Array(0);
  private records: Uint8Array = new Uint8Array(0);
  /** By place in the order of terms: its rows, and its records. */
  private starts: Int32Array = new Int32Array(0);
  private ends: Int32Array = new Int32Array(0);
  private recordStarts: Int32Array = new Int32Array(0);
  private recordEnds: Int32Array = new Int32Array(0);
  private next = 0;
  /** Rows of the term that are not copied yet. */
  private copied = 0;
  private end = 0;

  constructor(segment: LiveSegment) {
    this.segment = segment;
    this.size = segment.size;
    this.termCount = segment.postings.terms.count;
    this.lengths = segment.lengths;
    this.removed = new Set(segment.removed.docs());
    this.docs = this.sortDocs();
  }

  private sortDocs(): Int32Array {
    const { segment } = this;
    const docs = new Int32Array(this.size).map((_, doc) => doc).filter((doc) => !this.removed.has(doc));
    const rising = docs.every((doc, i) => i === 0 || segment.keyOf(docs[i - 1]!) < segment.keyOf(doc));
    return rising ? docs : docs.sort((a, b) => segment.keyOf(a) - segment.keyOf(b));
  }

  listDocs(): Int32Array {
    return this.docs;
  }

  keyOf(doc: number): number {
    return this.segment.keyOf(doc);
  }

  lengthsOf(doc: number): number {
    return this.lengths[doc]!;
  }

  titleHashOf(doc: number): number {
    return this.segment.titleHashOf(doc);
  }

  readStored(doc: number): Uint8Array {
    return this.segment.readStored(doc);
  }

  *readColumns(): Generator<void, Columns> {
    yield;
    return this.segment.columns;
  }

  *sortTerms(): Generator<void> {
    const { stems } = this.segment.postings.terms;
    this.sorted = yield* sortStems(stems);
    yield* this.orderPostings();
  }

  /** Counted first, then each posting is put where it belongs: no chain is followed through memory. */
  private *orderPostings(): Generator<void> {
    const { postings } = this.segment;
    const { sorted, termCount } = this;
    const target = { rows: new Int32Array(termCount), bytes: new Int32Array(termCount) };
    this.starts = new Int32Array(termCount);
    this.recordStarts = new Int32Array(termCount);
    const bytes = yield* this.countBytes();
    let row = 0;
    let byte = 0;
    for (let i = 0; i < termCount; i++) {
      const term = sorted[i]!;
      this.starts[i] = target.rows[term] = row;
      this.recordStarts[i] = target.bytes[term] = byte;
      row += postings.count(term);
      byte += bytes[term]!;
    }
    yield;
    this.rows = new Int32Array(row);
    this.records = new Uint8Array(byte);
    for (let done = 0; done < this.docs.length; done += papersPerStep) {
      for (const doc of this.docs.subarray(done, done + papersPerStep)) this.placePostings(doc, target);
      yield;
    }
    // Of terms that removed papers hold, fewer rows are filled than were counted.
    this.ends = sorted.map((term) => target.rows[term]!);
    this.recordEnds = sorted.map((term) => target.bytes[term]!);
    yield;
  }

  /** By term: the length of its records. */
  private *countBytes(): Generator<void, Int32Array> {
    const { postings } = this.segment;
    const bytes = new Int32Array(this.termCount);
    for (let from = 0; from < postings.length; from += postingsPerStep) {
      const to = Math.min(postings.length, from + postingsPerStep);
      for (let posting = from; posting < to; posting++)
        bytes[postings.term(posting)]! += postings.end(posting) - postings.start(posting);
      yield;
    }
    return bytes;
  }

  private placePostings(doc: number, target: { rows: Int32Array; bytes: Int32Array }): void {
    const { postings } = this.segment;
    const { data } = postings.records;
    const { rows, records } = this;
    const end = postings.firstOf(doc + 1);
    for (let posting = postings.firstOf(doc); posting < end; posting++) {
      const term = postings.term(posting);
      const recordEnd = postings.end(posting);
      let to = target.bytes[term]!;
      rows[target.rows[term]!++] = (doc << codeBits) | postings.code(posting);
      for (let i = postings.start(posting); i < recordEnd; i++) records[to++] = data[i]!;
      target.bytes[term] = to;
    }
  }

  nextTerm(): boolean {
    if (this.next === this.sorted.length) return false;
    this.copied = this.starts[this.next]!;
    this.end = this.ends[this.next]!;
    writeStem(this.segment.postings.terms.stems[this.sorted[this.next++]!]!, this.stem);
    return true;
  }

  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean {
    const { rows } = this;
    const end = Math.min(this.end, this.copied + limit);
    for (let row = this.copied; row < end; row++) {
      const packed = rows[row]!;
      into.addPosting(newDocs[packed >> codeBits]!, packed & codeMask);
    }
    this.copied = end;
    if (end < this.end) return false;
    const term = this.next - 1;
    into.addRecords(this.records, this.recordStarts[term]!, this.recordEnds[term]!);
    return true;
  }
}
