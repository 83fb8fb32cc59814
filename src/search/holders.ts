// The papers of a segment that hold all words, piece by piece: as bits where every word is common, else by walking the scarcest
// word and looking the others up.
import { countInWord } from "./bits.ts";
import { type PaperList, seek } from "./paper-list.ts";
import type { PaperTable } from "./paper-table.ts";
import type { Work } from "./work.ts";

/** Papers that cannot answer: those that are gone, or do not meet a condition. */
export interface Barred {
  /** 0: there are none. */
  readonly count: number;
  has(doc: number): boolean;
}

/** How many papers hold all words and are not barred. */
export function countHolders(words: readonly PaperList[], barred: Barred, work: Work): number {
  const order = words.map((_, i) => i).sort((a, b) => words[a]!.count - words[b]!.count);
  const lead = words[order[0]!]!;
  if (words.length === 1 && barred.count === 0) return lead.count;
  const tables = words.flatMap(({ table }) => table ?? []);
  if (barred.count === 0 && tables.length === words.length) return countInTables(tables, work);
  const scan = { words, order, tables: null, start: 0, end: 0, from: new Int32Array(words.length) };
  let count = 0;
  for (; scan.start < lead.count; scan.start = scan.end) {
    scan.end = Math.min(lead.count, scan.start + pieceSize);
    count += dropBarred(barred, findHolders(scan, work));
  }
  return count;
}

function countInTables(tables: readonly PaperTable[], work: Work): number {
  const [first, second, third] = tables.map(({ bits }) => bits);
  let count = 0;
  work.postings += first!.length;
  if (third === undefined) {
    for (let i = 0; i < first!.length; i++) count += countInWord(first![i]! & second![i]!);
    return count;
  }
  for (let i = 0; i < first!.length; i++) {
    let common = first![i]! & second![i]! & third[i]!;
    for (let k = 3; k < tables.length && common !== 0; k++) common &= tables[k]!.bits[i]!;
    if (common !== 0) count += countInWord(common);
  }
  return count;
}

/** Papers, or postings of the scarcest word, in one piece. */
export const pieceSize = 16_384;
/** The papers found in the piece. */
export const docs = new Int32Array(pieceSize);
/** Beside docs, where the scarcest word was walked: the index of its posting. */
export const slots = new Int32Array(pieceSize);
/** By word without a table and slot within the piece: index of the word's own posting. */
export const indexes: Int32Array[] = [];

export interface HolderScan {
  words: readonly PaperList[];
  /** Words by number of papers, scarcest first. */
  order: readonly number[];
  /** Of every word; null where one has none, or there is one word: then the scarcest is walked. */
  tables: readonly PaperTable[] | null;
  /** The piece: papers, or postings of the scarcest word, from `start` to `end` (not included). */
  start: number;
  end: number;
  /** By word: where the next search in its postings begins. */
  from: Int32Array;
}

/** Lists the papers of the piece that hold all words; returns their number. */
export function findHolders(scan: HolderScan, work: Work): number {
  const { start, end, order, words, tables } = scan;
  if (tables) {
    work.postings += (end - start) >>> 5;
    return findInTables(scan, tables);
  }
  let count = end - start;
  docs.set(words[order[0]!]!.docs.subarray(start, end));
  for (let i = 0; i < count; i++) slots[i] = start + i;
  work.postings += count;
  for (let k = 1; k < order.length && count > 0; k++) {
    const { table } = words[order[k]!]!;
    work.postings += count;
    count = table ? keepInTable(table, count) : keepInList(scan, order[k]!, count);
  }
  return count;
}

function findInTables({ start, end, order }: HolderScan, tables: readonly PaperTable[]): number {
  const first = tables[order[0]!]!.bits;
  const second = tables[order[1]!]!.bits;
  const last = end >>> 5;
  let count = 0;
  for (let at = start >>> 5; at < last; at++) {
    let common = first[at]! & second[at]!;
    for (let k = 2; k < order.length && common !== 0; k++) common &= tables[order[k]!]!.bits[at]!;
    while (common !== 0) {
      const lowest = common & -common;
      docs[count++] = (at << 5) + 31 - Math.clz32(lowest);
      common ^= lowest;
    }
  }
  return count;
}

/** Written before it is known whether it stays: a branch that cannot be foretold would cost more. */
function keepInTable({ bits }: PaperTable, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!;
    docs[kept] = doc;
    slots[kept] = slots[i]!;
    kept += (bits[doc >>> 5]! >>> (doc & 31)) & 1;
  }
  return kept;
}

function keepInList({ words, from, start }: HolderScan, word: number, count: number): number {
  const own = words[word]!.docs;
  indexes[word] ??= new Int32Array(pieceSize);
  const index = indexes[word]!;
  let at = from[word]!;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!;
    at = seek(own, doc, at);
    if (at === own.length) break;
    if (own[at] !== doc) continue;
    index[slots[i]! - start] = at;
    docs[kept] = doc;
    slots[kept++] = slots[i]!;
  }
  from[word] = at;
  return kept;
}

/** Keeps those that can answer. */
export function dropBarred(barred: Barred, count: number): number {
  if (barred.count === 0) return count;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (barred.has(docs[i]!)) continue;
    docs[kept] = docs[i]!;
    slots[kept++] = slots[i]!;
  }
  return kept;
}
