// The best papers that hold at least one word, found without scoring them all: MaxScore (Turtle and Flood 1995) over
// windows of papers. The dearest words are walked; the cheap ones, which alone cannot lift a paper over the threshold, are
// only looked up for papers that still can pass it; what is left is scored exactly.
import { codeIn, indexIn, type Postings, seek } from "./postings.ts";
import { impactOf } from "./scoring.ts";
import type { Work } from "./work.ts";

export interface AnyWordsInput {
  words: readonly Postings[];
  /** Beside words. */
  weights: readonly number[];
  lengths: Uint32Array;
  work: Work;
  /** What an exact score must reach, asked again and again. */
  threshold(): number;
  /** Takes a paper that may enter; `held` is how many of the words it holds. */
  offer(doc: number, score: number, held: number): void;
}

/** Bounds are added in single precision; they are widened by more than that can lose. */
const slack = 1 + 1e-5;
const windowSize = 4096;
const bounds = new Float32Array(windowSize);
const touched = new Int32Array(windowSize);

interface Scan extends AnyWordsInput {
  /** Words that occur, cheapest first. */
  order: readonly number[];
  /** Weight of a bound's 255th. */
  scales: readonly number[];
  /** sums[k]: what the words order[0] to order[k - 1] can add at most. */
  sums: readonly number[];
  /** Index of each word's first posting in the window, and behind its last; valid where it was asked for. */
  from: Int32Array;
  to: Int32Array;
}

/** Offers every paper of the segment whose score can reach the threshold, each at most once. */
export function visitAny(input: AnyWordsInput): void {
  const { words, weights, lengths } = input;
  const scales = weights.map((weight) => weight / 255);
  const most = words.map((word, i) => scales[i]! * word.maxBound);
  const order = words
    .map((_, i) => i)
    .filter((i) => words[i]!.docs.length > 0)
    .sort((a, b) => most[a]! - most[b]!);
  const sums = [0];
  for (const word of order) sums.push(sums.at(-1)! + most[word]!);
  const ends = { from: new Int32Array(words.length), to: new Int32Array(words.length) };
  const scan: Scan = { ...input, order, scales, sums, ...ends };
  let first = 0;
  for (let base = 0; base < lengths.length; base += windowSize) {
    const threshold = input.threshold();
    while (first < order.length && sums[first + 1]! * slack < threshold) first++;
    if (first === order.length) return;
    let count = walkWindow(scan, first, base);
    for (let k = first - 1; k >= 0 && count > 0; k--) count = lookUp(scan, k, base, count);
    offerAll(scan, base, count);
  }
}

/** Finds the word's postings within the window. */
function placeWindow({ words, from, to }: Scan, word: number, base: number): void {
  const { docs } = words[word]!;
  from[word] = seek(docs, base, to[word]!);
  to[word] = seek(docs, base + windowSize, from[word]!);
}

/** Adds up the bounds of the dear words over one window; returns how many papers were touched. */
function walkWindow(scan: Scan, first: number, base: number): number {
  let count = 0;
  for (let k = first; k < scan.order.length; k++) {
    const word = scan.order[k]!;
    placeWindow(scan, word, base);
    const { docs, bounds: own } = scan.words[word]!;
    const scale = scan.scales[word]!;
    const end = scan.to[word]!;
    for (let i = scan.from[word]!; i < end; i++) {
      const slot = docs[i]! - base;
      const before = bounds[slot]!;
      if (before === 0) touched[count++] = slot;
      bounds[slot] = before + scale * own[i]!;
    }
    scan.work.postings += end - scan.from[word]!;
  }
  return count;
}

/** Drops the papers that cannot reach the threshold any more, then adds the bound of a cheap word to the others. */
function lookUp(scan: Scan, k: number, base: number, count: number): number {
  const word = scan.order[k]!;
  const kept = dropHopeless(scan.threshold() / slack - scan.sums[k + 1]!, count);
  if (kept === 0) return 0;
  const { docs, bounds: own, table } = scan.words[word]!;
  const scale = scan.scales[word]!;
  scan.work.postings += kept;
  if (table) {
    for (let i = 0; i < kept; i++) {
      const at = indexIn(scan.words[word]!, base + touched[i]!);
      if (at >= 0) bounds[touched[i]!]! += scale * own[at]!;
    }
    return kept;
  }
  placeWindow(scan, word, base);
  const end = scan.to[word]!;
  for (let i = scan.from[word]!; i < end; i++) {
    const slot = docs[i]! - base;
    if (bounds[slot] !== 0) bounds[slot]! += scale * own[i]!;
  }
  scan.work.postings += end - scan.from[word]!;
  return kept;
}

/** Keeps the touched papers whose bound is not below `least`; returns their number. */
function dropHopeless(least: number, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const slot = touched[i]!;
    if (bounds[slot]! >= least) touched[kept++] = slot;
    else bounds[slot] = 0;
  }
  return kept;
}

/** Scores exactly what is left in the window, and empties it. */
function offerAll(scan: Scan, base: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const slot = touched[i]!;
    if (bounds[slot]! * slack >= scan.threshold()) score(scan, base + slot);
    bounds[slot] = 0;
  }
}

function score({ words, weights, lengths, from, work, threshold, offer }: Scan, doc: number): void {
  const own = lengths[doc]!;
  let sum = 0;
  let held = 0;
  for (let i = 0; i < words.length; i++) {
    const code = codeIn(words[i]!, doc, from[i]!);
    if (code === 0) continue;
    held++;
    sum += weights[i]! * impactOf(code, own);
  }
  work.scored++;
  if (sum >= threshold()) offer(doc, sum, held);
}
