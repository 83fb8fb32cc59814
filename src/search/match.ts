// Which papers of a segment hold the words of a query: all of them, any of them.
import { addAll, addDocs, type Bits, noBits } from "./bits.ts";
import { codeIn, seek } from "./paper-list.ts";
import { noPostings, type Postings } from "./postings.ts";
import type { Work } from "./work.ts";

/** Called with each paper that holds all words; `codes` are its packed frequencies, word by word, valid during the call. */
export type CompleteVisitor = (doc: number, codes: Uint8Array) => void;

/** Visits the papers that hold every word: walks the scarcest and looks the others up. Barred papers are left out. */
export function visitComplete(
  words: readonly Postings[],
  barred: { has(doc: number): boolean },
  work: Work,
  visit: CompleteVisitor,
): void {
  if (words.length === 0) return;
  // Scarcest first; places of the words in what the visitor sees.
  const places = words.map((_, i) => i).sort((a, b) => words[a]!.count - words[b]!.count);
  const [lead, ...others] = places.map((place) => words[place]!);
  const found = new Int32Array(words.length);
  const codes = new Uint8Array(words.length);
  const { docs } = lead!;
  work.postings += docs.length * words.length;
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    if (!holdAll(others, doc, found) || barred.has(doc)) continue;
    codes[places[0]!] = lead!.codes[i]!;
    for (let k = 0; k < others.length; k++) {
      const own = others[k]!;
      codes[places[k + 1]!] = own.table ? codeIn(own, doc) : own.codes[found[k]!]!;
    }
    visit(doc, codes);
  }
}

/** `found` keeps where each word's search stands; papers must come in rising order. */
function holdAll(words: readonly Postings[], doc: number, found: Int32Array): boolean {
  for (let k = 0; k < words.length; k++) {
    const { table } = words[k]!;
    if (table) {
      if (((table.bits[doc >>> 5]! >>> (doc & 31)) & 1) === 0) return false;
    } else {
      const { docs } = words[k]!;
      const at = seek(docs, doc, found[k]!);
      found[k] = at;
      if (at === docs.length || docs[at] !== doc) return false;
    }
  }
  return true;
}

/** The papers that hold at least one of the words, removed ones among them. */
export function findAny(words: readonly Postings[], size: number, work: Work): Bits {
  const held = noBits(size);
  for (const word of words) {
    if (word.table) {
      work.postings += held.length;
      addAll(held, word.table.bits);
    } else {
      const { docs } = word;
      work.postings += docs.length;
      addDocs(held, docs);
    }
  }
  return held;
}

/** The postings of each word in a segment. */
export function postingsOf(words: readonly { postings: Postings[] }[], segment: number): Postings[] {
  return words.map((word) => word.postings[segment] ?? noPostings);
}
