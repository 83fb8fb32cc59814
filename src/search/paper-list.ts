// Papers of a segment with what a term is worth in each, and how one of them is looked up.
import { bitIn, type PaperTable, paperTeller, rankIn, sizeOfTable } from "./paper-table.ts";
import { impactOf } from "./scoring.ts";

/** A term in more than one of so many papers has a table over all papers, for direct look-up. */
export const denseShare = 64;
/** The least packed frequencies that name the title. */
export const inTitle = 64;

/** Papers with what a term is worth in each. */
export interface PaperList {
  readonly count: number;
  /** Rising segment-local numbers. Where there is a table, it is at hand sooner. */
  readonly docs: Int32Array;
  /** Packed frequencies, beside docs. */
  readonly codes: Uint8Array;
  /** Of common terms, for direct look-up. */
  readonly table: PaperTable | null;
  /** Upper bounds of the impact in 255ths, beside docs; null: they are not kept, see `boundOf`. */
  readonly bounds: Uint8Array | null;
  /** Largest bound. */
  readonly maxBound: number;
  /** Packed lengths of all papers of the segment. */
  readonly lengths: Uint32Array;
}

/** Upper bound of an impact in 255ths, less than one of them above it; 0 only where there is nothing. */
export function boundOf(code: number, lengths: number): number {
  return Math.ceil(impactOf(code, lengths) * 255);
}

/** By packed frequencies: the bound in the shortest of papers, which no other exceeds. */
export const mostOf = Uint8Array.from({ length: 256 }, (_, code) => boundOf(code, 0));

/** Whether so many of the papers are so many that they have a table. */
export function isDense(count: number, papers: number): boolean {
  return count * denseShare > papers;
}

/** Bytes of the table of a term that so many of the papers hold; 0 where it has none. */
export function sizeOfTables(count: number, papers: number): number {
  return isDense(count, papers) ? sizeOfTable(papers) : 0;
}

/** First index in docs[from..] whose paper is not below `doc`; gallops, so that near is quick. */
export function seek(docs: Int32Array, doc: number, from: number): number {
  let step = 1;
  let low = from;
  let high = from;
  while (high < docs.length && docs[high]! < doc) {
    low = high + 1;
    high += step;
    step <<= 1;
  }
  if (high > docs.length) high = docs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of a paper's posting, -1 when it has none. `from` is an index not beyond it. */
export function indexIn(list: Pick<PaperList, "docs" | "table">, doc: number, from = 0): number {
  const { table } = list;
  if (table) return bitIn(table, doc) === 0 ? -1 : rankIn(table, doc);
  const { docs } = list;
  const at = seek(docs, doc, from);
  return at < docs.length && docs[at] === doc ? at : -1;
}

/** Tells the papers of postings by their index; those asked for rise. Papers of a table are not listed for it. */
export function tellPapers(list: Pick<PaperList, "docs" | "table">): (index: number) => number {
  if (list.table) return paperTeller(list.table);
  const { docs } = list;
  return (index) => docs[index]!;
}

/** Packed frequencies of the term in a paper, 0 when it is not there. `from` is an index not beyond the paper's. */
export function codeIn(list: PaperList, doc: number, from = 0): number {
  const at = indexIn(list, doc, from);
  return at < 0 ? 0 : list.codes[at]!;
}

/** What a term is in papers, beside them: index among its postings, -1 where it is not, and packed frequencies. */
export interface FoundPapers {
  indexes: Int32Array;
  codes: Uint8Array;
}

/** `docs` are rising. */
export function findPapers(list: PaperList, docs: Int32Array): FoundPapers {
  const indexes = list.table ? docs.map((doc) => indexIn(list, doc)) : findInList(list.docs, docs);
  const { codes: all } = list;
  return { indexes, codes: Uint8Array.from(indexes, (at) => (at < 0 ? 0 : all[at]!)) };
}

function findInList(all: Int32Array, docs: Int32Array): Int32Array {
  const indexes = new Int32Array(docs.length).fill(-1);
  let at = 0;
  for (let i = 0; i < docs.length; i++) {
    at = seek(all, docs[i]!, at);
    if (at === all.length) break;
    if (all[at] === docs[i]) indexes[i] = at;
  }
  return indexes;
}
