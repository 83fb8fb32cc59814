// The papers of a common term as bits, with ranks: tells at once whether a paper holds it, and where its posting is.
import { addDocs, countInWord, noBits } from "./bits.ts";

/** By paper of the segment. */
export interface PaperTable {
  /** A bit for each paper that holds the term. */
  bits: Uint32Array;
  /**
   * How many papers that hold it stand before, which is the index of the first one's posting: by 65,536 papers, and, beside
   * bits, how many more since the first of these.
   */
  bases: Uint32Array;
  ranks: Uint16Array;
}

/** Numbers of `bits` in one of `bases`. */
const baseBits = 11;

/** `docs` are below `papers`. */
export function makeTable(docs: Int32Array, papers: number): PaperTable {
  const bits = noBits(papers);
  addDocs(bits, docs);
  return tableOf(bits);
}

/** A bit for each paper. */
export function tableOf(bits: Uint32Array): PaperTable {
  return { bits, ...rankWords(bits) };
}

function rankWords(bits: Uint32Array): Omit<PaperTable, "bits"> {
  const bases = new Uint32Array((bits.length >>> baseBits) + 1);
  const ranks = new Uint16Array(bits.length);
  let before = 0;
  for (let i = 0; i < bits.length; i++) {
    if ((i & ((1 << baseBits) - 1)) === 0) bases[i >>> baseBits] = before;
    ranks[i] = before - bases[i >>> baseBits]!;
    before += countInWord(bits[i]!);
  }
  return { bases, ranks };
}

/** The table of bytes that hold a bit for each paper. */
export function tableOfBytes(bytes: Uint8Array, papers: number): PaperTable {
  return tableOf(new Uint32Array(bytes.slice(0, 4 * ((papers + 31) >>> 5)).buffer));
}

/** Index of the first posting of the 32 papers of number `word` in bits. */
export function firstIn({ bases, ranks }: PaperTable, word: number): number {
  return bases[word >>> baseBits]! + ranks[word]!;
}

/** The table of so many rising papers, each kept as what lies between it and the one before (`readRising` in bytes.ts). */
export function readTable(bytes: Uint8Array, count: number, papers: number): PaperTable {
  const bits = new Uint32Array((papers + 31) >>> 5);
  const four = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let doc = -1;
  for (let i = 0; i < count; ) {
    // Of common terms nearly all is below 128: four bytes are four papers, read at once.
    const next = i + 4 <= count ? four.getInt32(at, true) : notFour;
    if ((next & notFour) === 0) {
      doc += (next & 127) + 1;
      bits[doc >>> 5]! |= 1 << doc;
      doc += ((next >>> 8) & 127) + 1;
      bits[doc >>> 5]! |= 1 << doc;
      doc += ((next >>> 16) & 127) + 1;
      bits[doc >>> 5]! |= 1 << doc;
      doc += (next >>> 24) + 1;
      bits[doc >>> 5]! |= 1 << doc;
      at += 4;
      i += 4;
      continue;
    }
    let byte = bytes[at++]!;
    doc += (byte & 127) + 1;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++]!;
      doc += (byte & 127) << shift;
    }
    bits[doc >>> 5]! |= 1 << doc;
    i++;
  }
  return tableOf(bits);
}

/** Bits of four bytes of which some says that its number goes on. */
const notFour = 0x80808080 | 0;

/** Index of the posting of a paper; of one that is not in the table, where it would be. */
export function rankIn({ bits, bases, ranks }: PaperTable, doc: number): number {
  const word = doc >>> 5;
  return bases[word >>> baseBits]! + ranks[word]! + countInWord(bits[word]! & ~(-1 << (doc & 31)));
}

/** Tells the papers of postings by their index; those asked for rise. */
export function paperTeller(table: PaperTable): (index: number) => number {
  const { bits } = table;
  const last = bits.length - 1;
  let word = 0;
  let left = bits[0]!;
  /** Index of the first paper in `left`. */
  let first = 0;
  return (index) => {
    if (word < last && firstIn(table, word + 1) <= index) {
      do word++;
      while (word < last && firstIn(table, word + 1) <= index);
      left = bits[word]!;
      first = firstIn(table, word);
    }
    for (; first < index; first++) left &= left - 1;
    return (word << 5) + 31 - Math.clz32(left & -left);
  };
}

/** Bytes of a table over so many papers. */
export function sizeOfTable(papers: number): number {
  return 6 * ((papers + 31) >>> 5);
}

/** Whether a paper is in the table: 1 or 0. */
export function bitIn({ bits }: PaperTable, doc: number): number {
  return (bits[doc >>> 5]! >>> (doc & 31)) & 1;
}
