// A finished segment as a source of the one it is merged into.
import { ByteReader, type ByteWriter } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import type { StemCursor } from "./dictionary.ts";
import type { FileSegment } from "./file-segment.ts";
import { skipRecord } from "./place-records.ts";
import type { BuildSource } from "./segment-build.ts";
import type { TermBuffer } from "./term-buffer.ts";

interface Encoded {
  docs: Int32Array;
  codes: Uint8Array;
  records: Uint8Array;
}

const nothing: Encoded = { docs: new Int32Array(0), codes: new Uint8Array(0), records: new Uint8Array(0) };

/** Papers removed from the segment later are still seen by this source. */
export class FileSource implements BuildSource {
  readonly size: number;
  readonly termCount: number;
  private readonly segment: FileSegment;
  private readonly removed: ReadonlySet<number>;
  term = -1;
  private readonly stems: StemCursor;
  /** The term's postings, how many of its postings are copied, and where the next record begins. */
  private open: Encoded = nothing;
  private copied = 0;
  private reader = new ByteReader(nothing.records);

  constructor(segment: FileSegment) {
    this.segment = segment;
    this.size = segment.size;
    this.termCount = segment.dictionary.count;
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

  readTerms(doc: number): Int32Array {
    return this.segment.readTerms(doc);
  }

  /** They are in order. */
  *sortTerms(): Generator<void> {}

  nextTerm(): boolean {
    if (!this.stems.next()) return false;
    this.term++;
    this.open = this.segment.readEncoded(this.term);
    this.copied = 0;
    this.reader = new ByteReader(this.open.records);
    return true;
  }

  get stem(): ByteWriter {
    return this.stems.stem;
  }

  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean {
    const { reader } = this;
    const { docs, codes, records } = this.open;
    const end = Math.min(docs.length, this.copied + limit);
    for (let i = this.copied; i < end; i++) {
      const start = reader.at;
      skipRecord(reader, codes[i]!);
      const newDoc = newDocs[docs[i]!]!;
      if (newDoc >= 0) into.addEncoded(newDoc, codes[i]!, records, start, reader.at);
    }
    this.copied = end;
    return end === docs.length;
  }
}
