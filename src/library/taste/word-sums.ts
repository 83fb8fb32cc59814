// The words of a reader's examples laid out together: what the examples have in common, and the weighted sum of their words. One
// table by the numbers of the words serves reader after reader, because a map of thousands of words a reader would be made and
// thrown away; what was laid out lasts until the next call, and nobody keeps it over an await.
import type { Features } from "./features.ts";
import { beginHeaviest } from "./heaviest.ts";

export type Words = Pick<Features, "stems" | "weights">;

/** Words that are added to those of the examples. */
export interface OtherWords {
  stems: Int32Array;
  /** What they add, beside them. */
  sums: Float64Array;
  /** Place of a word in `stems`, by its number; -1 for what is not there. */
  placeOf(stem: number): number;
}

export interface LaidOutWords {
  /** Row i: the products of text i with texts 0 to i, zeros behind. */
  products: Float64Array[];
  /** The heaviest words of all texts, each as often as its weight says, and of the others: by size, then as they come. */
  sumHeaviest(most: number, weights: ArrayLike<number>, others: OtherWords): Words;
}

/** By number of the word: its place among those laid out now, plus 1; 0 for the others. */
let placeOf = new Int32Array(0);
/** Numbers of the words by place, and where the holders of each begin; one more, for the end. */
let stemAt = new Int32Array(0);
let from = new Int32Array(1);
let next = new Int32Array(0);
/** The places of the texts' words, one text after the other. */
let places = new Int32Array(0);
/** Holders of each word, one word after the other: which text it is, and the word's weight there. */
let holders = new Int32Array(0);
let weights = new Float32Array(0);
let words = 0;

export function layOutWords(texts: readonly Words[]): LaidOutWords {
  clear();
  makeRoom(texts);
  countHolders(texts);
  placeHolders(texts);
  return {
    products: multiplyHolders(texts.length),
    sumHeaviest: (most, given, others) => heaviestOf(given, most, others),
  };
}

/** Gives each word its place; how many hold it stands one further in `from`. */
function countHolders(texts: readonly Words[]): void {
  let k = 0;
  for (const { stems } of texts)
    for (let i = 0; i < stems.length; i++) {
      const stem = stems[i]!;
      let place = placeOf[stem]! - 1;
      if (place < 0) {
        place = words++;
        placeOf[stem] = words;
        stemAt[place] = stem;
        from[words] = 0;
      }
      places[k++] = place;
      from[place + 1] = from[place + 1]! + 1;
    }
}

function placeHolders(texts: readonly Words[]): void {
  for (let place = 0; place < words; place++) {
    next[place] = from[place]!;
    from[place + 1] = from[place + 1]! + from[place]!;
  }
  let k = 0;
  for (let text = 0; text < texts.length; text++) {
    const given = texts[text]!.weights;
    for (let i = 0; i < given.length; i++) {
      const place = places[k++]!;
      const at = next[place]!;
      next[place] = at + 1;
      holders[at] = text;
      weights[at] = given[i]!;
    }
  }
}

function multiplyHolders(texts: number): Float64Array[] {
  const products = new Float64Array(texts * texts);
  for (let place = 0; place < words; place++) {
    const end = from[place + 1]!;
    for (let b = from[place]!; b < end; b++) {
      const row = holders[b]! * texts;
      const weight = weights[b]!;
      for (let a = from[place]!; a <= b; a++)
        products[row + holders[a]!] = products[row + holders[a]!]! + weight * weights[a]!;
    }
  }
  return Array.from({ length: texts }, (_, i) => products.subarray(i * texts, (i + 1) * texts));
}

function heaviestOf(given: ArrayLike<number>, most: number, others: OtherWords): Words {
  const { stems, sums } = others;
  const heaviest = beginHeaviest(words + stems.length);
  for (let place = 0; place < words; place++) {
    let sum = 0;
    for (let at = from[place]!; at < from[place + 1]!; at++) sum += given[holders[at]!]! * weights[at]!;
    const other = others.placeOf(stemAt[place]!);
    heaviest.add(stemAt[place]!, other < 0 ? sum : sum + sums[other]!);
  }
  const least = heaviest.leastOf(most);
  for (let k = 0; k < stems.length; k++)
    if (Math.abs(sums[k]!) >= least && isOther(stems[k]!)) heaviest.add(stems[k]!, sums[k]!);
  return heaviest.take(most);
}

function isOther(stem: number): boolean {
  return stem >= placeOf.length || placeOf[stem] === 0;
}

function clear(): void {
  for (let place = 0; place < words; place++) placeOf[stemAt[place]!] = 0;
  words = 0;
}

function makeRoom(texts: readonly Words[]): void {
  let largest = 0;
  let total = 0;
  for (const { stems } of texts) {
    total += stems.length;
    for (let k = 0; k < stems.length; k++) if (stems[k]! > largest) largest = stems[k]!;
  }
  if (largest >= placeOf.length) placeOf = new Int32Array(Math.max(1_024, 2 * largest));
  if (total <= places.length) return;
  const size = Math.max(4_096, 2 * total);
  stemAt = new Int32Array(size);
  from = new Int32Array(size + 1);
  next = new Int32Array(size);
  places = new Int32Array(size);
  holders = new Int32Array(size);
  weights = new Float32Array(size);
}
