// A finished segment as a source of the one it is merged into. What is long is read piece by piece.
import { allBits, type Bits, listBits, noBits } from "./bits.ts";
import { ByteReader, type ByteWriter, readUint32 } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import type { StemCursor } from "./dictionary.ts";
import type { FileSegment } from "./file-segment.ts";
import { skipRecord } from "./place-records.ts";
import type { SectionStream } from "./section.ts";
import type { BuildSource } from "./segment-build.ts";
import { isKeptAsBits, placeGroupBits } from "./segment-format.ts";
import type { TermBuffer } from "./term-buffer.ts";
import type { TermPlace } from "./term-places.ts";

/** A term's postings and places up to so many bytes are read at once. */
const longestAtOnce = 1 << 18;

/** Papers removed from the segment later are still seen by this source. */
export class FileSource implements BuildSource {
  readonly size: number;
  private readonly segment: FileSegment;
  private readonly docs: Int32Array;
  private term = -1;
  readonly readStored: BuildSource["readStored"];
  private readonly stems: StemCursor;
  private readonly inverted: SectionStream;
  /** Places of terms that are too long to be read at once. */
  private readonly longPlaces: SectionStream;
  private place: TermPlace = { count: 0, start: 0, codes: 0, groups: 0, records: 0, end: 0 };
  /** The term's papers and packed frequencies, and where in them the latter and the groups of places begin. */
  private bytes: Uint8Array = new Uint8Array(0);
  private codesAt = 0;
  private groupsAt = 0;
  private places: SectionStream;
  /** How many postings are copied; the last doc, and where the next gap stands. */
  private copied = 0;
  private doc = -1;
  private readonly gaps = new ByteReader(new Uint8Array(0));
  private readonly records = new ByteReader(new Uint8Array(0));
  /** Of a term kept as bits: its docs as far as they are listed, in memory that stays for the next. */
  private listed: Int32Array | null = null;
  private bits: Bits = noBits(0);
  private room = new Int32Array(0);
  private listedCount = 0;
  private nextWord = 0;

  constructor(segment: FileSegment) {
    this.segment = segment;
    this.size = segment.size;
    const bits = allBits(this.size);
    segment.removed.dropFrom(bits);
    this.docs = listBits(bits, this.size - segment.removed.count);
    this.readStored = segment.streamStored();
    this.stems = segment.dictionary.walk();
    this.inverted = segment.inverted.stream();
    this.longPlaces = segment.inverted.stream();
    this.places = this.inverted;
  }

  listDocs(): Int32Array {
    return this.docs;
  }

  keyOf(doc: number): number {
    return this.segment.keyOf(doc);
  }

  lengthsOf(doc: number): number {
    return this.segment.lengths[doc]!;
  }

  titleHashOf(doc: number): number {
    return this.segment.titleHashOf(doc);
  }

  readColumns(): Generator<void, Columns> {
    return this.segment.readColumns();
  }

  /** They are in order. */
  *sortTerms(): Generator<void> {}

  nextTerm(): boolean {
    if (!this.stems.next()) return false;
    const place = this.segment.terms.find(++this.term);
    const isLong = place.end - place.start > longestAtOnce;
    const at = this.inverted.moveTo(place.start, isLong ? place.records : place.end);
    this.place = place;
    this.bytes = this.gaps.bytes = this.inverted.bytes;
    this.gaps.at = at;
    this.codesAt = at + place.codes - place.start;
    this.groupsAt = at + place.groups - place.start;
    this.places = isLong ? this.longPlaces : this.inverted;
    this.copied = 0;
    this.doc = -1;
    this.listed = isKeptAsBits(place.count, this.size) ? this.openBits(at) : null;
    return true;
  }

  private openBits(at: number): Int32Array {
    if (this.bits.length === 0) {
      this.bits = noBits(this.size);
      this.room = new Int32Array(this.size);
    }
    const { byteLength } = this.bits;
    new Uint8Array(this.bits.buffer).set(this.bytes.subarray(at, at + byteLength));
    this.listedCount = 0;
    this.nextWord = 0;
    return this.room;
  }

  /** Lists as many docs of a term kept as bits, or some more. */
  private listUpTo(count: number): void {
    const { bits, room } = this;
    for (; this.listedCount < count; this.nextWord++) {
      for (let left = bits[this.nextWord]!; left !== 0; left &= left - 1)
        room[this.listedCount++] = (this.nextWord << 5) + 31 - Math.clz32(left & -left);
    }
  }

  get stem(): ByteWriter {
    return this.stems.stem;
  }

  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean {
    const { bytes, codesAt, gaps, listed, records } = this;
    const end = Math.min(this.place.count, this.copied + limit);
    const length = this.openRecords(end);
    const allStay = this.docs.length === this.size;
    if (allStay) into.addRecords(records.bytes, records.at, records.at + length);
    if (listed) this.listUpTo(end);
    let { doc } = this;
    for (let i = this.copied; i < end; i++) {
      doc = listed ? listed[i]! : doc + gaps.varint() + 1;
      const newDoc = newDocs[doc]!;
      if (newDoc >= 0) into.addPosting(newDoc, bytes[codesAt + i]!);
      if (allStay) continue;
      const start = records.at;
      skipRecord(records, bytes[codesAt + i]!);
      if (newDoc >= 0) into.addRecords(records.bytes, start, records.at);
    }
    this.doc = doc;
    this.copied = end;
    return end === this.place.count;
  }

  /** Puts the reader of records before those of the postings that are copied next, up to `end` (not included); returns their length. */
  private openRecords(end: number): number {
    const { places, records } = this;
    const start = this.startOfRecord(this.copied);
    const stop = this.startOfRecord(end);
    records.at = places.moveTo(start, stop);
    records.bytes = places.bytes;
    return stop - start;
  }

  /** Offset in the inverted section; the posting is the first of a group, or behind the last. */
  private startOfRecord(posting: number): number {
    const { count, end, records } = this.place;
    if (posting === 0) return records;
    if (posting === count) return end;
    return records + readUint32(this.bytes, this.groupsAt + 4 * ((posting >> placeGroupBits) - 1));
  }
}
