// What is kept in memory of the files: pages, places and decoded postings, within a budget.
import type { Bits } from "./bits.ts";
import type { TermPostings } from "./postings.ts";

interface Entry<V> {
  value: V;
  bytes: number;
  /** Asked for since it was last looked at for eviction. */
  used: boolean;
}

export interface CacheHooks<V, K> {
  /** Whether a value was used since this was last asked, beside `get`. */
  wasUsed?(value: V): boolean;
  /** A value is not kept any more. */
  dropped?(value: V, key: K): void;
  /** More is held than before. */
  grown?(): void;
}

/** A map with a budget in bytes; what was not used goes first (the clock, or second-chance, algorithm). */
export class BoundedCache<V, K = number> {
  private readonly entries = new Map<K, Entry<V>>();
  private readonly budgetNow: () => number;
  private readonly hooks: CacheHooks<V, K>;
  private held = 0;

  /** A budget that is a function may change: who lowers it calls `evict`. */
  constructor(budget: number | (() => number), hooks: CacheHooks<V, K> = {}) {
    this.budgetNow = typeof budget === "number" ? () => budget : budget;
    this.hooks = hooks;
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

  /** Keeps a value; one that is larger than a quarter of the budget is not kept, hence dropped at once. */
  set(key: K, value: V, bytes: number): void {
    const known = this.entries.get(key);
    if (known?.value === value) return;
    if (known) this.drop(key, known);
    if (bytes * 4 > this.budgetNow()) {
      this.hooks.dropped?.(value, key);
      return;
    }
    this.entries.set(key, { value, bytes, used: false });
    this.held += bytes;
    this.evict();
    this.hooks.grown?.();
  }

  /** What is kept under the key, if anything, has become larger. */
  grow(key: K, bytes: number): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    entry.bytes += bytes;
    this.held += bytes;
    this.evict();
    this.hooks.grown?.();
  }

  delete(key: K): void {
    const entry = this.entries.get(key);
    if (entry) this.drop(key, entry);
  }

  private drop(key: K, { value, bytes }: Entry<V>): void {
    this.entries.delete(key);
    this.held -= bytes;
    this.hooks.dropped?.(value, key);
  }

  /**
   * Drops what is beyond the budget. A Map keeps the order of insertion: the hand stands at its beginning, and what is spared
   * goes to its end.
   */
  evict(): void {
    const budget = this.budgetNow();
    for (const [key, entry] of this.entries) {
      if (this.held <= budget) return;
      const used = entry.used || this.hooks.wasUsed?.(entry.value);
      if (!used) this.drop(key, entry);
      else {
        this.entries.delete(key);
        this.entries.set(key, { ...entry, used: false });
      }
    }
  }
}

export interface IndexCaches {
  pages: BoundedCache<Uint8Array>;
  /** What is kept of terms beside their lists. */
  terms: BoundedCache<TermPostings>;
  /** The terms whose lists are at hand. */
  lists: BoundedCache<TermPostings>;
  /** Postings of several terms taken together, by name. */
  combined: BoundedCache<TermPostings, string>;
  /** Papers that meet a condition, by name. */
  sets: BoundedCache<Bits, string>;
  /** Numbers segments, so that their entries are told apart; up to 2^25 of them, as with a term's number it makes one. */
  nextSerial(): number;
  /** Numbers what is made of several terms, of which there is no end: below 0. */
  nextMade(): number;
}

const leastCacheBytes = 128 * 2 ** 20;
const mostCacheBytes = 512 * 2 ** 20;

/** What is kept in memory of an index of so many bytes where nobody says how much: three quarters of it, within bounds. */
export function ordinaryCacheBytes(indexBytes: number): number {
  return Math.min(mostCacheBytes, Math.max(leastCacheBytes, (indexBytes * 3) / 4));
}

/**
 * Shares a budget in bytes, which may grow: most of it for decoded postings, which are what a query walks. Pages have what
 * these leave, an eighth at least.
 */
export function createCaches(budget: number | (() => number)): IndexCaches {
  let serial = 0;
  let made = 0;
  const partOf = (share: number) => () => share * (typeof budget === "number" ? budget : budget());
  const whole = partOf(1);
  const leastPages = partOf(1 / 8);
  const left = () => whole() - terms.bytes - lists.bytes - combined.bytes - sets.bytes;
  const pages = new BoundedCache<Uint8Array>(() => Math.max(leastPages(), left()));
  const grown = () => pages.evict();
  const lists = new BoundedCache<TermPostings>(partOf(3 / 8), {
    wasUsed(term) {
      const { used } = term;
      term.used = false;
      return used;
    },
    dropped: (term) => term.release(),
    grown,
  });
  const terms = new BoundedCache<TermPostings>(partOf(3 / 8), {
    dropped: (_, key) => lists.delete(key),
    grown,
  });
  const combined = new BoundedCache<TermPostings, string>(partOf(3 / 32), { grown });
  const sets = new BoundedCache<Bits, string>(partOf(1 / 32), { grown });
  return { pages, terms, lists, combined, sets, nextSerial: () => ++serial, nextMade: () => --made };
}
