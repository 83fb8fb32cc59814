// Writes the sections of a segment one after another, with their checksums, to a file or into memory.
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { ByteWriter } from "./bytes.ts";
import {
  bytesPerStep,
  endMark,
  type Footer,
  mostSectionBytes,
  type PagedSection,
  pageSize,
  type SectionPlace,
  type TableSection,
} from "./segment-format.ts";

/** Takes bytes in order. */
export interface Sink {
  write(bytes: Uint8Array): void;
  close(): void;
  /** Gives up what was written; harmless twice, and when it is closed. */
  discard(): void;
}

/** A new file; it must not exist. */
export function openFileSink(path: string): Sink {
  const fd = openSync(path, "wx");
  let open = true;
  const close = () => {
    if (open) closeSync(fd);
    open = false;
  };
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    },
    close,
    discard() {
      close();
      rmSync(path, { force: true });
    },
  };
}

export interface MemorySink extends Sink {
  bytes(): Uint8Array;
}

export function memorySink(): MemorySink {
  const all = new ByteWriter(1 << 20);
  return { write: (bytes) => all.raw(bytes), close() {}, discard() {}, bytes: () => all.view().slice() };
}

export class SegmentOutput {
  private readonly sink: Sink;
  private readonly sections: Partial<Record<PagedSection | TableSection, SectionPlace>> = {};
  private readonly pageChecksums: number[] = [];
  private readonly page = new Uint8Array(pageSize);
  private inPage = 0;
  private offset = 0;
  private written = 0;

  private readonly mostBytes: number;

  /** Of a paged section at most `mostBytes` are taken. */
  constructor(sink: Sink, mostBytes = mostSectionBytes) {
    this.sink = sink;
    this.mostBytes = mostBytes;
  }

  /** Adds bytes to the paged section being written. Throws RangeError when it would be longer than its offsets can say. */
  write(bytes: Uint8Array): void {
    if (this.written + bytes.length > this.mostBytes)
      throw new RangeError(`A section of a search segment would be longer than ${this.mostBytes} bytes.`);
    for (let done = 0; done < bytes.length; ) {
      const count = Math.min(bytes.length - done, pageSize - this.inPage);
      this.page.set(bytes.subarray(done, done + count), this.inPage);
      this.inPage += count;
      done += count;
      if (this.inPage === pageSize) this.endPage();
    }
    this.written += bytes.length;
  }

  private endPage(): void {
    const bytes = this.page.subarray(0, this.inPage);
    if (bytes.length > 0) this.pageChecksums.push(crc32(bytes));
    this.sink.write(bytes);
    this.inPage = 0;
  }

  /** Ends the paged section; paged sections come first, in the order of `pagedSections`. */
  endSection(name: PagedSection): void {
    this.endPage();
    this.sections[name] = { offset: this.offset, length: this.written, checksum: 0 };
    this.offset += this.written;
    this.written = 0;
  }

  /** Writes a table as a section of its own, in steps. */
  *table(name: TableSection, table: Uint8Array | Uint32Array): Generator<void> {
    const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
    let checksum = 0;
    for (let start = 0; start < bytes.length; start += bytesPerStep) {
      const piece = bytes.subarray(start, start + bytesPerStep);
      this.sink.write(piece);
      checksum = crc32(piece, checksum);
      yield;
    }
    this.sections[name] = { offset: this.offset, length: bytes.length, checksum };
    this.offset += bytes.length;
  }

  /** Writes checksums and footer and closes the sink; returns the length of the whole. */
  *end(papers: number, terms: number, format: number): Generator<void, number> {
    yield* this.table("checksums", Uint32Array.from(this.pageChecksums));
    const sections = this.sections as Footer["sections"];
    const footer = Buffer.from(JSON.stringify({ format, papers, terms, sections } satisfies Footer));
    const trailer = new ByteWriter(16);
    trailer.uint32(footer.length);
    trailer.uint32(crc32(footer));
    trailer.uint32(endMark);
    this.sink.write(footer);
    this.sink.write(trailer.view());
    this.sink.close();
    return this.offset + footer.length + trailer.length;
  }
}
