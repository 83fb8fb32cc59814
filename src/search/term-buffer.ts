// The postings of one term while a segment is written: gathered in any order of papers, encoded in rising order.
import { ByteReader, ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { skipRecord, skipRecords } from "./place-records.ts";
import { placeGroupBits } from "./segment-format.ts";

const groupSize = 1 << placeGroupBits;
const longestVarint = 5;

export class TermBuffer {
  private readonly docs = new IntList();
  private readonly codes = new ByteWriter();
  private readonly records = new ByteWriter();
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

  /** Writes the postings: gaps between papers, then the packed frequencies. */
  writePostings(out: ByteWriter): void {
    const order = this.order();
    out.reserve((longestVarint + 1) * this.count);
    const { data: docs } = this.docs;
    let before = -1;
    for (let i = 0; i < this.count; i++) {
      const doc = docs[order ? order[i]! : i]!;
      out.reservedVarint(doc - before - 1);
      before = doc;
    }
    const { data, length } = this.codes;
    if (!order) out.copy(data, 0, length);
    else for (const posting of order) out.byte(data[posting]!);
  }

  /** Writes the places: where each group after the first begins, then the records. */
  writePlaces(out: ByteWriter): void {
    const order = this.order();
    if (order) {
      this.writeOrdered(order, out);
      return;
    }
    const { codes, records } = this;
    const reader = new ByteReader(records.data);
    for (let i = groupSize; i < this.count; i += groupSize) {
      skipRecords(reader, codes.data, i - groupSize, i);
      out.uint32(reader.at);
    }
    out.copy(records.data, 0, records.length);
  }

  private writeOrdered(order: Int32Array, out: ByteWriter): void {
    const { data } = this.records;
    const starts = this.listStarts();
    let offset = 0;
    for (let i = 0; i < this.count; i++) {
      if (i > 0 && i % groupSize === 0) out.uint32(offset);
      offset += starts[order[i]! + 1]! - starts[order[i]!]!;
    }
    for (const i of order) out.copy(data, starts[i]!, starts[i + 1]!);
  }

  /** By posting: where its record begins; then where the last ends. */
  private listStarts(): Int32Array {
    const starts = new Int32Array(this.count + 1);
    const reader = new ByteReader(this.records.data);
    for (let i = 0; i < this.count; i++) {
      skipRecord(reader, this.codes.data[i]!);
      starts[i + 1] = reader.at;
    }
    return starts;
  }

  /** Postings by rising paper, merged run by run; null when they are so already. */
  private order(): Int32Array | null {
    if (this.runs.length === 0) return null;
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
