// A term's papers within one segment, decoded: which, how often in which field, and upper bounds of what it adds.
import { frequencyOf, impactOf, packFrequencies } from "./scoring.ts";

/** Papers of a window are scored together; bounds are kept per window. A power of two. */
export const windowBits = 12;
/** A term in more than one of so many papers also gets a byte for every paper, for direct look-up. */
const denseShare = 16;

export interface Postings {
  /** Rising segment-local numbers. */
  docs: Int32Array;
  /** Packed frequencies, beside docs. */
  codes: Uint8Array;
  /** Upper bounds of the impact in 255ths, beside docs. */
  bounds: Uint8Array;
  /** Largest of bounds. */
  maxBound: number;
  /** Packed frequencies by paper, for common terms. */
  byPaper: Uint8Array | null;
}

const none = new Uint8Array(0);
export const noPostings: Postings = {
  docs: new Int32Array(0),
  codes: none,
  bounds: none,
  maxBound: 0,
  byPaper: null,
};

/** Adds bounds and look-up. `lengths` are the packed lengths of all papers of the segment. */
export function makePostings(docs: Int32Array, codes: Uint8Array, lengths: Uint32Array): Postings {
  const bounds = new Uint8Array(docs.length);
  let maxBound = 0;
  for (let i = 0; i < docs.length; i++) {
    const bound = Math.ceil(impactOf(codes[i]!, lengths[docs[i]!]!) * 255);
    bounds[i] = bound;
    if (bound > maxBound) maxBound = bound;
  }
  return { docs, codes, bounds, maxBound, byPaper: spread(docs, codes, lengths.length) };
}

function spread(docs: Int32Array, codes: Uint8Array, papers: number): Uint8Array | null {
  if (docs.length * denseShare <= papers) return null;
  const byPaper = new Uint8Array(papers);
  for (let i = 0; i < docs.length; i++) byPaper[docs[i]!] = codes[i]!;
  return byPaper;
}

/** Bytes held, for the cache's account. */
export function sizeOfPostings(postings: Postings): number {
  return postings.docs.length * 6 + (postings.byPaper?.length ?? 0) + 200;
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

/** Packed frequencies of the term in a paper, 0 when it is not there. */
export function codeIn(postings: Postings, doc: number): number {
  if (postings.byPaper) return postings.byPaper[doc]!;
  const at = seek(postings.docs, doc, 0);
  return postings.docs[at] === doc ? postings.codes[at]! : 0;
}

/** Papers of any of the terms; frequencies add up. */
export function unitePostings(parts: readonly Postings[], lengths: Uint32Array): Postings {
  if (parts.length === 1) return parts[0]!;
  const codes = new Uint8Array(lengths.length);
  const touched = new Int32Array(parts.reduce((sum, part) => sum + part.docs.length, 0));
  let count = 0;
  for (const part of parts) {
    for (let i = 0; i < part.docs.length; i++) {
      const doc = part.docs[i]!;
      if (codes[doc] === 0) touched[count++] = doc;
      codes[doc] = addCodes(codes[doc]!, part.codes[i]!);
    }
  }
  const docs = touched.slice(0, count).sort();
  return makePostings(
    docs,
    Uint8Array.from(docs, (doc) => codes[doc]!),
    lengths,
  );
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

function addCodes(a: number, b: number): number {
  if (a === 0) return b;
  return packFrequencies(
    frequencyOf(a, 0) + frequencyOf(b, 0),
    frequencyOf(a, 1) + frequencyOf(b, 1),
    frequencyOf(a, 2) + frequencyOf(b, 2),
  );
}

/** Never nothing: words that meet in no field still meet in the paper, as if once in its abstract. */
function scarcest(codes: number[]): number {
  const least = (field: number) => Math.min(...codes.map((code) => frequencyOf(code, field)));
  return packFrequencies(least(0), least(1), least(2)) || packFrequencies(0, 1, 0);
}
