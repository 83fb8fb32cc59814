// The best papers that hold at least one word, found without scoring them all: MaxScore (Turtle and Flood 1995) over
// windows of papers. The dearest words are walked; the cheap ones, which alone cannot lift a paper over the threshold, are
// only looked up for papers that still can pass it; what is left is scored exactly.
import { classBounds, classesOf } from "./length-classes.ts";
import { type PaperList, seek } from "./paper-list.ts";
import { bitIn, type PaperTable, rankIn } from "./paper-table.ts";
import { impactOf } from "./scoring.ts";
import { WalkWindow, windowSize } from "./walk-window.ts";
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

/**
 * All bounds of a query are below. A bound is a whole number of units (whose size depends on the query): whole numbers add up
 * exactly, and what depends on their sign needs no branch, which nobody could foretell.
 */
const mostUnits = 2 ** 29;

/** The lists of a word, at hand for the whole walk. */
interface WordLists {
  codes: Uint8Array;
  table: PaperTable | null;
  /** Where there is no table. */
  docs: Int32Array;
}

interface Scan extends AnyWordsInput {
  window: WalkWindow;
  lists: readonly WordLists[];
  /** Length classes of the papers. */
  classes: Uint8Array;
  /** Words that occur, cheapest first. */
  order: readonly number[];
  /** Units of a bound's 255th, rounded up. */
  scales: Int32Array;
  /** The papers that are left stand among the touched of the window. */
  listed: boolean;
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
  const classes = classesOf(lengths);
  const window = WalkWindow.open(classes);
  const own = { window, lists, classes, order, scales, unit, least, sums, listed: true };
  return { ...input, ...own, ...ends };
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
  const { order, lists, window } = scan;
  let count = 0;
  let inTables = 0;
  for (let k = first; k < order.length; k++) {
    const word = order[k]!;
    const { table, codes } = lists[word]!;
    if (!table) count = walkList(scan, word, base, count);
    else inTables += window.addTable({ table, codes }, base, scan.scales[word]!);
  }
  scan.work.postings += inTables;
  scan.listed = inTables < many;
  if (inTables === 0) return count;
  // Of common words so many papers are touched that going through all is quicker than noting each.
  const least = scan.least - scan.sums[first]!;
  return scan.listed ? window.list(least) : window.drop(least);
}

/** With fewer postings in a window the papers that are left are listed at once, else when few are left. */
const many = windowSize / 4;

/** Sees to it that those that are left stand among the touched. */
function listTouched(scan: Scan): void {
  if (!scan.listed) scan.window.list(1);
  scan.listed = true;
}

function walkList(scan: Scan, word: number, base: number, before: number): number {
  placeWindow(scan, word, base);
  const { classes } = scan;
  const { sums: bounds, touched } = scan.window;
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

/** Looking one paper up costs as much as walking so many. */
const walkedForOne = 3;

/** Adds the bound of a cheap word to the papers that still can reach the threshold; returns how many can. */
function lookUp(scan: Scan, k: number, base: number, count: number): number {
  const { window, work } = scan;
  const word = scan.order[k]!;
  const { codes, table } = scan.lists[word]!;
  const held = table ? window.countIn({ table, codes }, base) : 0;
  if (table && !scan.listed && count * walkedForOne > held) {
    work.postings += window.addTable({ table, codes }, base, scan.scales[word]!);
    return window.drop(scan.least - scan.sums[k]!);
  }
  listTouched(scan);
  const kept = dropHopeless(window, scan.least - scan.sums[k + 1]!, count);
  if (kept === 0) return 0;
  if (table) lookUpInTable(scan, word, { table, base, kept });
  else lookUpInList(scan, word, base);
  return kept;
}

function lookUpInTable(
  scan: Scan,
  word: number,
  { table, base, kept }: { table: PaperTable; base: number; kept: number },
): void {
  const { sums: bounds, touched } = scan.window;
  const { codes } = scan.lists[word]!;
  const { classes } = scan;
  const scale = scan.scales[word]!;
  const { bits } = table;
  scan.work.postings += kept;
  for (let i = 0; i < kept; i++) {
    const doc = base + touched[i]!;
    if (((bits[doc >>> 5]! >>> (doc & 31)) & 1) === 0) continue;
    bounds[touched[i]!]! += Math.imul(scale, classBounds[(classes[doc]! << 8) | codes[rankIn(table, doc)]!]!);
  }
}

function lookUpInList(scan: Scan, word: number, base: number): void {
  placeWindow(scan, word, base);
  const { sums: bounds } = scan.window;
  const { docs, codes } = scan.lists[word]!;
  const { classes } = scan;
  const scale = scan.scales[word]!;
  const end = scan.to[word]!;
  for (let i = scan.from[word]!; i < end; i++) {
    const doc = docs[i]!;
    if (bounds[doc - base] !== 0)
      bounds[doc - base]! += Math.imul(scale, classBounds[(classes[doc]! << 8) | codes[i]!]!);
  }
  scan.work.postings += end - scan.from[word]!;
}

/** Keeps the touched papers whose bound is not below `least`; returns their number. */
function dropHopeless({ sums: bounds, touched }: WalkWindow, least: number, count: number): number {
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
  if (gathered === 0) return;
  listTouched(scan);
  const { sums: bounds, touched } = scan.window;
  const count = dropHopeless(scan.window, scan.least, gathered);
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
