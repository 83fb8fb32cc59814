// A finished segment as a source of the one it is merged into.
import { ByteReader, type ByteWriter } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import type { StemCursor } from "./dictionary.ts";
import type { FileSegment } from "./file-segment.ts";
import { skipRecord } from "./place-records.ts";
import type { SectionStream } from "./section.ts";
import type { BuildSource } from "./segment-build.ts";
import type { TermBuffer } from "./term-buffer.ts";

/** Papers removed from the segment later are still seen by this source. */
export class FileSource implements BuildSource {
  readonly size: number;
  private readonly segment: FileSegment;
  private readonly removed: ReadonlySet<number>;
  private term = -1;
  private readonly stems: StemCursor;
  private readonly inverted: SectionStream;
  /** The term's postings: how many, where their packed frequencies begin and their records end, and how many are copied. */
  private count = 0;
  private codesAt = 0;
  private recordsEnd = 0;
  private copied = 0;
  /** The last doc, and where the next gap and the next record stand. */
  private doc = -1;
  private readonly gaps = new ByteReader(new Uint8Array(0));
  private readonly records = new ByteReader(new Uint8Array(0));

  constructor(segment: FileSegment) {
    this.segment = segment;
    this.size = segment.size;
    this.removed = new Set(segment.removed.docs());
    this.stems = segment.dictionary.walk();
    this.inverted = segment.inverted.stream();
  }

  listDocs(): Int32Array {
    return new Int32Array(this.size).map((_, doc) => doc).filter((doc) => !this.removed.has(doc));
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

  readStored(doc: number): Uint8Array {
    return this.segment.readStored(doc);
  }

  readColumns(): Columns {
    return this.segment.columns;
  }

  /** They are in order. */
  *sortTerms(): Generator<void> {}

  nextTerm(): boolean {
    if (!this.stems.next()) return false;
    const place = this.segment.placeOf(++this.term);
    const at = this.inverted.moveTo(place.start, place.end);
    this.count = place.count;
    this.codesAt = at + place.codes - place.start;
    this.recordsEnd = at + place.end - place.start;
    this.copied = 0;
    this.doc = -1;
    this.gaps.bytes = this.records.bytes = this.inverted.bytes;
    this.gaps.at = at;
    this.records.at = at + place.records - place.start;
    return true;
  }

  get stem(): ByteWriter {
    return this.stems.stem;
  }

  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean {
    const { gaps, records, codesAt, count, removed } = this;
    const { bytes } = gaps;
    const end = Math.min(count, this.copied + limit);
    let { doc } = this;
    for (let i = this.copied; i < end; i++) {
      doc += gaps.varint() + 1;
      const newDoc = newDocs[doc]!;
      if (newDoc >= 0) into.addPosting(newDoc, bytes[codesAt + i]!);
      if (removed.size === 0) continue;
      const start = records.at;
      skipRecord(records, bytes[codesAt + i]!);
      if (newDoc >= 0) into.addRecords(bytes, start, records.at);
    }
    // Nearly always all stay.
    if (end === count && removed.size === 0) into.addRecords(bytes, records.at, this.recordsEnd);
    this.doc = doc;
    this.copied = end;
    return end === count;
  }
}
