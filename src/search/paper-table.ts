// The papers of a common term as bits, with ranks: tells at once whether a paper holds it, and where its posting is.
import { countInWord } from "./bits.ts";

/** By paper of the segment. */
export interface PaperTable {
  /** A bit for each paper that holds the term. */
  bits: Uint32Array;
  /** Beside bits: how many papers that hold it stand before, which is the index of the first one's posting. */
  ranks: Uint32Array;
}

/** `docs` are below `papers`. */
export function makeTable(docs: Int32Array, papers: number): PaperTable {
  const bits = new Uint32Array((papers + 31) >>> 5);
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    bits[doc >>> 5]! |= 1 << (doc & 31);
  }
  return tableOf(bits);
}

/** A bit for each paper. */
export function tableOf(bits: Uint32Array): PaperTable {
  return { bits, ranks: rankWords(bits) };
}

function rankWords(bits: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(bits.length);
  for (let i = 1; i < bits.length; i++) ranks[i] = ranks[i - 1]! + countInWord(bits[i - 1]!);
  return ranks;
}

/** The table of so many rising papers, each kept as what lies between it and the one before (`readRising` in bytes.ts). */
export function readTable(bytes: Uint8Array, count: number, papers: number): PaperTable {
  const bits = new Uint32Array((papers + 31) >>> 5);
  let at = 0;
  let doc = -1;
  for (let i = 0; i < count; i++) {
    let next = bytes[at++]!;
    doc += (next & 127) + 1;
    for (let shift = 7; next > 127; shift += 7) {
      next = bytes[at++]!;
      doc += (next & 127) << shift;
    }
    bits[doc >>> 5]! |= 1 << (doc & 31);
  }
  return tableOf(bits);
}

/** The papers of the table, rising. */
export function listTable(table: PaperTable, count: number): Int32Array {
  return fillFrom(table, new Int32Array(count));
}

let walked = new Int32Array(1024);

/** The same, valid until the next call. */
export function walkTable(table: PaperTable, count: number): Int32Array {
  if (walked.length < count) walked = new Int32Array(2 * count);
  return fillFrom(table, walked.subarray(0, count));
}

function fillFrom({ bits }: PaperTable, docs: Int32Array): Int32Array {
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    for (let left = bits[i]!; left !== 0; left &= left - 1)
      docs[at++] = (i << 5) + 31 - Math.clz32(left & -left);
  }
  return docs;
}

/** Index of the posting of a paper; of one that is not in the table, where it would be. */
export function rankIn({ bits, ranks }: PaperTable, doc: number): number {
  return ranks[doc >>> 5]! + countInWord(bits[doc >>> 5]! & ~(-1 << (doc & 31)));
}

/** Whether a paper is in the table: 1 or 0. */
export function bitIn({ bits }: PaperTable, doc: number): number {
  return (bits[doc >>> 5]! >>> (doc & 31)) & 1;
}
