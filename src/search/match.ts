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
  const order = words.map((_, i) => i).sort((a, b) => words[a]!.docs.length - words[b]!.docs.length);
  const lead = order[0];
  if (lead === undefined) return;
  const codes = new Uint8Array(words.length);
  const at = new Int32Array(words.length);
  const { docs, codes: leadCodes } = words[lead]!;
  work.postings += docs.length * words.length;
  papers: for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    codes[lead] = leadCodes[i]!;
    for (let k = 1; k < order.length; k++) {
      const other = order[k]!;
      const word = words[other]!;
      if (word.byPaper) {
        codes[other] = word.byPaper[doc]!;
      } else {
        const found = seek(word.docs, doc, at[other]!);
        at[other] = found;
        codes[other] = word.docs[found] === doc ? word.codes[found]! : 0;
      }
      if (codes[other] === 0) continue papers;
    }
    if (!removed.has(doc)) visit(doc, codes);
  }
}

/** Number of papers that hold at least one of the words, removed ones left out. */
export function countAny(
  words: readonly Postings[],
  size: number,
  removed: RemovedPapers,
  work: Work,
): number {
  const held = new Uint32Array((size + 31) >>> 5);
  for (const { docs } of words) {
    work.postings += docs.length;
    for (let i = 0; i < docs.length; i++) held[docs[i]! >>> 5]! |= 1 << (docs[i]! & 31);
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

/** Papers of a word in a segment; none for a segment that came later. */
export function postingsOf(words: readonly { postings: Postings[] }[], segment: number): Postings[] {
  return words.map((word) => word.postings[segment] ?? noPostings);
}
