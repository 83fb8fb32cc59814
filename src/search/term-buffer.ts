// The postings of one term while a segment is written: gathered in any order of papers, written in rising order. What is long is
// brought into order and written in steps, in memory that stays for the next term: what is given back makes the collector look
// through everything.
import { ByteReader, ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { skipRecord, skipRecords } from "./place-records.ts";
import { postingsPerStep, type RisingPostings } from "./rising-postings.ts";
import { bytesPerStep, placeGroupBits } from "./segment-format.ts";

const groupSize = 1 << placeGroupBits;
/** About what a paper's places of the commonest words take; memory that is not written to costs nothing. */
const recordBytes = 16;

/** Places of two runs: the second, which may be empty, begins where the first ends. */
interface NeighbourRuns {
  start: number;
  middle: number;
  end: number;
}

export class TermBuffer {
  private docs: IntList;
  private codes: ByteWriter;
  private readonly records: ByteWriter;
  /** Where postings begin that do not go on rising from those before. */
  private readonly runs = new IntList(16);
  private lastDoc = -1;
  /** After sorting: which posting that was gathered stands at each place, and where the records of those begin. */
  private order: IntList;
  private readonly starts: IntList;
  private isSorted = false;
  /** What is in another order is written here. */
  private spare: IntList;
  private spareCodes: ByteWriter;

  /** With room for a term that so many papers hold: moving a million postings to more room takes milliseconds. */
  constructor(papers = 1_024) {
    this.docs = new IntList(papers);
    this.codes = new ByteWriter(papers);
    this.records = new ByteWriter(recordBytes * papers);
    this.order = new IntList(papers);
    this.starts = new IntList(papers + 1);
    this.spare = new IntList(papers);
    this.spareCodes = new ByteWriter(papers);
  }

  get count(): number {
    return this.docs.length;
  }

  clear(): void {
    this.docs.length = 0;
    this.codes.clear();
    this.records.clear();
    this.runs.length = 0;
    this.lastDoc = -1;
    this.isSorted = false;
  }

  /** Adds a posting; its record of places comes with the next `addRecords`, in the same order. */
  addPosting(doc: number, code: number): void {
    if (doc < this.lastDoc) this.runs.push(this.count);
    this.lastDoc = doc;
    this.docs.push(doc);
    this.codes.byte(code);
  }

  /** Adds the records of postings that have none yet: bytes[start] to bytes[end] (not included). */
  addRecords(bytes: Uint8Array, start: number, end: number): void {
    this.records.copy(bytes, start, end);
  }

  get isRising(): boolean {
    return this.runs.length === 0 || this.isSorted;
  }

  /** Puts the postings into rising order of papers, which they must be in before they are listed or written. */
  *sort(): Generator<void> {
    if (this.isRising) return;
    yield* this.listStarts();
    yield* this.findOrder();
    yield* this.sortPostings();
    this.isSorted = true;
  }

  /** The postings, valid until one is added. */
  list(): RisingPostings {
    return {
      docs: this.docs.data.subarray(0, this.count),
      codes: this.codes.data.subarray(0, this.count),
    };
  }

  /** Writes the places: where each group after the first begins, then the records. */
  writePlaces(out: ByteWriter): void {
    if (this.count > groupSize || this.isSorted) for (const _ of this.writeLongPlaces(out));
    else out.copy(this.records.data, 0, this.records.length);
  }

  /** The same in steps, between which `out` may be emptied. */
  *writeLongPlaces(out: ByteWriter): Generator<void> {
    yield* this.isSorted ? this.writeSortedGroups(out) : this.writeGroups(out);
    yield* this.isSorted ? this.writeSortedRecords(out) : this.writeRecords(out);
  }

  private *writeGroups(out: ByteWriter): Generator<void> {
    const reader = new ByteReader(this.records.data);
    for (let from = groupSize; from < this.count; ) {
      for (const to = Math.min(this.count, from + postingsPerStep); from < to; from += groupSize) {
        skipRecords(reader, this.codes.data, from - groupSize, from);
        out.uint32(reader.at);
      }
      yield;
    }
  }

  private *writeRecords(out: ByteWriter): Generator<void> {
    const { data, length } = this.records;
    for (let from = 0; from < length; from += bytesPerStep) {
      out.copy(data, from, Math.min(length, from + bytesPerStep));
      yield;
    }
  }

  private *writeSortedGroups(out: ByteWriter): Generator<void> {
    const [order, starts] = [this.order.data, this.starts.data];
    let bytes = 0;
    for (let from = 0; from < this.count; ) {
      for (const to = Math.min(this.count, from + postingsPerStep); from < to; from++) {
        if (from > 0 && from % groupSize === 0) out.uint32(bytes);
        bytes += starts[order[from]! + 1]! - starts[order[from]!]!;
      }
      yield;
    }
  }

  private *writeSortedRecords(out: ByteWriter): Generator<void> {
    const [order, starts, { data }] = [this.order.data, this.starts.data, this.records];
    for (let from = 0; from < this.count; ) {
      for (const to = Math.min(this.count, from + postingsPerStep); from < to; from++)
        out.copy(data, starts[order[from]!]!, starts[order[from]! + 1]!);
      yield;
    }
  }

  /** By posting: where its record begins; then where the last ends. */
  private *listStarts(): Generator<void> {
    const { starts, codes } = this;
    const reader = new ByteReader(this.records.data);
    starts.length = 0;
    starts.push(0);
    for (let from = 0; from < this.count; ) {
      for (const to = Math.min(this.count, from + postingsPerStep); from < to; from++) {
        skipRecord(reader, codes.data[from]!);
        starts.push(reader.at);
      }
      yield;
    }
  }

  /** Merges the runs, two at a time. */
  private *findOrder(): Generator<void> {
    for (const list of [this.order, this.spare]) {
      list.length = 0;
      list.extend(this.count);
    }
    for (let from = 0; from < this.count; ) {
      for (const to = Math.min(this.count, from + postingsPerStep); from < to; from++)
        this.order.data[from] = from;
      yield;
    }
    let bounds = [0, ...this.runs.data.subarray(0, this.runs.length), this.count];
    while (bounds.length > 2) {
      const kept = [0];
      for (let i = 0; i + 1 < bounds.length; i += 2) {
        const [start, middle] = [bounds[i]!, bounds[i + 1]!];
        const end = bounds[i + 2] ?? middle;
        yield* this.mergeRuns({ start, middle, end });
        kept.push(end);
      }
      [this.order, this.spare] = [this.spare, this.order];
      bounds = kept;
    }
  }

  /** From the order so far into the spare one. Yields within long runs only. */
  private *mergeRuns({ start, middle, end }: NeighbourRuns): Generator<void> {
    const [docs, from, to] = [this.docs.data, this.order.data, this.spare.data];
    let a = start;
    let b = middle;
    for (let next = start; next < end; ) {
      for (const stop = Math.min(end, next + postingsPerStep); next < stop; next++) {
        const takeFirst = b >= end || (a < middle && docs[from[a]!]! <= docs[from[b]!]!);
        to[next] = takeFirst ? from[a++]! : from[b++]!;
      }
      if (next < end) yield;
    }
  }

  private *sortPostings(): Generator<void> {
    const { order, docs, codes, spare, spareCodes } = this;
    spareCodes.clear();
    for (let from = 0; from < this.count; ) {
      for (const to = Math.min(this.count, from + postingsPerStep); from < to; from++) {
        const posting = order.data[from]!;
        spare.data[from] = docs.data[posting]!;
        spareCodes.byte(codes.data[posting]!);
      }
      yield;
    }
    [this.docs, this.spare] = [spare, docs];
    [this.codes, this.spareCodes] = [spareCodes, codes];
  }
}
