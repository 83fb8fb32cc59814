// What the words of many texts have in common, each text with those before it: the words of one are laid out in a table, the
// others are looked up there.
import type { Words } from "./word-sums.ts";

let table = new Float32Array(0);

/** Row i: the products with texts 0 to i, of their words' weights; zeros behind them. */
export function shareWords(texts: readonly Words[]): Float64Array[] {
  makeRoom(texts);
  return texts.map((text, i) => {
    for (let k = 0; k < text.stems.length; k++) table[text.stems[k]!] = text.weights[k]!;
    const row = new Float64Array(texts.length);
    for (let j = 0; j <= i; j++) row[j] = productWithTable(texts[j]!);
    for (let k = 0; k < text.stems.length; k++) table[text.stems[k]!] = 0;
    return row;
  });
}

function productWithTable({ stems, weights }: Words): number {
  let sum = 0;
  for (let k = 0; k < stems.length; k++) sum += table[stems[k]!]! * weights[k]!;
  return sum;
}

function makeRoom(texts: readonly Words[]): void {
  let largest = 0;
  for (const { stems } of texts)
    for (let k = 0; k < stems.length; k++) if (stems[k]! > largest) largest = stems[k]!;
  if (largest >= table.length) table = new Float32Array(Math.max(1_024, 2 * largest));
}
