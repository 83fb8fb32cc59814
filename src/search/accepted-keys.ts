// The keys of the papers that meet a query's conditions. The meaning side asks by key, and of every paper: looking each one
// up in the segments cost more than all the rest of a query.
import { addBit, type Bits, countBits, forEachBit, hasBit, noBits } from "./bits.ts";
import type { Segment } from "./segment.ts";

/** Up to such keys a bit for each is small (16 MiB); beyond, a set of those there are. */
const largestTabled = 2 ** 27;

export interface AcceptedKeys {
  count: number;
  has(key: number): boolean;
  list(): number[];
  /** Writes for each key whether it is accepted, 1 or 0, as many as there are marks. */
  mark(keys: ArrayLike<number>, marks: Uint8Array): void;
}

/** `accepted`: sets of docs, beside the segments. */
export function openAcceptedKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
): AcceptedKeys {
  let opened: Set<number> | Bits | null = null;
  const open = () => {
    opened ??= openKeys(segments, accepted);
    return opened;
  };
  return {
    count: accepted.reduce((sum, bits) => sum + (bits ? countBits(bits) : 0), 0),
    has(key) {
      const keys = open();
      return keys instanceof Set ? keys.has(key) : isIn(keys, key);
    },
    list() {
      const keys: number[] = [];
      visitKeys(segments, accepted, (key) => keys.push(key));
      return keys;
    },
    mark(keys, marks) {
      const own = open();
      if (own instanceof Set) for (let i = 0; i < marks.length; i++) marks[i] = Number(own.has(keys[i]!));
      else markFrom(own, keys, marks);
    },
  };
}

function visitKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
  take: (key: number) => void,
): void {
  segments.forEach((segment, at) => {
    const bits = accepted[at];
    if (bits) forEachBit(bits, (doc) => take(segment.keyOf(doc)));
  });
}

/** A key beyond the table, or none (-1), is not in it. */
function isIn(table: Bits, key: number): boolean {
  return key >= 0 && key < 32 * table.length && hasBit(table, key);
}

/** Asked of every paper there is: without a branch for what passes. */
function markFrom(table: Bits, keys: ArrayLike<number>, marks: Uint8Array): void {
  const end = 32 * table.length;
  for (let i = 0; i < marks.length; i++) {
    const key = keys[i]!;
    marks[i] = key >= 0 && key < end ? (table[key >>> 5]! >>> (key & 31)) & 1 : 0;
  }
}

/** A bit for each key, or the keys where they are too large for that. */
function openKeys(segments: readonly Segment[], accepted: readonly (Bits | null)[]): Set<number> | Bits {
  const largest = segments.reduce(
    (most, segment, at) => Math.max(most, largestKey(segment, accepted[at]!)),
    0,
  );
  if (largest > largestTabled) {
    const keys = new Set<number>();
    visitKeys(segments, accepted, (key) => keys.add(key));
    return keys;
  }
  const table = noBits(largest + 1);
  segments.forEach((segment, at) => {
    const bits = accepted[at];
    for (let i = 0; bits && i < bits.length; i++) {
      for (let left = bits[i]!; left !== 0; left &= left - 1)
        addBit(table, segment.keyOf((i << 5) + 31 - Math.clz32(left & -left)));
    }
  });
  return table;
}

/** Of the papers in the set, 0 where there are none. */
function largestKey(segment: Segment, bits: Bits | null): number {
  let largest = 0;
  for (let i = 0; bits && i < bits.length; i++) {
    for (let left = bits[i]!; left !== 0; left &= left - 1) {
      const key = segment.keyOf((i << 5) + 31 - Math.clz32(left & -left));
      if (key > largest) largest = key;
    }
  }
  return largest;
}
