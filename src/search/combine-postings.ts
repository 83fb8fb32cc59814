// Postings of several terms as those of one word: any of them (other spellings, unfinished words), or all (CamelCase parts).
import { codeIn, makePostings, noPostings, type Postings, seek } from "./postings.ts";
import { frequencyOf, packFrequencies } from "./scoring.ts";

/** Papers of any of the terms, each with its largest frequencies. */
export function unitePostings(parts: readonly Postings[], lengths: Uint32Array): Postings {
  const [largest, ...others] = [...parts].sort((a, b) => b.docs.length - a.docs.length);
  if (!largest) return noPostings;
  const adding = others.filter((part) => !isWithin(part, largest));
  if (adding.length === 0) return largest;
  return adding.length === 1
    ? mergeTwo(largest, adding[0]!, lengths)
    : mergeMany([largest, ...adding], lengths);
}

/** True when uniting changes nothing: "token-level" is indexed as token, too. */
function isWithin(small: Postings, large: Postings): boolean {
  let at = 0;
  for (let i = 0; i < small.docs.length; i++) {
    const doc = small.docs[i]!;
    at = seek(large.docs, doc, at);
    if (large.docs[at] !== doc || larger(large.codes[at]!, small.codes[i]!) !== large.codes[at]) return false;
  }
  return true;
}

function mergeTwo(a: Postings, b: Postings, lengths: Uint32Array): Postings {
  const most = a.docs.length + b.docs.length;
  const docs = new Int32Array(most);
  const codes = new Uint8Array(most);
  let count = 0;
  let i = 0;
  let k = 0;
  while (i < a.docs.length || k < b.docs.length) {
    const inA = k === b.docs.length || (i < a.docs.length && a.docs[i]! <= b.docs[k]!);
    const inB = i === a.docs.length || (k < b.docs.length && b.docs[k]! <= a.docs[i]!);
    const doc = inA ? a.docs[i]! : b.docs[k]!;
    docs[count] = doc;
    codes[count] = inA && inB ? larger(a.codes[i]!, b.codes[k]!) : inA ? a.codes[i]! : b.codes[k]!;
    count++;
    if (inA) i++;
    if (inB) k++;
  }
  return makePostings(docs.slice(0, count), codes.slice(0, count), lengths);
}

/** So many postings for each paper of the segment, and going through all papers is quicker than sorting. */
const scanShare = 1 / 32;

function mergeMany(parts: readonly Postings[], lengths: Uint32Array): Postings {
  const byPaper = new Uint8Array(lengths.length);
  const touched = new Int32Array(parts.reduce((sum, part) => sum + part.docs.length, 0));
  let count = 0;
  for (const part of parts) {
    for (let i = 0; i < part.docs.length; i++) {
      const doc = part.docs[i]!;
      const before = byPaper[doc]!;
      if (before === 0) touched[count++] = doc;
      byPaper[doc] = before === 0 ? part.codes[i]! : larger(before, part.codes[i]!);
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
  const [first, ...others] = [...parts].sort((a, b) => a.docs.length - b.docs.length);
  if (!first || others.length === 0) return first ?? noPostings;
  const docs: number[] = [];
  const codes: number[] = [];
  for (let i = 0; i < first.docs.length; i++) {
    const doc = first.docs[i]!;
    const all = others.map((part) => codeIn(part, doc));
    if (all.includes(0)) continue;
    docs.push(doc);
    codes.push(scarcest([first.codes[i]!, ...all]));
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
