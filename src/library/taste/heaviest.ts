// The heaviest of some thousand numbered values without sorting them all: sizes are counted by exponent and the first bits
// behind it, which tells a bound that few more than are wanted lie above, and nearly sorts these few.

/** Of a size rounded to a 32-bit float: 8 bits of exponent and 4 behind it. */
const bits = 12;
const counts = new Int32Array(2 ** bits + 1);
const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);

let numbers = new Int32Array(0);
let values = new Float64Array(0);
let bins = new Int16Array(0);
let count = 0;

export interface HeaviestNumbers {
  add(number: number, value: number): void;
  /** A size that so many of those added reach, near the largest such; 0 where there are fewer. */
  leastOf(most: number): number;
  /** At most so many, by size, then in the order they were added. */
  take(most: number): { stems: Int32Array; weights: Float32Array };
}

const heaviest: HeaviestNumbers = { add, leastOf, take };

/** Begins anew; used up by one reader before the next begins. */
export function beginHeaviest(room: number): HeaviestNumbers {
  if (room > values.length) {
    numbers = new Int32Array(2 * room);
    values = new Float64Array(2 * room);
    bins = new Int16Array(2 * room);
  }
  count = 0;
  counts.fill(0);
  return heaviest;
}

function add(number: number, value: number): void {
  asFloat[0] = Math.abs(value);
  const bin = asBits[0]! >>> (31 - bits);
  numbers[count] = number;
  values[count] = value;
  bins[count++] = bin;
  counts[bin] = counts[bin]! + 1;
}

function leastOf(most: number): number {
  if (count < most) return 0;
  asBits[0] = leastBin(most) << (31 - bits);
  // Rounded to a float a size may have come into a bin above its own.
  return asFloat[0]! * (1 - 2 ** -20);
}

/** The bin from which on there are at least so many, or all. */
function leastBin(most: number): number {
  let bin = 2 ** bits;
  for (let above = 0; above < most && bin > 0; ) above += counts[--bin]!;
  return bin;
}

function take(most: number): { stems: Int32Array; weights: Float32Array } {
  const order = sortFrom(leastBin(most));
  const kept = Math.min(most, order.length);
  const [stems, weights] = [new Int32Array(kept), new Float32Array(kept)];
  for (let k = 0; k < kept; k++) {
    stems[k] = numbers[order[k]!]!;
    weights[k] = values[order[k]!]!;
  }
  return { stems, weights };
}

/** Places of all in this bin and above, largest first: laid out by bin, then sorted by insertion, as few share a bin. */
function sortFrom(least: number): Int32Array {
  let length = 0;
  const next = new Int32Array(2 ** bits - least);
  for (let bin = 2 ** bits - 1; bin >= least; bin--) {
    next[bin - least] = length;
    length += counts[bin]!;
  }
  const order = new Int32Array(length);
  for (let i = 0; i < count; i++) {
    const bin = bins[i]! - least;
    if (bin < 0) continue;
    order[next[bin]!] = i;
    next[bin] = next[bin]! + 1;
  }
  return length > mostInserted ? order.sort(compare) : insertInOrder(order);
}

/** Many that are equal, as somebody may have made them. */
const mostInserted = 2_000;

function insertInOrder(order: Int32Array): Int32Array {
  for (let k = 1; k < order.length; k++) {
    const i = order[k]!;
    let to = k;
    for (; to > 0 && compare(i, order[to - 1]!) < 0; to--) order[to] = order[to - 1]!;
    order[to] = i;
  }
  return order;
}

function compare(a: number, b: number): number {
  return Math.abs(values[b]!) - Math.abs(values[a]!) || a - b;
}
