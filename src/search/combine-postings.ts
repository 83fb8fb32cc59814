// Postings of several terms as those of one word: any of them (other spellings, unfinished words), or all (CamelCase parts).

import { countInWord } from "./bits.ts";
import { codeIn, indexIn, seek } from "./paper-list.ts";
import { firstIn, type PaperTable } from "./paper-table.ts";
import { patchPostings } from "./patch-postings.ts";
import { makePostings, noPostings, type Postings } from "./postings.ts";
import { packFrequencies } from "./scoring.ts";

/** Papers of any of the terms, each with its largest frequencies. */
export function unitePostings(parts: readonly Postings[], lengths: Uint32Array): Postings {
  const [largest, ...others] = [...parts].sort((a, b) => b.count - a.count);
  if (!largest) return noPostings;
  const adding = others.filter((part) => !isWithin(part, largest));
  if (adding.length === 0) return largest;
  const { table } = largest;
  const rare = adding.reduce((sum, part) => sum + part.count, 0);
  if (table && rare * rareShare < largest.count) return addRare(largest, table, mergeAll(adding, lengths));
  return mergeAll([largest, ...adding], lengths);
}

/** Of a common term: what holds less than one in so many is put in between. */
const rareShare = 8;

function addRare(large: Postings, table: PaperTable, rare: Postings): Postings {
  const { docs } = rare;
  const codes = rare.codes.map((code, i) => larger(code, codeIn(large, docs[i]!)));
  return patchPostings(large, table, { docs, codes });
}

function mergeAll(parts: readonly Postings[], lengths: Uint32Array): Postings {
  if (parts.length === 1) return parts[0]!;
  return parts.length === 2 ? mergeTwo(parts[0]!, parts[1]!, lengths) : mergeMany(parts, lengths);
}

/** True when uniting changes nothing: "token-level" is indexed as token, too. */
function isWithin(small: Postings, large: Postings): boolean {
  const { docs, codes } = small;
  let at = 0;
  for (let i = 0; i < docs.length; i++) {
    at = large.table ? indexIn(large, docs[i]!) : seek(large.docs, docs[i]!, at);
    if (at < 0 || (!large.table && large.docs[at] !== docs[i])) return false;
    const code = large.codes[at]!;
    if (larger(code, codes[i]!) !== code) return false;
  }
  return true;
}

function mergeTwo(first: Postings, second: Postings, lengths: Uint32Array): Postings {
  const [a, b] = [first, second].map(({ docs, codes }) => ({ docs, codes, count: docs.length }));
  return mergeLists(a!, b!, lengths);
}

interface Lists {
  docs: Int32Array;
  codes: Uint8Array;
  count: number;
}

function mergeLists(a: Lists, b: Lists, lengths: Uint32Array): Postings {
  const most = a.count + b.count;
  const docs = new Int32Array(most);
  const codes = new Uint8Array(most);
  let count = 0;
  let i = 0;
  let k = 0;
  while (i < a.count || k < b.count) {
    const inA = k === b.count || (i < a.count && a.docs[i]! <= b.docs[k]!);
    const inB = i === a.count || (k < b.count && b.docs[k]! <= a.docs[i]!);
    docs[count] = inA ? a.docs[i]! : b.docs[k]!;
    codes[count++] = inA && inB ? larger(a.codes[i]!, b.codes[k]!) : inA ? a.codes[i]! : b.codes[k]!;
    if (inA) i++;
    if (inB) k++;
  }
  return makePostings(docs.slice(0, count), codes.slice(0, count), lengths);
}

/** So many postings for each paper of the segment, and going through all papers is quicker than sorting. */
const scanShare = 1 / 32;

function mergeMany(parts: readonly Postings[], lengths: Uint32Array): Postings {
  const all = parts.reduce((sum, part) => sum + part.count, 0);
  const byPaper = new Uint8Array(lengths.length);
  for (const part of parts) addPostings(byPaper, part);
  if (all > lengths.length * scanShare) return postingsByPaper(byPaper, lengths);
  const docs = Int32Array.from(new Set(parts.flatMap((part) => [...part.docs]))).sort();
  return makePostings(
    docs,
    Uint8Array.from(docs, (doc) => byPaper[doc]!),
    lengths,
  );
}

function addPostings(byPaper: Uint8Array, part: Postings): void {
  const { codes } = part;
  const docs = part.walk();
  const { most } = meetings();
  for (let i = 0; i < docs.length; i++) byPaper[docs[i]!] = most[(byPaper[docs[i]!]! << 8) | codes[i]!]!;
}

/** `byPaper`: packed frequencies, 0 where a paper is none of them. */
function postingsByPaper(byPaper: Uint8Array, lengths: Uint32Array): Postings {
  let count = 0;
  for (let doc = 0; doc < byPaper.length; doc++) count += byPaper[doc] === 0 ? 0 : 1;
  const docs = new Int32Array(count);
  const codes = new Uint8Array(count);
  for (let doc = 0, at = 0; at < count; doc++) {
    if (byPaper[doc] === 0) continue;
    docs[at] = doc;
    codes[at++] = byPaper[doc]!;
  }
  return makePostings(docs, codes, lengths);
}

/**
 * Papers that hold all the terms of one of the ways; in a way the scarcest term's frequency in each field counts, over the
 * ways the largest.
 */
export function combineWays(ways: readonly (readonly Postings[])[], lengths: Uint32Array): Postings {
  const isCommon = ({ count }: Postings) => count * commonShare > lengths.length;
  const crossed = ways.map((parts) => parts.length > 1 && parts.every(isCommon));
  if (crossed.filter(Boolean).length < 2)
    return unitePostings(
      ways.map((parts) => crossPostings(parts, lengths)),
      lengths,
    );
  const byPaper = new Uint8Array(lengths.length);
  const spread = new Map<Postings, Uint8Array>();
  ways.forEach((parts, i) => {
    if (crossed[i])
      addCrossed(
        byPaper,
        parts.map((part) => spreadOut(part, spread)),
      );
    else addPostings(byPaper, crossPostings(parts, lengths));
  });
  return postingsByPaper(byPaper, lengths);
}

/** Terms in more than one of so many papers are crossed paper by paper, without looking anything up. */
const commonShare = 8;

/** The packed frequencies of a term by paper, 0 where it is not. */
function spreadOut(part: Postings, spread: Map<Postings, Uint8Array>): Uint8Array {
  const known = spread.get(part);
  if (known) return known;
  const byPaper = new Uint8Array(part.lengths.length);
  const { codes } = part;
  const docs = part.walk();
  for (let i = 0; i < docs.length; i++) byPaper[docs[i]!] = codes[i]!;
  spread.set(part, byPaper);
  return byPaper;
}

/** By two packed frequencies, the first x 256 + the second. */
interface Meetings {
  /** The larger in each field. */
  most: Uint8Array;
  /** What a paper with both has of them together, 0 where it has only one. */
  crossed: Uint8Array;
}

let made: Meetings | null = null;

/** Looked up instead of told by branches that cannot be foretold: a tenth of the time. */
function meetings(): Meetings {
  made ??= {
    most: Uint8Array.from({ length: 1 << 16 }, (_, at) => larger(at >>> 8, at & 255)),
    crossed: Uint8Array.from({ length: 1 << 16 }, (_, at) =>
      at >>> 8 === 0 || (at & 255) === 0 ? 0 : smaller(at >>> 8, at & 255) || onceInAbstract,
    ),
  };
  return made;
}

function addCrossed(byPaper: Uint8Array, parts: readonly Uint8Array[]): void {
  if (parts.length > 2) addManyCrossed(byPaper, parts);
  else addTwoCrossed(byPaper, parts[0]!, parts[1]!);
}

function addTwoCrossed(byPaper: Uint8Array, first: Uint8Array, second: Uint8Array): void {
  const { most, crossed } = meetings();
  for (let doc = 0; doc < byPaper.length; doc++)
    byPaper[doc] = most[(byPaper[doc]! << 8) | crossed[(first[doc]! << 8) | second[doc]!]!]!;
}

function addManyCrossed(byPaper: Uint8Array, parts: readonly Uint8Array[]): void {
  const { most } = meetings();
  for (let doc = 0; doc < byPaper.length; doc++) {
    let code = 255;
    let held = true;
    for (let k = 0; k < parts.length && held; k++) {
      const own = parts[k]![doc]!;
      held = own !== 0;
      code = smaller(code, own);
    }
    if (held) byPaper[doc] = most[(byPaper[doc]! << 8) | (code || onceInAbstract)]!;
  }
}

/** Papers that hold all the terms; the frequencies are those of the scarcest in each field. */
export function crossPostings(parts: readonly Postings[], lengths: Uint32Array): Postings {
  const rising = [...parts].sort((a, b) => a.count - b.count);
  const [first, ...others] = rising;
  if (!first || others.length === 0) return first ?? noPostings;
  const { docs, codes, count } = first.table ? crossTables(rising) : crossLists(first, others);
  return makePostings(docs.slice(0, count), codes.slice(0, count), lengths);
}

function crossLists(first: Postings, others: readonly Postings[]): Lists {
  const { docs: from, codes: own } = first;
  const docs = new Int32Array(from.length);
  const codes = new Uint8Array(from.length);
  let count = 0;
  for (let i = 0; i < from.length; i++) {
    const doc = from[i]!;
    let code = own[i]!;
    let held = true;
    for (let k = 0; held && k < others.length; k++) {
      const other = codeIn(others[k]!, doc);
      held = other !== 0;
      code = smaller(code, other);
    }
    if (!held) continue;
    docs[count] = doc;
    codes[count++] = code || onceInAbstract;
  }
  return { docs, codes, count };
}

/** Of terms that have tables, the scarcest first: 32 papers are looked at together. */
function crossTables(parts: readonly Postings[]): Lists {
  const tables = parts.map(({ table }) => table!);
  const own = parts.map((part) => part.codes);
  const docs = new Int32Array(own[0]!.length);
  const codes = new Uint8Array(own[0]!.length);
  let count = 0;
  const words = tables[0]!.bits.length;
  for (let i = 0; i < words; i++) {
    let common = tables[0]!.bits[i]!;
    for (let k = 1; k < tables.length && common !== 0; k++) common &= tables[k]!.bits[i]!;
    for (; common !== 0; common &= common - 1) {
      const lowest = common & -common;
      let code = 255;
      for (let k = 0; k < tables.length; k++) {
        const { bits } = tables[k]!;
        code = smaller(code, own[k]![firstIn(tables[k]!, i) + countInWord(bits[i]! & (lowest - 1))]!);
      }
      docs[count] = (i << 5) + 31 - Math.clz32(lowest);
      codes[count++] = code || onceInAbstract;
    }
  }
  return { docs, codes, count };
}

/** The larger frequency in each field. */
function larger(a: number, b: number): number {
  return Math.max(a & 0xc0, b & 0xc0) | Math.max(a & 0x3c, b & 0x3c) | Math.max(a & 3, b & 3);
}

/** The smaller frequency in each field. */
function smaller(a: number, b: number): number {
  return Math.min(a & 0xc0, b & 0xc0) | Math.min(a & 0x3c, b & 0x3c) | Math.min(a & 3, b & 3);
}

/** Words that meet in no field still meet in the paper. */
const onceInAbstract = packFrequencies(0, 1, 0);
