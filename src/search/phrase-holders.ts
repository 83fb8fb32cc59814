// Papers that a phrase may stand in: all its words are in one field. The scarcest word is walked and the others looked up,
// scarcest first, so that of a phrase that stands nowhere the common words are never even decoded.
import { type Bits, hasBit } from "./bits.ts";
import { fieldsOf } from "./most-beside.ts";
import { indexIn, seek } from "./paper-list.ts";
import type { Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
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
  /** Whether so many postings of a stem, and the reading of its list, are still within what the query may cost. */
  mayWalk(stem: string, walked: number): boolean;
}

/** Rising; valid until the next call. Null: it would cost too much. */
export function findPhraseHolders({ stems, field }: PhraseWords, range: PhraseRange): Int32Array | null {
  const { terms, at, work } = range;
  const segment = terms.segments[at]!;
  const words = [...new Set(stems)].map((stem) => ({ stem, number: terms.get(stem).numbers[at]! }));
  if (words.length === 0 || words.some(({ number }) => number < 0)) return none;
  words.sort((a, b) => segment.countPostings(a.number) - segment.countPostings(b.number));
  const [first, ...others] = words;
  const wanted = field === null ? allFields : 1 << field;
  if (!range.mayWalk(first!.stem, segment.countPostings(first!.number))) return null;
  let count = takeHolders(segment.readPostings(first!.number), wanted, range);
  for (const { stem, number } of others) {
    if (count === 0) break;
    if (!range.mayWalk(stem, count)) return null;
    work.postings += count;
    count = keepHolders(segment.readPostings(number), count);
  }
  return heldDocs.subarray(0, count);
}

const none = new Int32Array(0);
const allFields = 7;

/** Papers, and beside them the fields that hold all words so far, as bits. */
let heldDocs = new Int32Array(1024);
let heldFields = new Uint8Array(1024);

function takeHolders(first: Postings, wanted: number, { within, found, work }: PhraseRange): number {
  const { codes } = first;
  const docs = first.walk();
  if (docs.length > heldDocs.length) {
    heldDocs = new Int32Array(docs.length);
    heldFields = new Uint8Array(docs.length);
  }
  work.postings += docs.length;
  let count = 0;
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!;
    const fields = fieldsOf[codes[i]!]! & wanted;
    if (fields === 0 || !hasBit(within, doc) || hasBit(found, doc)) continue;
    heldDocs[count] = doc;
    heldFields[count++] = fields;
  }
  return count;
}

/** Drops the papers that do not hold the word in a field of all words before; returns how many are left. */
function keepHolders(postings: Postings, count: number): number {
  const { codes, table } = postings;
  const docs = table ? none : postings.docs;
  let at = 0;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const doc = heldDocs[i]!;
    at = table ? indexIn(postings, doc) : seek(docs, doc, at);
    if (!table && at === docs.length) break;
    const holds = table ? at >= 0 : docs[at] === doc;
    const fields = holds ? heldFields[i]! & fieldsOf[codes[at]!]! : 0;
    heldDocs[kept] = doc;
    heldFields[kept] = fields;
    if (fields !== 0) kept++;
  }
  return kept;
}
