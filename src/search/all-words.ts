// The best papers that hold all words, found without scoring them all: the scarcest word is walked in pieces, the others
// are looked up, and from one byte a posting it is told how much each paper can score at most. Those that promise most are
// scored first, so that what must be reached is soon known.
import { fieldsOf, type MostBeside, placedWords } from "./most-beside.ts";
import { codeIn, type Postings, seek } from "./postings.ts";
import type { Work } from "./work.ts";

/** Papers that cannot answer: those that are gone, or do not meet a condition. */
export interface Barred {
  /** 0: there are none. */
  readonly count: number;
  has(doc: number): boolean;
}

export interface AllWordsInput {
  words: readonly Postings[];
  /** Beside words. */
  weights: readonly number[];
  barred: Barred;
  work: Work;
  /** How many papers are wanted. */
  depth: number;
  /** What a score must reach to matter, asked again and again. */
  threshold(): number;
  /** What a score can be at most beside the sum over the words, by the fields these stand in. */
  beside: MostBeside;
  /** What a paper may gain more that has all words in its title. */
  titleBonus(doc: number): number;
  /** Takes a paper that may enter, with its packed frequencies; valid during the call. */
  offer(doc: number, codes: Uint8Array): void;
}

/** Bounds are added in single precision; they are widened by more than that can lose. */
const slack = 1 + 1e-5;
/** Postings of the scarcest word looked at in one piece; the first is small, so that the threshold rises soon. */
const pieceSize = 16_384;
const firstPiece = 1_024;
const docs = new Int32Array(pieceSize);
const bounds = new Float32Array(pieceSize);
/** The fields that the words stand in, see most-beside.ts. */
const places = new Int32Array(pieceSize);

interface Scan extends AllWordsInput {
  /** Words by number of papers, scarcest first. */
  order: readonly number[];
  scales: readonly number[];
  /** Index of each word's first posting that belongs to the piece or follows it. */
  from: Int32Array;
  to: Int32Array;
  codes: Uint8Array;
}

/** Offers every paper of the segment that holds all words and can reach the threshold; returns how many hold all. */
export function visitAll(input: AllWordsInput): number {
  const { words, weights } = input;
  if (words.length === 0) return 0;
  const order = words.map((_, i) => i).sort((a, b) => words[a]!.docs.length - words[b]!.docs.length);
  const scan: Scan = {
    ...input,
    order,
    scales: weights.map((weight) => weight / 255),
    from: new Int32Array(words.length),
    to: new Int32Array(words.length),
    codes: new Uint8Array(words.length),
  };
  let total = 0;
  const { length } = words[order[0]!]!.docs;
  for (let start = 0, end = 0; start < length; start = end) {
    end = Math.min(length, start + (start === 0 ? firstPiece : pieceSize));
    let count = startPiece(scan, start, end);
    for (let k = 1; k < order.length && count > 0; k++) count = keepHolders(scan, order[k]!, count);
    count = dropBarred(scan, count);
    total += count;
    offerBest(scan, dropHopeless(scan, count));
  }
  return total;
}

/** Takes postings of the scarcest word as candidates. */
function startPiece({ words, order, scales, work, from }: Scan, start: number, end: number): number {
  const word = order[0]!;
  const own = words[word]!;
  const scale = scales[word]!;
  const shift = shiftOf(word);
  for (let i = start; i < end; i++) {
    docs[i - start] = own.docs[i]!;
    bounds[i - start] = scale * own.bounds[i]!;
    places[i - start] = fieldsOf[own.codes[i]!]! << shift;
  }
  from[word] = start;
  work.postings += end - start;
  return end - start;
}

/** Of words beyond the first the fields are not kept: their bits fall where nobody looks. */
function shiftOf(word: number): number {
  return word < placedWords ? 3 * word : 30;
}

/** Keeps the candidates that hold another word, and adds what it brings; returns their number. */
function keepHolders(scan: Scan, word: number, count: number): number {
  scan.work.postings += count;
  scan.from[word] = scan.to[word]!;
  return scan.words[word]!.table ? keepInTable(scan, word, count) : keepInList(scan, word, count);
}

function keepInTable({ words, scales }: Scan, word: number, count: number): number {
  const { bits, cells } = words[word]!.table!;
  const scale = scales[word]!;
  const shift = shiftOf(word);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!;
    if (((bits[doc >>> 5]! >>> (doc & 31)) & 1) === 0) continue;
    const cell = cells[doc]!;
    docs[kept] = doc;
    bounds[kept] = bounds[i]! + scale * (cell >> 8);
    places[kept++] = places[i]! | (fieldsOf[cell & 255]! << shift);
  }
  return kept;
}

function keepInList({ words, scales, from, to }: Scan, word: number, count: number): number {
  const own = words[word]!;
  const scale = scales[word]!;
  const shift = shiftOf(word);
  let at = from[word]!;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!;
    at = seek(own.docs, doc, at);
    if (at === own.docs.length) break;
    if (own.docs[at] !== doc) continue;
    docs[kept] = doc;
    bounds[kept] = bounds[i]! + scale * own.bounds[at]!;
    places[kept++] = places[i]! | (fieldsOf[own.codes[at]!]! << shift);
  }
  to[word] = at;
  return kept;
}

function dropBarred({ barred }: Scan, count: number): number {
  if (barred.count === 0) return count;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (barred.has(docs[i]!)) continue;
    docs[kept] = docs[i]!;
    bounds[kept] = bounds[i]!;
    places[kept++] = places[i]!;
  }
  return kept;
}

/** Adds to each bound what the paper may gain beside, and keeps those that can still reach the threshold. */
function dropHopeless({ beside, titleBonus, threshold }: Scan, count: number): number {
  const least = threshold() / slack;
  const { inTitle, largest } = beside;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const held = places[i]!;
    const titled = (held & inTitle) === inTitle;
    // Most papers are out without being looked at any closer.
    if (!titled && bounds[i]! + largest < least) continue;
    let bound = bounds[i]! + beside.of(held);
    if (titled) bound += titleBonus(docs[i]!);
    if (bound < least) continue;
    docs[kept] = docs[i]!;
    bounds[kept++] = bound;
  }
  return kept;
}

const steps = new Int32Array(1024);

/** Offers those that promise most, best first; then, in any order, what is left that still can enter. */
function offerBest(scan: Scan, count: number): void {
  const wanted = 2 * scan.depth;
  const cut = count > 2 * wanted ? boundReachedBy(wanted, count) : Number.NEGATIVE_INFINITY;
  const first: number[] = [];
  for (let i = 0; i < count; i++) if (bounds[i]! >= cut) first.push(i);
  first.sort((a, b) => bounds[b]! - bounds[a]!);
  for (const i of first) {
    if (bounds[i]! * slack < scan.threshold()) return;
    offer(scan, docs[i]!);
  }
  if (first.length === count) return;
  let least = scan.threshold() / slack;
  for (let i = 0; i < count; i++) {
    if (bounds[i]! >= cut || bounds[i]! < least) continue;
    offer(scan, docs[i]!);
    least = scan.threshold() / slack;
  }
}

/** A bound that at least `wanted` candidates reach, but not many more. */
function boundReachedBy(wanted: number, count: number): number {
  let most = 0;
  for (let i = 0; i < count; i++) if (bounds[i]! > most) most = bounds[i]!;
  const width = most / (steps.length - 1) || 1;
  steps.fill(0);
  for (let i = 0; i < count; i++) steps[Math.trunc(bounds[i]! / width)]!++;
  let step = steps.length;
  for (let reached = 0; reached < wanted && step > 0; ) reached += steps[--step]!;
  return step * width;
}

function offer({ words, from, codes, offer: take }: Scan, doc: number): void {
  for (let i = 0; i < words.length; i++) codes[i] = codeIn(words[i]!, doc, from[i]!);
  take(doc, codes);
}
