// Which of some texts hold a word, laid out by the number of the word.
import type { Features } from "./features.ts";
import type { OtherWords } from "./word-sums.ts";

/** Word n stands in items[from[n]] to before items[from[n + 1]], with the weights beside; words beyond `words` in none. */
export interface Holders {
  words: number;
  from: Int32Array;
  items: Int32Array;
  weights: Float32Array;
}

export function holdersOf(texts: readonly Pick<Features, "stems" | "weights">[]): Holders {
  let words = 0;
  let total = 0;
  for (const { stems } of texts) {
    total += stems.length;
    for (const stem of stems) words = Math.max(words, stem + 1);
  }
  const from = new Int32Array(words + 1);
  for (const { stems } of texts) for (const stem of stems) from[stem + 1] = from[stem + 1]! + 1;
  for (let n = 0; n < words; n++) from[n + 1] = from[n + 1]! + from[n]!;
  const next = from.slice();
  const [items, weights] = [new Int32Array(total), new Float32Array(total)];
  for (const [i, { stems, weights: given }] of texts.entries())
    for (const [k, stem] of stems.entries()) {
      const at = next[stem]!;
      items[at] = i;
      weights[at] = given[k]!;
      next[stem] = at + 1;
    }
  return { words, from, items, weights };
}

/** Adds to each item what it has in common with these words, each as often as its weight says. */
export function addProducts(
  { words, from, items, weights: held }: Holders,
  { stems, weights }: Pick<Features, "stems" | "weights">,
  to: Float32Array,
): void {
  for (let k = 0; k < stems.length; k++) {
    const word = stems[k]!;
    if (word >= words) continue;
    const weight = weights[k]!;
    for (let at = from[word]!; at < from[word + 1]!; at++)
      to[items[at]!] = to[items[at]!]! + weight * held[at]!;
  }
}

/** The words of all texts, each text as often as its weight says; the answer is used up before it is asked again. */
export function openOtherWords(
  texts: readonly Pick<Features, "stems" | "weights">[],
): (each: Float64Array) => OtherWords {
  const stems = Int32Array.from(new Set(texts.flatMap((text) => [...text.stems])));
  const sums = new Float64Array(stems.length);
  const placeOf = openPlaces(stems);
  const places = Int32Array.from(
    texts.flatMap((text) => [...text.stems]),
    placeOf,
  );
  return (each) => {
    sums.fill(0);
    let at = 0;
    for (let i = 0; i < texts.length; i++) {
      const { weights } = texts[i]!;
      for (let k = 0; k < weights.length; k++) {
        const place = places[at++]!;
        sums[place] = sums[place]! + each[i]! * weights[k]!;
      }
    }
    return { stems, sums, placeOf };
  };
}

/** Places of words in a list, by their numbers; -1 for what is not there. */
export function openPlaces(stems: Int32Array): (stem: number) => number {
  const places = new Int32Array(stems.reduce((most, stem) => Math.max(most, stem), -1) + 1).fill(-1);
  for (let place = 0; place < stems.length; place++) places[stems[place]!] = place;
  return (stem) => (stem < places.length ? places[stem]! : -1);
}
