// The draws that a record needs, from one stream of random bits.
import type { Bits } from "./snapshot-words.ts";

export interface Draw {
  /** [0, 1) */
  unit(): number;
  /** Whole number in [0, n). */
  below(n: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** From a table of equally likely values whose length is a power of two. */
  from(table: Int32Array): number;
  /** By cumulative shares. */
  byShare<T>(list: readonly (readonly [share: number, value: T])[]): T;
  /** The step of a cumulative ladder that a draw falls on, from 0; its length when beyond. */
  ladder(shares: readonly number[]): number;
}

export function createDraw(bits: Bits): Draw {
  const unit = () => bits() / 4_294_967_296;
  return {
    unit,
    below: (n) => Math.floor(unit() * n),
    chance: (share) => unit() < share,
    pick: (list) => list[Math.floor(unit() * list.length)]!,
    from: (table) => table[bits() & (table.length - 1)]!,
    byShare(list) {
      const share = unit();
      return list.find(([limit]) => share <= limit)![1];
    },
    ladder(shares) {
      const share = unit();
      const step = shares.findIndex((limit) => share < limit);
      return step === -1 ? shares.length : step;
    },
  };
}
