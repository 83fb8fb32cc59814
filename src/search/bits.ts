// Sets of a segment's papers, a bit for each.
import { countLong } from "./bit-count.ts";

export type Bits = Uint32Array;

export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** The set of all papers below `size`. */
export function allBits(size: number): Bits {
  const bits = noBits(size).fill(0xffffffff);
  if (size & 31) bits[bits.length - 1] = (1 << (size & 31)) - 1;
  return bits;
}

export function addBit(bits: Bits, doc: number): void {
  bits[doc >>> 5]! |= 1 << (doc & 31);
}

export function addDocs(bits: Bits, docs: Int32Array): void {
  for (let i = 0; i < docs.length; i++) addBit(bits, docs[i]!);
}

export function dropBit(bits: Bits, doc: number): void {
  bits[doc >>> 5]! &= ~(1 << (doc & 31));
}

export function hasBit(bits: Bits, doc: number): boolean {
  return ((bits[doc >>> 5]! >>> (doc & 31)) & 1) !== 0;
}

/** Keeps in `bits` what is in `other`, too. */
export function keepCommon(bits: Bits, other: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i]! &= other[i]!;
}

export function addAll(bits: Bits, other: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i]! |= other[i]!;
}

/** Bits of another set: `count` of them from `at` on. */
export interface BitRange {
  from: Bits;
  at: number;
  count: number;
}

/** Adds a range of another set from `to` on; what lies behind the end of either is left out. */
export function addRange(bits: Bits, to: number, { from, at, count }: BitRange): void {
  const end = Math.min(to + count, 32 * bits.length, to - at + 32 * from.length);
  for (let next = to; next < end; ) {
    const shift = next & 31;
    const taken = Math.min(32 - shift, end - next);
    bits[next >>> 5]! |= (wordAt(from, at + next - to) & (0xffffffff >>> (32 - taken))) << shift;
    next += taken;
  }
}

/** The 32 bits from any bit of the set on. */
function wordAt(bits: Bits, at: number): number {
  const word = at >>> 5;
  const shift = at & 31;
  if (shift === 0) return bits[word]!;
  const next = word + 1 < bits.length ? bits[word + 1]! : 0;
  return (bits[word]! >>> shift) | (next << (32 - shift));
}

export function dropAll(bits: Bits, other: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i]! &= ~other[i]!;
}

/** From so many words on it pays to copy them to where they are counted sixteen bytes at once. */
const longFrom = 128;

export function countBits(bits: Bits): number {
  if (bits.length >= longFrom) return countLong(bits);
  let count = 0;
  for (let i = 0; i < bits.length; i++) count += countInWord(bits[i]!);
  return count;
}

/** Visits the papers of the set, rising. */
export function forEachBit(bits: Bits, visit: (doc: number) => void): void {
  for (let i = 0; i < bits.length; i++) {
    for (let left = bits[i]!; left !== 0; left &= left - 1) visit((i << 5) + 31 - Math.clz32(left & -left));
  }
}

/** The papers of the set, rising; `count` is their number. */
export function listBits(bits: Bits, count: number): Int32Array {
  return fillFrom(bits, new Int32Array(count));
}

let walked = new Int32Array(1024);

/** The same for one walk over them, without a call for each: valid until the next call. */
export function walkBits(bits: Bits, count: number): Int32Array {
  if (walked.length < count) walked = new Int32Array(2 * count);
  return fillFrom(bits, walked.subarray(0, count));
}

/** The same in `docs`, which are as many. */
export function fillFrom(bits: Bits, docs: Int32Array): Int32Array {
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    for (let left = bits[i]!; left !== 0; left &= left - 1)
      docs[at++] = (i << 5) + 31 - Math.clz32(left & -left);
  }
  return docs;
}

/** Set bits of a 32-bit number (Hacker's Delight, §5-1). */
export function countInWord(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
