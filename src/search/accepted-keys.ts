// The keys of the papers that meet a query's conditions. The meaning side asks by key, and of every paper: looking each one
// up in the segments cost more than all the rest of a query.
import { type Bits, countBits, forEachBit, hasBit, noBits } from "./bits.ts";
import type { Segment } from "./segment.ts";

/** Up to such keys a bit for each is small (16 MiB); beyond, a set of those there are. */
const largestTabled = 2 ** 27;

export interface AcceptedKeys {
  count: number;
  has(key: number): boolean;
  /** A bit for each key, up to the largest; null where keys are too large for that. */
  table(): Bits | null;
}

/** `accepted`: sets of docs, beside the segments. */
export function openAcceptedKeys(
  segments: readonly Segment[],
  accepted: readonly (Bits | null)[],
): AcceptedKeys {
  const count = accepted.reduce((sum, bits) => sum + (bits ? countBits(bits) : 0), 0);
  let opened: Set<number> | Bits | null = null;
  const open = () => {
    opened ??= openKeys(segments, accepted);
    return opened;
  };
  return {
    count,
    has(key) {
      const keys = open();
      return keys instanceof Set ? keys.has(key) : isIn(keys, key);
    },
    table() {
      const keys = open();
      return keys instanceof Set ? null : keys;
    },
  };
}

function openKeys(segments: readonly Segment[], accepted: readonly (Bits | null)[]): Set<number> | Bits {
  const largest = segments.reduce((most, { keyRuns }) => Math.max(most, keyRuns.largest), 0);
  if (largest > largestTabled) return listKeys(segments, accepted);
  const table = noBits(largest + 1);
  segments.forEach(({ keyRuns, size }, at) => {
    if (accepted[at]) keyRuns.addKeys(accepted[at], table, size);
  });
  return table;
}

function listKeys(segments: readonly Segment[], accepted: readonly (Bits | null)[]): Set<number> {
  const keys = new Set<number>();
  segments.forEach((segment, at) => {
    if (accepted[at]) forEachBit(accepted[at], (doc) => keys.add(segment.keyOf(doc)));
  });
  return keys;
}

/** A key beyond the table, or none (-1), is not in it. */
function isIn(table: Bits, key: number): boolean {
  return key >= 0 && key < 32 * table.length && hasBit(table, key);
}
