// The best papers that hold at least one word, found without scoring them all: MaxScore (Turtle and Flood 1995) over
// windows of papers, with upper bounds of a byte a posting, so that only what can still enter is scored exactly.
import { codeIn, type Postings, seek, windowBits } from "./postings.ts";
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
const windowSize = 1 << windowBits;
const bounds = new Float32Array(windowSize);
const touched = new Int32Array(windowSize);

/** Offers every paper of the segment whose score can reach the threshold, each at most once. */
export function visitAny(input: AnyWordsInput): void {
  const { words, weights, lengths } = input;
  const scales = weights.map((weight) => weight / 255);
  // Cheapest first: the leading words are the first that need not be walked any more.
  const order = words
    .map((_, i) => i)
    .filter((i) => words[i]!.docs.length > 0)
    .sort((a, b) => scales[a]! * words[a]!.maxBound - scales[b]! * words[b]!.maxBound);
  const sums = [0];
  for (const i of order) sums.push(sums.at(-1)! + scales[i]! * words[i]!.maxBound);
  const at = new Int32Array(words.length);
  for (let base = 0; base < lengths.length; base += windowSize) {
    const threshold = input.threshold();
    let first = 0;
    while (first < order.length && sums[first + 1]! * slack < threshold) first++;
    if (first === order.length) return;
    const count = walkWindow(input, { order, first, scales, at, base });
    const rest = { order, first, scales, sums, at };
    for (let i = 0; i < count; i++) {
      const doc = base + touched[i]!;
      const bound = bounds[touched[i]!]!;
      bounds[touched[i]!] = 0;
      if ((bound + sums[first]!) * slack >= input.threshold()) refine(input, rest, doc, bound);
    }
  }
}

interface Walk {
  order: readonly number[];
  /** Words order[first..] are walked, the others looked up. */
  first: number;
  scales: readonly number[];
  /** How far each word has been walked. */
  at: Int32Array;
  base: number;
}

/** Adds up the bounds of the walked words over one window; returns how many papers were touched. */
function walkWindow(input: AnyWordsInput, { order, first, scales, at, base }: Walk): number {
  const end = base + windowSize;
  let count = 0;
  for (let k = first; k < order.length; k++) {
    const word = order[k]!;
    const { docs, bounds: own } = input.words[word]!;
    const scale = scales[word]!;
    let i = seek(docs, base, at[word]!);
    const from = i;
    for (; i < docs.length && docs[i]! < end; i++) {
      const slot = docs[i]! - base;
      if (bounds[slot] === 0) touched[count++] = slot;
      bounds[slot]! += scale * own[i]!;
    }
    input.work.postings += i - from;
    at[word] = i;
  }
  return count;
}

interface Rest {
  order: readonly number[];
  first: number;
  scales: readonly number[];
  sums: readonly number[];
}

/** Looks up the words that were not walked, dearest first, and gives up as soon as the paper cannot enter. */
function refine(
  input: AnyWordsInput,
  { order, first, scales, sums }: Rest,
  doc: number,
  walked: number,
): void {
  const { words, weights, lengths, work } = input;
  const threshold = input.threshold();
  let bound = walked;
  for (let k = first - 1; k >= 0; k--) {
    work.postings++;
    const word = order[k]!;
    if (codeIn(words[word]!, doc) !== 0) bound += scales[word]! * words[word]!.maxBound;
    if ((bound + sums[k]!) * slack < threshold) return;
  }
  work.scored++;
  let score = 0;
  let held = 0;
  for (let i = 0; i < words.length; i++) {
    const code = codeIn(words[i]!, doc);
    if (code === 0) continue;
    held++;
    score += weights[i]! * impactOf(code, lengths[doc]!);
  }
  if (score >= threshold) input.offer(doc, score, held);
}
