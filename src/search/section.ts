// A long part of a segment's file, read lazily by pages; every page is checked against its checksum when it is read.
import { crc32 } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import { IndexDamage } from "./damage.ts";
import type { BoundedCache } from "./index-cache.ts";
import { bytesPerStep, pageBits, pageSize } from "./segment-format.ts";

/** Longer pieces are read at once and not kept as pages: what is decoded from them is kept instead. */
const maxCachedPages = 4;

export interface SectionOptions {
  source: ByteSource;
  offset: number;
  length: number;
  /** CRC-32 of each page; may be longer. */
  checksums: Uint32Array;
  cache: BoundedCache<Uint8Array>;
  /** Tells this section's pages in the cache from others'. */
  serial: number;
}

export class Section {
  readonly length: number;
  private readonly options: SectionOptions;

  constructor(options: SectionOptions) {
    this.options = options;
    this.length = options.length;
  }

  /** Bytes from start to end (not included); do not write to them. Throws IndexDamage. */
  read(start: number, end: number): Uint8Array {
    if (end <= start) return new Uint8Array(0);
    const first = start >>> pageBits;
    const last = (end - 1) >>> pageBits;
    const from = first * pageSize;
    if (first === last) return this.page(first).subarray(start - from, end - from);
    if (last - first < maxCachedPages) return this.joinPages(start, end);
    return this.readChecked(first, last).subarray(start - from, end - from);
  }

  /** All of it, in steps. Throws IndexDamage. */
  *readWhole(): Generator<void, Uint8Array> {
    const bytes = new Uint8Array(this.length);
    for (let start = 0; start < this.length; start += bytesPerStep) {
      const end = Math.min(this.length, start + bytesPerStep);
      bytes.set(this.readChecked(start >>> pageBits, (end - 1) >>> pageBits), start);
      yield;
    }
    return bytes;
  }

  /** Checks every page. Throws IndexDamage. */
  verify(): void {
    const pages = Math.ceil(this.length / pageSize);
    for (let page = 0; page < pages; page++) this.readChecked(page, page);
  }

  /** The page of this number; do not write to it. Throws IndexDamage. */
  page(number: number): Uint8Array {
    const { cache, serial } = this.options;
    const key = serial * 2 ** 24 + number;
    const known = cache.get(key);
    if (known) return known;
    const bytes = this.readChecked(number, number);
    cache.set(key, bytes, bytes.length + 100);
    return bytes;
  }

  /** A copy of bytes that lie in more than one page. */
  private joinPages(start: number, end: number): Uint8Array {
    const joined = new Uint8Array(end - start);
    for (let at = start; at < end; ) {
      const page = this.page(at >>> pageBits);
      const inPage = at & (pageSize - 1);
      const length = Math.min(end - at, pageSize - inPage);
      joined.set(page.subarray(inPage, inPage + length), at - start);
      at += length;
    }
    return joined;
  }

  /** Reads it from its beginning on, for who reads all of it once. */
  stream(): SectionStream {
    const last = Math.max(0, Math.ceil(this.length / pageSize) - 1);
    return new SectionStream((first, end, room) => this.readChecked(first, Math.min(last, end), room));
  }

  private readChecked(first: number, last: number, room?: Uint8Array): Uint8Array {
    const { source, offset, length, checksums } = this.options;
    const from = first * pageSize;
    const bytes = source.read(offset + from, Math.min(length, (last + 1) * pageSize) - from, room);
    for (let number = first; number <= last; number++) {
      const start = (number - first) << pageBits;
      if (crc32(bytes.subarray(start, start + pageSize)) !== checksums[number]) {
        throw new IndexDamage(source.name, `is damaged near byte ${offset + from + start}`);
      }
    }
    return bytes;
  }
}

/** So many pages are read ahead at once. */
const pagesAhead = 16;

type ReadPages = (first: number, last: number, room: Uint8Array) => Uint8Array;

/** A section read piece by piece, each into the room of the one before where it fits; no page of it is kept. */
export class SectionStream {
  /** The piece that was read last; valid until the next. */
  bytes: Uint8Array = new Uint8Array(0);
  private start = 0;
  private room: Uint8Array = new Uint8Array(0);
  private readonly readPages: ReadPages;

  constructor(readPages: ReadPages) {
    this.readPages = readPages;
  }

  /** A view of the bytes from `start` to `end` (not included), valid until the next. Throws IndexDamage. */
  cut(start: number, end: number): Uint8Array {
    const at = this.moveTo(start, end);
    return this.bytes.subarray(at, at + end - start);
  }

  /** Where in `bytes` the bytes of the section from `start` to `end` (not included) begin. Throws IndexDamage. */
  moveTo(start: number, end: number): number {
    if (end > this.start + this.bytes.length) {
      const first = start >>> pageBits;
      this.bytes = this.readPages(first, Math.max((end - 1) >>> pageBits, first + pagesAhead), this.room);
      if (this.bytes.length > this.room.length) this.room = this.bytes;
      this.start = first * pageSize;
    }
    return start - this.start;
  }
}
