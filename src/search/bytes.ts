// Bytes written and read one after another: whole numbers as LEB128 varints (7 bits a byte, low bits first).

/** Up to so many bytes, a loop is quicker than a view and a native copy. */
const shortCopy = 64;
export const longestVarint = 5;

/** A buffer that grows. */
export class ByteWriter {
  /** What was written stands in its first `length` bytes. */
  data: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.data = new Uint8Array(capacity);
  }

  byte(value: number): void {
    this.reserve(1);
    this.data[this.length++] = value;
  }

  /** Writes a whole number from 0 to 2^32 - 1. */
  varint(value: number): void {
    this.reserve(longestVarint);
    this.reservedVarint(value);
  }

  /** The same where five bytes are reserved already. */
  reservedVarint(value: number): void {
    const { data } = this;
    let { length } = this;
    let rest = value;
    while (rest > 127) {
      data[length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    data[length++] = rest;
    this.length = length;
  }

  /** Writes 32 bits, low byte first. */
  uint32(value: number): void {
    this.reserve(4);
    const { data, length } = this;
    data[length] = value;
    data[length + 1] = value >>> 8;
    data[length + 2] = value >>> 16;
    data[length + 3] = value >>> 24;
    this.length = length + 4;
  }

  raw(bytes: Uint8Array): void {
    this.copy(bytes, 0, bytes.length);
  }

  /** Writes bytes[start] to bytes[end] (not included). */
  copy(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    if (end - start > shortCopy) {
      this.data.set(bytes.subarray(start, end), this.length);
      this.length += end - start;
    } else {
      for (let i = start; i < end; i++) this.data[this.length++] = bytes[i]!;
    }
  }

  /** What was written so far; valid until the next write. */
  view(): Uint8Array {
    return this.data.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.length + count <= this.data.length) return;
    // As an IntList grows.
    const { buffer, length } = this.data;
    this.data = new Uint8Array(buffer.transfer(Math.max(this.length + count, length * 2)));
  }

  /** Gives the memory back for good. */
  release(): void {
    this.data.buffer.transfer(0);
  }
}

export class ByteReader {
  bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    return this.bytes[this.at++]!;
  }

  varint(): number {
    const first = this.bytes[this.at++]!;
    if (first < 128) return first;
    let value = first & 127;
    let shift = 7;
    for (;;) {
      const next = this.bytes[this.at++]!;
      value |= (next & 127) << shift;
      // Past the end, next is undefined and ends the number: damage shows in the checksum, not in an endless loop.
      if (!(next > 127)) return value >>> 0;
      shift += 7;
    }
  }

  skip(count: number): void {
    this.at += count;
  }
}

/** Writes rising numbers, each as what lies between it and the one before; `last`: of those written already. */
export function writeRising(numbers: Int32Array, out: ByteWriter, last = -1): void {
  out.reserve(longestVarint * numbers.length);
  let before = last;
  for (let i = 0; i < numbers.length; i++) {
    out.reservedVarint(numbers[i]! - before - 1);
    before = numbers[i]!;
  }
}

/**
 * Reads rising numbers, each kept as what lies between it and the one before; nearly all of that is below 16,384. Returns where
 * the last ends.
 */
export function readRising(bytes: Uint8Array, to: Int32Array, from = 0): number {
  const reader = new ByteReader(bytes);
  let at = from;
  let number = -1;
  for (let i = 0; i < to.length; i++) {
    const first = bytes[at]!;
    const second = bytes[at + 1]!;
    if (first < 128) {
      number += first + 1;
      at++;
    } else if (second < 128) {
      number += (first & 127) + (second << 7) + 1;
      at += 2;
    } else {
      reader.at = at;
      number += reader.varint() + 1;
      at = reader.at;
    }
    to[i] = number;
  }
  return at;
}

/** A 32-bit number at any offset, low byte first. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
