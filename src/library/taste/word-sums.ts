// Weighted sums of the words of many texts, by the numbers of the words: one table that is used for reader after reader, because
// a map of ten thousand words a reader would be made and thrown away.
import type { Features } from "./features.ts";

export type Words = Pick<Features, "stems" | "weights">;

type Add = (words: { stems: Int32Array; weights: Float32Array | Float64Array }, weight: number) => void;

let sums = new Float64Array(0);
let isTouched = new Uint8Array(0);
let touched = new Int32Array(0);
let count = 0;

/** The heaviest words of the sum of what `addAll` adds, at most `most`: by size, then by number. */
export function sumWords(most: number, addAll: (add: Add) => void): Words {
  try {
    addAll(add);
    return heaviest(most);
  } finally {
    clear();
  }
}

function add({ stems, weights }: Parameters<Add>[0], weight: number): void {
  makeRoom(stems);
  for (let i = 0; i < stems.length; i++) {
    const stem = stems[i]!;
    if (isTouched[stem] === 0) {
      isTouched[stem] = 1;
      touched[count++] = stem;
    }
    sums[stem] = sums[stem]! + weight * weights[i]!;
  }
}

function makeRoom(stems: Int32Array): void {
  let largest = 0;
  for (let i = 0; i < stems.length; i++) if (stems[i]! > largest) largest = stems[i]!;
  if (largest < sums.length) return;
  const size = Math.max(1_024, 2 * largest);
  const [oldSums, oldMarks, oldTouched] = [sums, isTouched, touched];
  sums = new Float64Array(size);
  isTouched = new Uint8Array(size);
  touched = new Int32Array(size);
  sums.set(oldSums);
  isTouched.set(oldMarks);
  touched.set(oldTouched);
}

function clear(): void {
  for (let i = 0; i < count; i++) {
    sums[touched[i]!] = 0;
    isTouched[touched[i]!] = 0;
  }
  count = 0;
}

function heaviest(most: number): Words {
  const least = boundOf(most);
  const kept: number[] = [];
  for (let i = 0; i < count; i++) if (Math.abs(sums[touched[i]!]!) >= least) kept.push(touched[i]!);
  kept.sort((a, b) => Math.abs(sums[b]!) - Math.abs(sums[a]!) || a - b);
  const stems = Int32Array.from(kept.slice(0, most));
  return { stems, weights: Float32Array.from(stems, (stem) => sums[stem]!) };
}

/** Sizes are counted by exponent and the first bits behind it, which tells a bound that few more than `most` are above. */
const bits = 12;
const counts = new Int32Array(2 ** bits);
const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);

function boundOf(most: number): number {
  if (count <= most) return 0;
  counts.fill(0);
  for (let i = 0; i < count; i++) {
    const at = binOf(sums[touched[i]!]!);
    counts[at] = counts[at]! + 1;
  }
  let bin = counts.length;
  for (let above = 0; above < most && bin > 0; ) above += counts[--bin]!;
  asBits[0] = bin << (31 - bits);
  // Rounded to a float a size may have come into a bin above its own.
  return asFloat[0]! * (1 - 2 ** -20);
}

function binOf(value: number): number {
  asFloat[0] = Math.abs(value);
  return asBits[0]! >>> (31 - bits);
}
