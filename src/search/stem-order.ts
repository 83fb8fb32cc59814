// The order of stems in a segment: that of their UTF-8 bytes.
import { ByteWriter } from "./bytes.ts";
import { compareBytes } from "./dictionary.ts";

const encoder = new TextEncoder();

/** Nearly all stems are ASCII and short: no encoder is called for them. */
export function writeStem(stem: string, out: ByteWriter): void {
  out.clear();
  for (let i = 0; i < stem.length; i++) {
    const code = stem.charCodeAt(i);
    if (code > 127) {
      out.clear();
      out.raw(encoder.encode(stem));
      return;
    }
    out.byte(code);
  }
}

/** A number each: 5 bytes of the stem above, its index in the list below. */
const prefixLength = 5;
const indexBits = 24;
const indexMask = 2 ** indexBits - 1;

/** Stems looked at between two yields. */
const stemsPerStep = 4096;

/** Indexes of the stems (fewer than 2^24) in order: sorted as numbers, then what begins alike by comparing. */
export function* sortStems(stems: readonly string[]): Generator<void, Int32Array> {
  const numbers = new BigUint64Array(stems.length);
  const halves = new Uint32Array(numbers.buffer);
  for (let start = 0; start < stems.length; start += stemsPerStep) {
    writeNumbers(stems, halves, start);
    yield;
  }
  numbers.sort();
  yield;
  return yield* settleTies(stems, halves);
}

function writeNumbers(stems: readonly string[], halves: Uint32Array, start: number): void {
  const end = Math.min(stems.length, start + stemsPerStep);
  const bytes = new ByteWriter(64);
  for (let i = start; i < end; i++) {
    writeStem(stems[i]!, bytes);
    for (let k = bytes.length; k < prefixLength; k++) bytes.byte(0);
    const { data } = bytes;
    halves[2 * i] = ((data[4]! << indexBits) | i) >>> 0;
    halves[2 * i + 1] = ((data[0]! << 24) | (data[1]! << 16) | (data[2]! << 8) | data[3]!) >>> 0;
  }
}

function* settleTies(stems: readonly string[], halves: Uint32Array): Generator<void, Int32Array> {
  const sorted = new Int32Array(stems.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = halves[2 * i]! & indexMask;
  const alike = (a: number, b: number) =>
    halves[2 * a + 1] === halves[2 * b + 1] && halves[2 * a]! >>> indexBits === halves[2 * b]! >>> indexBits;
  const compare = compareIn(stems);
  let work = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && alike(start, end)) end++;
    if (end - start > 1) sortRun(sorted.subarray(start, end), compare);
    work += end - start;
    start = end;
    if (work < stemsPerStep) continue;
    work = 0;
    yield;
  }
  return sorted;
}

/** So many are put in order one by one: nearly always there are two or three. */
const fewAlike = 16;

function sortRun(run: Int32Array, compare: (a: number, b: number) => number): void {
  if (run.length > fewAlike) {
    run.sort(compare);
    return;
  }
  for (let i = 1; i < run.length; i++) {
    const own = run[i]!;
    let at = i;
    for (; at > 0 && compare(run[at - 1]!, own) > 0; at--) run[at] = run[at - 1]!;
    run[at] = own;
  }
}

const surrogate = /[\ud800-\udfff]/;

/** Without surrogates, the order of UTF-16 units is that of the UTF-8 bytes. */
function compareIn(stems: readonly string[]): (a: number, b: number) => number {
  const special = stems.some((stem) => surrogate.test(stem));
  const compare = special ? compareStems : compareUnits;
  return (i, k) => compare(stems[i]!, stems[k]!);
}

export function compareStems(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return compareBytes(encoder.encode(a), encoder.encode(b));
  return compareUnits(a, b);
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
