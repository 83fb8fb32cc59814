// The postings of one term while a segment is written: gathered in any order of papers, encoded in rising order. What is long is
// brought into order and written in steps.
import { ByteReader, ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { skipRecord, skipRecords } from "./place-records.ts";
import { pickPostings, type RisingPostings } from "./rising-postings.ts";
import { placeGroupBits } from "./segment-format.ts";

const groupSize = 1 << placeGroupBits;
/** Postings looked at, and bytes copied, between two yields: each about a millisecond. */
const postingsPerStep = 1 << 15;
const bytesPerStep = 1 << 19;

export class TermBuffer {
  private readonly docs = new IntList();
  private readonly codes = new ByteWriter();
  private records = new ByteWriter();
  /** Records in another order are written here. */
  private spare = new ByteWriter();
  /** Where postings begin that do not go on rising from those before. */
  private readonly runs = new IntList(16);
  private lastDoc = -1;

  get count(): number {
    return this.docs.length;
  }

  clear(): void {
    this.docs.length = 0;
    this.codes.clear();
    this.records.clear();
    this.runs.length = 0;
    this.lastDoc = -1;
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
    return this.runs.length === 0;
  }

  /** Puts the postings into rising order of papers, which they must be in before they are listed or written. */
  *sort(): Generator<void> {
    if (this.isRising) return;
    const order = yield* this.order();
    yield* this.sortRecords(order);
    const { docs, codes } = this.list();
    const rising = pickPostings({ docs, codes }, order);
    docs.set(rising.docs);
    codes.set(rising.codes);
    this.runs.length = 0;
    yield;
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
    this.writeGroups(new ByteReader(this.records.data), { from: groupSize, to: this.count }, out);
    out.copy(this.records.data, 0, this.records.length);
  }

  /** The same in steps, between which `out` may be emptied. */
  *writeLongPlaces(out: ByteWriter): Generator<void> {
    const { records, count } = this;
    const reader = new ByteReader(records.data);
    for (let from = groupSize; from < count; from += postingsPerStep) {
      this.writeGroups(reader, { from, to: Math.min(count, from + postingsPerStep) }, out);
      yield;
    }
    for (let from = 0; from < records.length; from += bytesPerStep) {
      out.copy(records.data, from, Math.min(records.length, from + bytesPerStep));
      yield;
    }
  }

  /** Of the groups that begin with the postings `from` to `to` (not included); the reader stands where the one before begins. */
  private writeGroups(reader: ByteReader, { from, to }: { from: number; to: number }, out: ByteWriter): void {
    for (let i = from; i < to; i += groupSize) {
      skipRecords(reader, this.codes.data, i - groupSize, i);
      out.uint32(reader.at);
    }
  }

  private *sortRecords(order: Int32Array): Generator<void> {
    const starts = yield* this.listStarts();
    const { records, spare } = this;
    spare.clear();
    spare.reserve(records.length);
    for (let i = 0; i < order.length; i++) {
      spare.copy(records.data, starts[order[i]!]!, starts[order[i]! + 1]!);
      if (i % postingsPerStep === postingsPerStep - 1) yield;
    }
    this.records = spare;
    this.spare = records;
  }

  /** By posting: where its record begins; then where the last ends. */
  private *listStarts(): Generator<void, Int32Array> {
    const starts = new Int32Array(this.count + 1);
    const reader = new ByteReader(this.records.data);
    for (let i = 0; i < this.count; i++) {
      skipRecord(reader, this.codes.data[i]!);
      starts[i + 1] = reader.at;
      if (i % postingsPerStep === postingsPerStep - 1) yield;
    }
    return starts;
  }

  /** Postings by rising paper, merged run by run. */
  private *order(): Generator<void, Int32Array> {
    let order = new Int32Array(this.count).map((_, i) => i);
    let bounds = [0, ...this.runs.data.subarray(0, this.runs.length), this.count];
    while (bounds.length > 2) {
      const merged = new Int32Array(this.count);
      const kept = [0];
      for (let i = 0; i + 1 < bounds.length; i += 2) {
        const [start, middle] = [bounds[i]!, bounds[i + 1]!];
        const end = bounds[i + 2] ?? middle;
        this.mergeRuns(order, merged, { start, middle, end });
        kept.push(end);
        if (end - start > postingsPerStep) yield;
      }
      order = merged;
      bounds = kept;
    }
    return order;
  }

  private mergeRuns(from: Int32Array, to: Int32Array, run: { start: number; middle: number; end: number }) {
    const { data } = this.docs;
    let a = run.start;
    let b = run.middle;
    for (let i = run.start; i < run.end; i++) {
      const takeFirst = b >= run.end || (a < run.middle && data[from[a]!]! <= data[from[b]!]!);
      to[i] = takeFirst ? from[a++]! : from[b++]!;
    }
  }
}
