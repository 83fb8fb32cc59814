// A finished segment as a source of the one it is merged into.
import { ByteReader, type ByteWriter } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import type { StemCursor } from "./dictionary.ts";
import type { EncodedPostings, FileSegment } from "./file-segment.ts";
import { skipRecord } from "./place-records.ts";
import type { BuildSource } from "./segment-build.ts";
import type { TermBuffer } from "./term-buffer.ts";

const nothing: EncodedPostings = { count: 0, bytes: new Uint8Array(0), codesAt: 0, recordsAt: 0 };

/** Papers removed from the segment later are still seen by this source. */
export class FileSource implements BuildSource {
  readonly size: number;
  private readonly segment: FileSegment;
  private readonly removed: ReadonlySet<number>;
  private term = -1;
  private readonly stems: StemCursor;
  /** The term's postings, how many of them are copied, the last doc, and where the next gap and the next record stand. */
  private open = nothing;
  private copied = 0;
  private doc = -1;
  private readonly gaps = new ByteReader(nothing.bytes);
  private readonly records = new ByteReader(nothing.bytes);

  constructor(segment: FileSegment) {
    this.segment = segment;
    this.size = segment.size;
    this.removed = new Set(segment.removed.docs());
    this.stems = segment.dictionary.walk();
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
    this.term++;
    this.open = this.segment.readEncoded(this.term);
    this.copied = 0;
    this.doc = -1;
    this.gaps.bytes = this.open.bytes;
    this.gaps.at = 0;
    this.records.bytes = this.open.bytes;
    this.records.at = this.open.recordsAt;
    return true;
  }

  get stem(): ByteWriter {
    return this.stems.stem;
  }

  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean {
    const { gaps, records } = this;
    const { bytes, codesAt, count } = this.open;
    const end = Math.min(count, this.copied + limit);
    let { doc } = this;
    // Records that stay are copied together, up to one that does not.
    let from = records.at;
    for (let i = this.copied; i < end; i++) {
      doc += gaps.varint() + 1;
      const start = records.at;
      skipRecord(records, bytes[codesAt + i]!);
      const newDoc = newDocs[doc]!;
      if (newDoc >= 0) {
        into.addPosting(newDoc, bytes[codesAt + i]!, records.at - start);
      } else {
        into.addRecords(bytes, from, start);
        from = records.at;
      }
    }
    into.addRecords(bytes, from, records.at);
    this.doc = doc;
    this.copied = end;
    return end === count;
  }
}
