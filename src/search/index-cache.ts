// What is kept in memory of the files: pages, places and decoded postings, within a budget.
import type { Postings } from "./postings.ts";

interface Entry<V> {
  value: V;
  bytes: number;
  /** Asked for since it was last looked at for eviction. */
  used: boolean;
}

/** A map with a budget in bytes; what was not used goes first (the clock, or second-chance, algorithm). */
export class BoundedCache<V, K = number> {
  private readonly entries = new Map<K, Entry<V>>();
  private readonly budget: number;
  private held = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  get bytes(): number {
    return this.held;
  }

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    entry.used = true;
    return entry.value;
  }

  /** Keeps a value; one that is larger than a quarter of the budget is not kept. */
  set(key: K, value: V, bytes: number): void {
    if (this.entries.has(key) || bytes * 4 > this.budget) return;
    this.entries.set(key, { value, bytes, used: false });
    this.held += bytes;
    if (this.held > this.budget) this.evict();
  }

  /** A Map keeps the order of insertion: the hand stands at its beginning, and what is spared goes to its end. */
  private evict(): void {
    for (const [key, entry] of this.entries) {
      if (this.held <= this.budget) return;
      this.entries.delete(key);
      if (entry.used) this.entries.set(key, { ...entry, used: false });
      else this.held -= entry.bytes;
    }
  }
}

export interface IndexCaches {
  pages: BoundedCache<Uint8Array>;
  postings: BoundedCache<Postings>;
  /** Postings of several terms taken together, by name. */
  combined: BoundedCache<Postings, string>;
  /** Numbers segments, so that their entries are told apart. */
  nextSerial(): number;
}

/** Shares a budget in bytes: most of it for decoded postings, which are what a query walks. */
export function createCaches(budget: number): IndexCaches {
  let serial = 0;
  return {
    pages: new BoundedCache(budget / 4),
    postings: new BoundedCache((budget * 5) / 8),
    combined: new BoundedCache(budget / 8),
    nextSerial: () => ++serial,
  };
}
