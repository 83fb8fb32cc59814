// The stems of a segment in the order of their UTF-8 bytes, sharing beginnings within blocks: found by binary search
// without ever being turned into strings.
import { ByteReader, ByteWriter } from "./bytes.ts";
import { termsPerBlock } from "./segment-format.ts";

/** Writes stems that come in rising order of bytes. */
export class DictionaryWriter {
  readonly bytes = new ByteWriter();
  readonly blocks: number[] = [];
  private before: Uint8Array = new Uint8Array(0);
  private count = 0;

  add(stem: Uint8Array): void {
    if (this.count % termsPerBlock === 0) {
      this.blocks.push(this.bytes.length);
      this.before = new Uint8Array(0);
    }
    const shared = sharedLength(this.before, stem);
    this.bytes.varint(shared);
    this.bytes.varint(stem.length - shared);
    this.bytes.raw(stem.subarray(shared));
    this.before = stem.slice();
    this.count++;
  }
}

function sharedLength(a: Uint8Array, b: Uint8Array): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Dictionary {
  readonly count: number;
  private readonly bytes: Uint8Array;
  private readonly blocks: Uint32Array;

  constructor(bytes: Uint8Array, blocks: Uint32Array, count: number) {
    this.bytes = bytes;
    this.blocks = blocks;
    this.count = count;
  }

  /** Number of the stem; -1 when it is not here. */
  find(stem: string): number {
    const wanted = encoder.encode(stem);
    const term = this.lowerBound(wanted);
    if (term === this.count) return -1;
    return compareBytes(this.bytesOf(term), wanted) === 0 ? term : -1;
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
      stem.raw(this.bytes.subarray(reader.at, reader.at + own));
      reader.skip(own);
    }
    return stem.view();
  }

  /** Visits all stems in order; the bytes are valid during the call. */
  *each(): Generator<Uint8Array> {
    const reader = new ByteReader(this.bytes);
    const stem = new ByteWriter(64);
    for (let term = 0; term < this.count; term++) {
      stem.length = reader.varint();
      const own = reader.varint();
      stem.raw(this.bytes.subarray(reader.at, reader.at + own));
      reader.skip(own);
      yield stem.view();
    }
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
    if (low === 0) return 0;
    return this.lowerBoundInBlock(low - 1, wanted);
  }

  private compareBlockStart(block: number, wanted: Uint8Array): number {
    const reader = new ByteReader(this.bytes, this.blocks[block]! + 1);
    const length = reader.varint();
    return compareRange(this.bytes, reader.at, length, wanted);
  }

  private lowerBoundInBlock(block: number, wanted: Uint8Array): number {
    const first = block * termsPerBlock;
    const last = Math.min(this.count, first + termsPerBlock);
    const reader = new ByteReader(this.bytes, this.blocks[block]!);
    const stem = new ByteWriter(64);
    for (let term = first; term < last; term++) {
      stem.length = reader.varint();
      const own = reader.varint();
      stem.raw(this.bytes.subarray(reader.at, reader.at + own));
      reader.skip(own);
      if (compareBytes(stem.view(), wanted) >= 0) return term;
    }
    return last;
  }
}

/** Order of bytes, a shorter one before its continuations. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return compareRange(a, 0, a.length, b);
}

function compareRange(bytes: Uint8Array, start: number, length: number, other: Uint8Array): number {
  const shorter = Math.min(length, other.length);
  for (let i = 0; i < shorter; i++) {
    const difference = bytes[start + i]! - other[i]!;
    if (difference !== 0) return difference;
  }
  return length - other.length;
}
