// Postings of several terms as those of one word: any of them (other spellings, unfinished words), or all (CamelCase parts).

import { codeIn, indexIn, seek } from "./paper-list.ts";
import type { PaperTable } from "./paper-table.ts";
import { patchPostings } from "./patch-postings.ts";
import { makePostings, noPostings, type Postings } from "./postings.ts";
import { frequencyOf, packFrequencies } from "./scoring.ts";

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
  const byPaper = new Uint8Array(lengths.length);
  const touched = new Int32Array(parts.reduce((sum, part) => sum + part.count, 0));
  let count = 0;
  for (const { docs, codes } of parts) {
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i]!;
      const before = byPaper[doc]!;
      if (before === 0) touched[count++] = doc;
      byPaper[doc] = before === 0 ? codes[i]! : larger(before, codes[i]!);
    }
  }
  const docs = count > lengths.length * scanShare ? listSet(byPaper, count) : touched.slice(0, count).sort();
  const codes = new Uint8Array(count);
  for (let i = 0; i < count; i++) codes[i] = byPaper[docs[i]!]!;
  return makePostings(docs, codes, lengths);
}

function listSet(byPaper: Uint8Array, count: number): Int32Array {
  const docs = new Int32Array(count);
  let at = 0;
  for (let doc = 0; doc < byPaper.length; doc++) if (byPaper[doc] !== 0) docs[at++] = doc;
  return docs;
}

/** Papers that hold all the terms; the frequencies are those of the scarcest in each field. */
export function crossPostings(parts: readonly Postings[], lengths: Uint32Array): Postings {
  const [first, ...others] = [...parts].sort((a, b) => a.count - b.count);
  if (!first || others.length === 0) return first ?? noPostings;
  const docs: number[] = [];
  const codes: number[] = [];
  const { docs: walked, codes: own } = first;
  for (let i = 0; i < walked.length; i++) {
    const doc = walked[i]!;
    const all = others.map((part) => codeIn(part, doc));
    if (all.includes(0)) continue;
    docs.push(doc);
    codes.push(scarcest([own[i]!, ...all]));
  }
  return makePostings(Int32Array.from(docs), Uint8Array.from(codes), lengths);
}

/** The larger frequency in each field. */
function larger(a: number, b: number): number {
  return Math.max(a & 0xc0, b & 0xc0) | Math.max(a & 0x3c, b & 0x3c) | Math.max(a & 3, b & 3);
}

/** Never nothing: words that meet in no field still meet in the paper, as if once in its abstract. */
function scarcest(codes: number[]): number {
  const least = (field: number) => Math.min(...codes.map((code) => frequencyOf(code, field)));
  return packFrequencies(least(0), least(1), least(2)) || packFrequencies(0, 1, 0);
}
