// Which papers of a segment a query means, before anything is ranked: those with all words, those with any.
import { noPostings, type Postings, seek } from "./postings.ts";
import type { RemovedPapers } from "./removed-papers.ts";
import type { Work } from "./work.ts";

/** Called with each paper that holds all words; `codes` are its packed frequencies, word by word, valid during the call. */
export type CompleteVisitor = (doc: number, codes: Uint8Array) => void;

/** Visits the papers that hold every word: walks the scarcest and looks the others up. Removed papers are left out. */
export function visitComplete(
  words: readonly Postings[],
  removed: RemovedPapers,
  work: Work,
  visit: CompleteVisitor,
): void {
  if (words.length === 0) return;
  // Scarcest first; places of the words in what the visitor sees.
  const places = words.map((_, i) => i).sort((a, b) => words[a]!.docs.length - words[b]!.docs.length);
  const [lead, ...others] = places.map((place) => words[place]!);
  const found = new Int32Array(words.length);
  const codes = new Uint8Array(words.length);
  const { docs } = lead!;
  work.postings += docs.length * words.length;
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    if (!holdAll(others, doc, found) || removed.has(doc)) continue;
    codes[places[0]!] = lead!.codes[i]!;
    for (let k = 0; k < others.length; k++) {
      const { table, codes: own } = others[k]!;
      codes[places[k + 1]!] = table ? table.cells[doc]! & 255 : own[found[k]!]!;
    }
    visit(doc, codes);
  }
}

/** `found` keeps where each word's search stands; papers must come in rising order. */
function holdAll(words: readonly Postings[], doc: number, found: Int32Array): boolean {
  for (let k = 0; k < words.length; k++) {
    const { table, docs } = words[k]!;
    if (table) {
      if (((table.bits[doc >>> 5]! >>> (doc & 31)) & 1) === 0) return false;
    } else {
      const at = seek(docs, doc, found[k]!);
      found[k] = at;
      if (at === docs.length || docs[at] !== doc) return false;
    }
  }
  return true;
}

/** Number of papers that hold at least one of the words, removed ones left out. */
export function countAny(
  words: readonly Postings[],
  size: number,
  removed: RemovedPapers,
  work: Work,
): number {
  const held = new Uint32Array((size + 31) >>> 5);
  for (const { docs, table } of words) {
    if (table) {
      work.postings += held.length;
      for (let i = 0; i < held.length; i++) held[i]! |= table.bits[i]!;
    } else {
      work.postings += docs.length;
      for (let i = 0; i < docs.length; i++) held[docs[i]! >>> 5]! |= 1 << (docs[i]! & 31);
    }
  }
  for (const doc of removed.docs()) held[doc >>> 5]! &= ~(1 << (doc & 31));
  let count = 0;
  for (let i = 0; i < held.length; i++) count += countBits(held[i]!);
  return count;
}

/** Set bits of a 32-bit number (Hacker's Delight, §5-1). */
function countBits(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The postings of each word in a segment. */
export function postingsOf(words: readonly { postings: Postings[] }[], segment: number): Postings[] {
  return words.map((word) => word.postings[segment] ?? noPostings);
}
