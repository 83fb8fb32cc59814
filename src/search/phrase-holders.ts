// Papers that a phrase may stand in: all its words are in one field. The scarcest word is walked and the others looked up,
// scarcest first, so that of a phrase that stands nowhere the common words are never even decoded.
import { type Bits, hasBit } from "./bits.ts";
import { fieldsOf } from "./most-beside.ts";
import { indexIn, seek } from "./paper-list.ts";
import type { Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
import type { Doc } from "./segment.ts";
import type { Work } from "./work.ts";

export interface PhraseWords {
  stems: readonly string[];
  /** Index of the field it must stand in; null: any. */
  field: number | null;
}

export interface PhraseRange {
  /** Of the segment. */
  at: number;
  terms: QueryTerms;
  /** Only papers of this set are looked at. */
  within: Bits;
  /** Papers that are found already. */
  found: Bits;
  work: Work;
}

/** Rising. */
export function findPhraseHolders({ stems, field }: PhraseWords, range: PhraseRange): Doc[] {
  const { terms, at, work } = range;
  const segment = terms.segments[at]!;
  const numbers = [...new Set(stems)].map((stem) => terms.get(stem).numbers[at]!);
  if (numbers.length === 0 || numbers.includes(-1)) return [];
  numbers.sort((a, b) => segment.countPapers(a) - segment.countPapers(b));
  const [first, ...others] = numbers;
  const wanted = field === null ? allFields : 1 << field;
  const held = takeHolders(segment.readPostings(first!), wanted, range);
  for (const number of others) {
    if (held.docs.length === 0) break;
    work.postings += held.docs.length;
    keepHolders(held, segment.readPostings(number));
  }
  return held.docs;
}

const allFields = 7;

/** Papers, and beside them the fields that hold all words so far, as bits. */
interface Held {
  docs: Doc[];
  fields: number[];
}

function takeHolders({ docs, codes }: Postings, wanted: number, { within, found, work }: PhraseRange): Held {
  const held: Held = { docs: [], fields: [] };
  work.postings += docs.length;
  for (let i = 0; i < docs.length; i++) {
    const fields = fieldsOf[codes[i]!]! & wanted;
    if (fields === 0 || !hasBit(within, docs[i]!) || hasBit(found, docs[i]!)) continue;
    held.docs.push(docs[i]!);
    held.fields.push(fields);
  }
  return held;
}

/** Drops the papers that do not hold the word in a field of all words before. */
function keepHolders(held: Held, postings: Postings): void {
  const { codes, table } = postings;
  const docs = table ? null : postings.docs;
  let at = 0;
  let kept = 0;
  for (let i = 0; i < held.docs.length; i++) {
    const doc = held.docs[i]!;
    at = docs ? seek(docs, doc, at) : indexIn(postings, doc);
    if (docs && at === docs.length) break;
    const holds = docs ? docs[at] === doc : at >= 0;
    const fields = holds ? held.fields[i]! & fieldsOf[codes[at]!]! : 0;
    if (fields === 0) continue;
    held.docs[kept] = doc;
    held.fields[kept++] = fields;
  }
  held.docs.length = kept;
  held.fields.length = kept;
}
