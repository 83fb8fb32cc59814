// The stems of a segment in the order of their UTF-8 bytes, sharing beginnings within blocks: found by binary search
// without ever being turned into strings.
import { ByteReader, ByteWriter } from "./bytes.ts";
import { termsPerBlock } from "./segment-format.ts";

/** Writes stems that come in rising order of bytes. */
export class DictionaryWriter {
  readonly bytes = new ByteWriter();
  readonly blocks: number[] = [];
  private readonly before = new ByteWriter(64);
  private count = 0;

  /** Adds the stem of these first `length` bytes. */
  add(stem: Uint8Array, length = stem.length): void {
    if (this.count % termsPerBlock === 0) {
      this.blocks.push(this.bytes.length);
      this.before.clear();
    }
    const shared = this.sharedLength(stem, length);
    this.bytes.varint(shared);
    this.bytes.varint(length - shared);
    this.bytes.copy(stem, shared, length);
    this.before.length = shared;
    this.before.copy(stem, shared, length);
    this.count++;
  }

  private sharedLength(stem: Uint8Array, length: number): number {
    const { data, length: most } = this.before;
    let i = 0;
    while (i < most && i < length && data[i] === stem[i]) i++;
    return i;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Dictionary {
  readonly count: number;
  private readonly bytes: Uint8Array;
  private readonly blocks: Uint32Array;
  private readonly reader: ByteReader;
  /** Whether the last lower bound is the wanted stem itself. */
  private exact = false;

  constructor(bytes: Uint8Array, blocks: Uint32Array, count: number) {
    this.bytes = bytes;
    this.reader = new ByteReader(bytes);
    this.blocks = blocks;
    this.count = count;
  }

  /** Number of the stem (its UTF-8 bytes); -1 when it is not here. */
  find(stem: Uint8Array): number {
    const term = this.lowerBound(stem);
    return this.exact ? term : -1;
  }

  /** Numbers of the stems that begin so: from the first up to, not including, the second. */
  range(prefix: string): [number, number] {
    const wanted = encoder.encode(prefix);
    const after = wanted.slice();
    // The next byte string after all with this beginning: UTF-8 has no byte 0xff, so adding one never overflows.
    if (after.length > 0) after[after.length - 1]!++;
    return [this.lowerBound(wanted), after.length > 0 ? this.lowerBound(after) : this.count];
  }

  stem(term: number): string {
    return decoder.decode(this.bytesOf(term));
  }

  /** A copy of a stem's bytes. */
  bytesOf(term: number): Uint8Array {
    const reader = new ByteReader(this.bytes, this.blocks[Math.floor(term / termsPerBlock)]!);
    const stem = new ByteWriter(64);
    for (let left = term % termsPerBlock; left >= 0; left--) {
      stem.length = reader.varint();
      const own = reader.varint();
      stem.copy(this.bytes, reader.at, reader.at + own);
      reader.skip(own);
    }
    return stem.view();
  }

  /** Starts before the first stem. */
  walk(): StemCursor {
    return new StemCursor(this.bytes, this.count);
  }

  /** Number of the first stem that is not below. */
  private lowerBound(wanted: Uint8Array): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compareBlockStart(middle, wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    this.exact = false;
    return low === 0 ? 0 : this.lowerBoundInBlock(low - 1, wanted);
  }

  private compareBlockStart(block: number, wanted: Uint8Array): number {
    const { reader } = this;
    // A block's first stem is whole: its shared length is 0, one byte.
    reader.at = this.blocks[block]! + 1;
    return compareRange(this.bytes, reader.varint(), reader.at, wanted);
  }

  private lowerBoundInBlock(block: number, wanted: Uint8Array): number {
    const first = block * termsPerBlock;
    const last = Math.min(this.count, first + termsPerBlock);
    const { reader } = this;
    reader.at = this.blocks[block]!;
    // How many bytes the stem before had in common with the wanted one; it was below.
    let matched = 0;
    for (let term = first; term < last; term++) {
      const shared = reader.varint();
      const own = reader.varint();
      if (shared < matched) return term;
      if (shared === matched) {
        const common = this.commonLength(reader.at, own, wanted, shared);
        matched = shared + common;
        this.exact = common === own && matched === wanted.length;
        if (this.exact || !this.isBelow(reader.at + common, common === own, wanted[matched])) return term;
      }
      reader.skip(own);
    }
    return last;
  }

  /** Length of the common beginning of bytes[start, start + length) and wanted[from..]. */
  private commonLength(start: number, length: number, wanted: Uint8Array, from: number): number {
    let common = 0;
    while (
      common < length &&
      from + common < wanted.length &&
      this.bytes[start + common] === wanted[from + common]
    ) {
      common++;
    }
    return common;
  }

  /** Order of two stems at their first difference; `next` is undefined where the wanted one ends. */
  private isBelow(at: number, ended: boolean, next: number | undefined): boolean {
    if (ended) return next !== undefined;
    return next !== undefined && this.bytes[at]! < next;
  }
}

/** Walks the stems of a dictionary in order. */
export class StemCursor {
  private readonly reader: ByteReader;
  private readonly current = new ByteWriter(64);
  private left: number;

  constructor(bytes: Uint8Array, count: number) {
    this.reader = new ByteReader(bytes);
    this.left = count;
  }

  /** Moves to the next stem; false when there is none. */
  next(): boolean {
    if (this.left-- <= 0) return false;
    const { reader, current } = this;
    current.length = reader.varint();
    const own = reader.varint();
    current.copy(reader.bytes, reader.at, reader.at + own);
    reader.skip(own);
    return true;
  }

  /** The stem's bytes; valid until the next. */
  get stem(): ByteWriter {
    return this.current;
  }
}

/** Order of bytes, a shorter one before its continuations. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return compareRange(a, a.length, 0, b);
}

/** The same order for what two writers hold. */
export function compareWritten(a: ByteWriter, b: ByteWriter): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = a.data[i]! - b.data[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareRange(bytes: Uint8Array, length: number, start: number, other: Uint8Array): number {
  const shorter = Math.min(length, other.length);
  for (let i = 0; i < shorter; i++) {
    const difference = bytes[start + i]! - other[i]!;
    if (difference !== 0) return difference;
  }
  return length - other.length;
}
