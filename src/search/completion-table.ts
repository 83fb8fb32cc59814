// The heaviest texts that hold a word beginning so: every word's start is an entry in the order of what follows it (a suffix
// array of words), and a tree of maxima over the entries gives the best of a range without walking it (Hsu and Ottaviano 2013,
// "Space-Efficient Data Structures for Top-k Completion": a sorted array with range-maximum queries).
import { IntList } from "./int-list.ts";
import { sortSuffixes } from "./suffix-sort.ts";
import { isStopWord } from "./suggest-text.ts";
import type { TextPool } from "./text-pool.ts";

/** Words of a text that may begin a suggestion. */
const maxEntries = 16;
const blockSize = 16;
/** Between two yields while a table is built. */
const textsPerStep = 512;
const leavesPerStep = 256;
const encoder = new TextEncoder();

export class CompletionTable {
  /** Texts, each ended by a zero byte. */
  readonly bytes: Uint8Array;
  /** Where each text begins; one more at the end. */
  readonly starts: Uint32Array;
  readonly weights: Float32Array;
  /** Places of word starts, in the order of what follows. */
  readonly entries: Uint32Array;
  /** A tree over blocks of entries: the heaviest entry below each node. */
  private readonly tree: Uint32Array;
  private readonly leaves: number;
  /** Entries and nodes looked at since the table was made: what tests bound. */
  steps = 0;

  constructor(bytes: Uint8Array, starts: Uint32Array, weights: Float32Array, entries: Uint32Array) {
    this.bytes = bytes;
    this.starts = starts;
    this.weights = weights;
    this.entries = entries;
    this.leaves = Math.max(1, Math.ceil(entries.length / blockSize));
    this.tree = new Uint32Array(2 * this.leaves);
  }

  get size(): number {
    return this.weights.length;
  }

  /** Bytes of memory. */
  get memory(): number {
    return (
      this.bytes.length +
      4 * (this.starts.length + this.weights.length + this.entries.length + this.tree.length)
    );
  }

  /** Fills the tree, in steps; before anything is asked for. */
  *plantTree(): Generator<void> {
    const { tree, leaves } = this;
    for (let leaf = 0; leaf < leaves; leaf++) {
      tree[leaves + leaf] = this.heaviestIn(leaf * blockSize, (leaf + 1) * blockSize);
      if (leaf % leavesPerStep === leavesPerStep - 1) yield;
    }
    for (let node = leaves - 1; node > 0; node--) {
      tree[node] = this.heavier(tree[2 * node]!, tree[2 * node + 1]!);
      if (node % (leavesPerStep * blockSize) === 0) yield;
    }
  }

  /** Index of the text that an entry is in. */
  ownerOf(entry: number): number {
    const place = this.entries[entry]!;
    let low = 0;
    let high = this.size;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.starts[middle]! <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Up to `limit` different texts with a word that begins so, the heaviest first; equal ones in order of entries. */
  top(prefix: string, limit: number): number[] {
    const [first, end] = this.range(encoder.encode(prefix));
    const found = new Set<number>();
    const ranges = first < end ? [this.rangeOf(first, end)] : [];
    for (let pops = 0; ranges.length > 0 && found.size < limit && pops < 8 * limit + 16; pops++) {
      const at = ranges.reduce(
        (best, range, i) => (this.precedes(range.best, ranges[best]!.best) ? i : best),
        0,
      );
      const { from, to, best } = ranges[at]!;
      ranges.splice(at, 1);
      found.add(this.ownerOf(best));
      if (from < best) ranges.push(this.rangeOf(from, best));
      if (best + 1 < to) ranges.push(this.rangeOf(best + 1, to));
    }
    return [...found];
  }

  private rangeOf(from: number, to: number): { from: number; to: number; best: number } {
    return { from, to, best: this.heaviest(from, to) };
  }

  /** Entries that begin so: from the first up to, not including, the second. */
  private range(prefix: Uint8Array): [number, number] {
    return [this.bound(prefix, 0), this.bound(prefix, 1)];
  }

  /** First entry that is not below the prefix (0), or not below and without it (1). */
  private bound(prefix: Uint8Array, beyond: 0 | 1): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      this.steps++;
      const middle = (low + high) >>> 1;
      if (this.compare(this.entries[middle]!, prefix) < beyond) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Order of what stands at a place and a prefix; 0: it begins so. */
  private compare(place: number, prefix: Uint8Array): number {
    for (let i = 0; i < prefix.length; i++) {
      const difference = this.bytes[place + i]! - prefix[i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  private heaviest(from: number, to: number): number {
    const firstWhole = Math.ceil(from / blockSize);
    const endWhole = Math.floor(to / blockSize);
    if (firstWhole >= endWhole) return this.heaviestIn(from, to);
    let best = this.heavier(
      this.heaviestIn(from, firstWhole * blockSize),
      this.heaviestIn(endWhole * blockSize, to),
    );
    let low = firstWhole + this.leaves;
    let high = endWhole + this.leaves;
    for (; low < high; low >>>= 1, high >>>= 1) {
      this.steps++;
      if (low & 1) best = this.heavier(best, this.tree[low++]!);
      if (high & 1) best = this.heavier(best, this.tree[--high]!);
    }
    return best;
  }

  /** By looking at each; an index beyond all entries when there are none. */
  private heaviestIn(from: number, to: number): number {
    let best = this.entries.length;
    const end = Math.min(to, this.entries.length);
    for (let entry = from; entry < end; entry++) best = this.heavier(best, entry);
    this.steps += Math.max(0, end - from);
    return best;
  }

  private heavier(a: number, b: number): number {
    return this.precedes(b, a) ? b : a;
  }

  private precedes(a: number, b: number): boolean {
    if (a >= this.entries.length) return false;
    if (b >= this.entries.length) return true;
    const difference = this.weights[this.ownerOf(a)]! - this.weights[this.ownerOf(b)]!;
    return difference > 0 || (difference === 0 && a < b);
  }
}

/** Builds a table of folded texts (suggest-text.ts), none of them empty, which it takes; in steps, yields between them. */
export function* buildTable(texts: TextPool): Generator<void, CompletionTable> {
  const { bytes, starts, weights } = texts.take();
  yield;
  const entries = new IntList(weights.length * 4);
  for (let text = 0; text < weights.length; text++) {
    if (text % textsPerStep === textsPerStep - 1) yield;
    listEntries(bytes, starts[text]!, starts[text + 1]! - 1, entries);
  }
  const sorted = new Uint32Array(entries.view());
  yield;
  yield* sortSuffixes(bytes, sorted);
  const table = new CompletionTable(bytes, starts, weights, sorted);
  yield* table.plantTree();
  return table;
}

const space = 0x20;
const decoder = new TextDecoder();

/** Notes where the words of a text begin, its first and those that say something. */
function listEntries(bytes: Uint8Array, start: number, end: number, entries: IntList): void {
  let noted = 0;
  for (let from = start; from < end && noted < maxEntries; ) {
    let to = from;
    while (to < end && bytes[to] !== space) to++;
    if (from === start || !isStopWord(decoder.decode(bytes.subarray(from, to)))) {
      entries.push(from);
      noted++;
    }
    from = to + 1;
  }
}
