// The keys of the papers that meet a query's conditions. The meaning side asks by key, and of every paper: looking each one
// up in the segments cost more than all the rest of a query.
import { addBit, type Bits, countBits, hasBit, noBits, walkBits } from "./bits.ts";
import type { Segment } from "./segment.ts";

/** Up to such keys a bit for each is small (16 MiB); beyond, a set of those there are. */
const largestTabled = 2 ** 27;

export interface AcceptedKeys {
  count: number;
  has(key: number): boolean;
  list(): ArrayLike<number>;
  /** Writes for each key whether it is accepted, 1 or 0, as many as there are marks. */
  mark(keys: ArrayLike<number>, marks: Uint8Array): void;
}

/** `accepted`: sets of docs, beside the segments. */
export function openAcceptedKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
): AcceptedKeys {
  const count = accepted.reduce((sum, bits) => sum + (bits ? countBits(bits) : 0), 0);
  const list = () => listKeys(segments, accepted, count);
  let opened: Set<number> | Bits | null = null;
  const open = () => {
    opened ??= openKeys(list());
    return opened;
  };
  return {
    count,
    list,
    has(key) {
      const keys = open();
      return keys instanceof Set ? keys.has(key) : isIn(keys, key);
    },
    mark(keys, marks) {
      const own = open();
      if (own instanceof Set) for (let i = 0; i < marks.length; i++) marks[i] = Number(own.has(keys[i]!));
      else markFrom(own, keys, marks);
    },
  };
}

/** Of so many papers; without a call for each. */
function listKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
  count: number,
): Float64Array {
  const keys = new Float64Array(count);
  let next = 0;
  segments.forEach((segment, at) => {
    const bits = accepted[at];
    const docs = bits ? walkBits(bits, countBits(bits)) : [];
    for (let i = 0; i < docs.length; i++) keys[next++] = segment.keyOf(docs[i]!);
  });
  return keys;
}

/** A bit for each key, or the keys where they are too large for that. */
function openKeys(keys: Float64Array): Set<number> | Bits {
  let largest = 0;
  for (const key of keys) if (key > largest) largest = key;
  if (largest > largestTabled) return new Set(keys);
  const table = noBits(largest + 1);
  for (const key of keys) addBit(table, key);
  return table;
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
