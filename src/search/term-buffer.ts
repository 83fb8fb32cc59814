// The postings of one term while a segment is written: gathered in any order of papers, encoded in rising order.
import { type ByteReader, ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { fieldCount, frequencyOf, maxFrequencies } from "./scoring.ts";
import { fieldShift } from "./segment.ts";
import { placeGroupBits } from "./segment-format.ts";

const groupSize = 1 << placeGroupBits;
const placeMask = (1 << fieldShift) - 1;

export class TermBuffer {
  private readonly docs = new IntList();
  private readonly codes = new ByteWriter();
  private readonly records = new ByteWriter();
  private readonly starts = new IntList();
  private rising = true;

  get count(): number {
    return this.docs.length;
  }

  clear(): void {
    this.docs.length = 0;
    this.starts.length = 0;
    this.codes.clear();
    this.records.clear();
    this.rising = true;
  }

  /** Adds a posting whose record of places is already encoded, in bytes[start] to bytes[end] (not included). */
  addEncoded(doc: number, code: number, bytes: Uint8Array, start: number, end: number): void {
    this.begin(doc, code);
    this.records.copy(bytes, start, end);
  }

  /** Adds a posting with its places from data[start] to data[end] (not included), field in the upper bits. */
  addPlaces(doc: number, code: number, data: Int32Array, start: number, end: number): void {
    this.begin(doc, code);
    let at = start;
    for (let field = 0; field < fieldCount; field++) {
      const frequency = frequencyOf(code, field);
      if (frequency === 0) continue;
      const first = at;
      while (at < end && data[at]! >> fieldShift === field) at++;
      if (frequency === maxFrequencies[field]) this.records.varint(at - first - frequency);
      let before = 0;
      for (let i = first; i < at; i++) {
        const place = data[i]! & placeMask;
        this.records.varint(place - before);
        before = place;
      }
    }
  }

  private begin(doc: number, code: number): void {
    if (this.count > 0 && doc < this.docs.data[this.count - 1]!) this.rising = false;
    this.docs.push(doc);
    this.codes.byte(code);
    this.starts.push(this.records.length);
  }

  /** Writes the postings: gaps between papers, then the packed frequencies. */
  writePostings(out: ByteWriter): void {
    const order = this.order();
    let before = -1;
    for (let i = 0; i < this.count; i++) {
      const doc = this.docs.data[order ? order[i]! : i]!;
      out.varint(doc - before - 1);
      before = doc;
    }
    const { data, length } = this.codes;
    if (!order) out.copy(data, 0, length);
    else for (const posting of order) out.byte(data[posting]!);
  }

  /** Writes the places: where each group after the first begins, then the records. */
  writePlaces(out: ByteWriter): void {
    const order = this.order();
    let offset = 0;
    for (let i = 0; i < this.count; i++) {
      if (i > 0 && i % groupSize === 0) out.uint32(offset);
      const posting = order ? order[i]! : i;
      offset += this.recordEnd(posting) - this.starts.data[posting]!;
    }
    const { data, length } = this.records;
    if (!order) out.copy(data, 0, length);
    else for (const i of order) out.copy(data, this.starts.data[i]!, this.recordEnd(i));
  }

  private recordEnd(posting: number): number {
    return posting + 1 < this.count ? this.starts.data[posting + 1]! : this.records.length;
  }

  /** Postings by rising paper; null when they are so already. */
  private order(): Int32Array | null {
    if (this.rising) return null;
    const order = new Int32Array(this.count).map((_, i) => i);
    return order.sort((a, b) => this.docs.data[a]! - this.docs.data[b]!);
  }
}

/** Moves a reader past the record of a posting with these packed frequencies. */
export function skipRecord(reader: ByteReader, code: number): void {
  for (let field = 0; field < fieldCount; field++) {
    for (let left = countPlaces(reader, code, field); left > 0; left--) reader.varint();
  }
}

/** Reads a record into `places`, field in the upper bits; returns how many there are. */
export function readRecord(reader: ByteReader, code: number, places: IntList): number {
  places.length = 0;
  for (let field = 0; field < fieldCount; field++) {
    let place = 0;
    for (let left = countPlaces(reader, code, field); left > 0; left--) {
      place += reader.varint();
      places.push((field << fieldShift) | place);
    }
  }
  return places.length;
}

function countPlaces(reader: ByteReader, code: number, field: number): number {
  const frequency = frequencyOf(code, field);
  return frequency > 0 && frequency === maxFrequencies[field] ? frequency + reader.varint() : frequency;
}
