// The best papers that hold at least one word, found without scoring them all: MaxScore (Turtle and Flood 1995) over
// windows of papers. The dearest words are walked; the cheap ones, which alone cannot lift a paper over the threshold, are
// only looked up for papers that still can pass it; what is left is scored exactly.
import { classBounds, classesOf } from "./length-classes.ts";
import { type PaperList, seek } from "./paper-list.ts";
import { bitIn, firstIn, type PaperTable, rankIn } from "./paper-table.ts";
import { impactOf } from "./scoring.ts";
import type { Work } from "./work.ts";

export interface AnyWordsInput {
  words: readonly PaperList[];
  /** Beside words. */
  weights: readonly number[];
  lengths: Uint32Array;
  work: Work;
  /** What an exact score must reach, asked again and again. */
  threshold(): number;
  /** Takes a paper that may enter; `held` is how many of the words it holds. */
  offer(doc: number, score: number, held: number): void;
}

const windowSize = 4096;
/**
 * By paper of the window: what it scores at most, as a whole number of units (whose size depends on the query): whole numbers
 * add up exactly, and what depends on their sign needs no branch, which nobody could foretell.
 */
const bounds = new Int32Array(windowSize);
const touched = new Int32Array(windowSize + 1);
/** All bounds of a query are below. */
const mostUnits = 2 ** 29;

/** The lists of a word, at hand for the whole walk. */
interface WordLists {
  codes: Uint8Array;
  table: PaperTable | null;
  /** Where there is no table. */
  docs: Int32Array;
}

interface Scan extends AnyWordsInput {
  lists: readonly WordLists[];
  /** Length classes of the papers. */
  classes: Uint8Array;
  /** Words that occur, cheapest first. */
  order: readonly number[];
  /** Units of a bound's 255th, rounded up. */
  scales: Int32Array;
  /** Units of 1. */
  unit: number;
  /** Units of the threshold, rounded down: what is below cannot enter. */
  least: number;
  /** sums[k]: what the words order[0] to order[k - 1] can add at most. */
  sums: readonly number[];
  /** Of words without a table: index of the first posting in the window, and behind its last; valid where it was asked for. */
  from: Int32Array;
  to: Int32Array;
}

/** Offers every paper of the segment whose score can reach the threshold, each at most once. */
export function visitAny(input: AnyWordsInput): void {
  const scan = openScan(input);
  const { order, sums } = scan;
  let first = 0;
  for (let base = 0; base < input.lengths.length; base += windowSize) {
    while (first < order.length && sums[first + 1]! < scan.least) first++;
    if (first === order.length) return;
    let count = walkWindow(scan, first, base);
    for (let k = first - 1; k >= 0 && count > 0; k--) count = lookUp(scan, k, base, count);
    offerAll(scan, base, count);
  }
}

const noDocs = new Int32Array(0);

function openScan(input: AnyWordsInput): Scan {
  const { words, weights, lengths } = input;
  const unit = mostUnits / (1 + weights.reduce((sum, weight) => sum + weight, 0));
  const scales = Int32Array.from(weights, (weight) => Math.ceil((weight * unit) / 255));
  const most = words.map((word, i) => (word.count === 0 ? 0 : scales[i]! * word.maxBound));
  const order = words
    .map((_, i) => i)
    .filter((i) => words[i]!.count > 0)
    .sort((a, b) => most[a]! - most[b]!);
  const sums = [0];
  for (const word of order) sums.push(sums.at(-1)! + most[word]!);
  const lists = words.map((word) => {
    const { table, codes } = word;
    return { table, codes, docs: table ? noDocs : word.docs };
  });
  const ends = { from: new Int32Array(words.length), to: new Int32Array(words.length) };
  const least = leastOf(input, unit);
  return { ...input, lists, classes: classesOf(lengths), order, scales, unit, least, sums, ...ends };
}

/** Scores are added up in another order than bounds: a unit is far more than they can lose by it. */
function leastOf({ threshold }: AnyWordsInput, unit: number): number {
  return Math.max(0, Math.floor(threshold() * unit) - 1);
}

/** Finds the word's postings within the window. */
function placeWindow({ lists, from, to }: Scan, word: number, base: number): void {
  const { docs } = lists[word]!;
  from[word] = seek(docs, base, to[word]!);
  to[word] = seek(docs, base + windowSize, from[word]!);
}

/** Adds up the bounds of the dear words over one window; returns how many papers were touched. */
function walkWindow(scan: Scan, first: number, base: number): number {
  let count = 0;
  for (let k = first; k < scan.order.length; k++) {
    const word = scan.order[k]!;
    count = scan.lists[word]!.table ? walkTable(scan, word, base, count) : walkList(scan, word, base, count);
  }
  return count;
}

function walkList(scan: Scan, word: number, base: number, before: number): number {
  placeWindow(scan, word, base);
  const { classes } = scan;
  const { docs, codes } = scan.lists[word]!;
  const scale = scan.scales[word]!;
  const end = scan.to[word]!;
  let count = before;
  for (let i = scan.from[word]!; i < end; i++) {
    const doc = docs[i]!;
    const slot = doc - base;
    const sum = bounds[slot]!;
    touched[count] = slot;
    count += (sum - 1) >>> 31;
    bounds[slot] = sum + Math.imul(scale, classBounds[(classes[doc]! << 8) | codes[i]!]!);
  }
  scan.work.postings += end - scan.from[word]!;
  return count;
}

function walkTable(scan: Scan, word: number, base: number, before: number): number {
  const { classes } = scan;
  const { codes, table } = scan.lists[word]!;
  const { bits } = table!;
  const scale = scan.scales[word]!;
  const from = base >>> 5;
  const to = Math.min(bits.length, from + (windowSize >>> 5));
  const first = firstIn(table!, from);
  let at = first;
  let count = before;
  for (let i = from; i < to; i++) {
    for (let left = bits[i]!; left !== 0; left &= left - 1) {
      const doc = (i << 5) + 31 - Math.clz32(left & -left);
      const slot = doc - base;
      const sum = bounds[slot]!;
      touched[count] = slot;
      count += (sum - 1) >>> 31;
      bounds[slot] = sum + Math.imul(scale, classBounds[(classes[doc]! << 8) | codes[at++]!]!);
    }
  }
  scan.work.postings += at - first;
  return count;
}

/** Drops the papers that cannot reach the threshold any more, then adds the bound of a cheap word to the others. */
function lookUp(scan: Scan, k: number, base: number, count: number): number {
  const word = scan.order[k]!;
  const kept = dropHopeless(scan.least - scan.sums[k + 1]!, count);
  if (kept === 0) return 0;
  const { docs, codes, table } = scan.lists[word]!;
  const { classes } = scan;
  const scale = scan.scales[word]!;
  scan.work.postings += kept;
  if (table) {
    const { bits } = table;
    for (let i = 0; i < kept; i++) {
      const doc = base + touched[i]!;
      if (((bits[doc >>> 5]! >>> (doc & 31)) & 1) === 0) continue;
      bounds[touched[i]!]! += Math.imul(
        scale,
        classBounds[(classes[doc]! << 8) | codes[rankIn(table, doc)]!]!,
      );
    }
    return kept;
  }
  placeWindow(scan, word, base);
  const end = scan.to[word]!;
  for (let i = scan.from[word]!; i < end; i++) {
    const doc = docs[i]!;
    if (bounds[doc - base] !== 0)
      bounds[doc - base]! += Math.imul(scale, classBounds[(classes[doc]! << 8) | codes[i]!]!);
  }
  scan.work.postings += end - scan.from[word]!;
  return kept;
}

/** Keeps the touched papers whose bound is not below `least`; returns their number. */
function dropHopeless(least: number, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const slot = touched[i]!;
    const bound = bounds[slot]!;
    const stays = (least - 1 - bound) >>> 31;
    touched[kept] = slot;
    kept += stays;
    bounds[slot] = bound & -stays;
  }
  return kept;
}

/** Scores exactly what is left in the window, and empties it. */
function offerAll(scan: Scan, base: number, gathered: number): void {
  const count = dropHopeless(scan.least, gathered);
  for (let i = 0; i < count; i++) {
    const slot = touched[i]!;
    if (bounds[slot]! >= scan.least) score(scan, base + slot);
    bounds[slot] = 0;
  }
}

function score(scan: Scan, doc: number): void {
  const { lists, weights, lengths, work } = scan;
  const own = lengths[doc]!;
  let sum = 0;
  let held = 0;
  for (let i = 0; i < lists.length; i++) {
    const code = codeOf(scan, i, doc);
    if (code === 0) continue;
    held++;
    sum += weights[i]! * impactOf(code, own);
  }
  work.scored++;
  scan.offer(doc, sum, held);
  scan.least = leastOf(scan, scan.unit);
}

/** Packed frequencies of a word in a paper, 0 where it lacks it. */
function codeOf({ lists, from }: Scan, word: number, doc: number): number {
  const { docs, codes, table } = lists[word]!;
  if (table) return bitIn(table, doc) === 0 ? 0 : codes[rankIn(table, doc)]!;
  const at = seek(docs, doc, from[word]!);
  return at < docs.length && docs[at] === doc ? codes[at]! : 0;
}
