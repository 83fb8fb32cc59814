// What is kept in memory of the files: pages and decoded postings, least recently used first to go, within a budget.
import type { Postings } from "./postings.ts";

/** A map with a budget in bytes. */
export class BoundedCache<V> {
  private readonly entries = new Map<number, { value: V; bytes: number }>();
  private readonly budget: number;
  private held = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  get bytes(): number {
    return this.held;
  }

  get(key: number): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    // A Map keeps insertion order: what was used last stands last.
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value; one that is larger than a quarter of the budget is not kept. */
  set(key: number, value: V, bytes: number): void {
    this.delete(key);
    if (bytes * 4 > this.budget) return;
    this.entries.set(key, { value, bytes });
    this.held += bytes;
    while (this.held > this.budget) this.delete(this.entries.keys().next().value!);
  }

  delete(key: number): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.held -= entry.bytes;
    this.entries.delete(key);
  }
}

export interface IndexCaches {
  pages: BoundedCache<Uint8Array>;
  postings: BoundedCache<Postings>;
  /** Numbers segments, so that their entries are told apart. */
  nextSerial(): number;
}

/** Shares a budget in bytes: most of it for decoded postings, which are what a query walks. */
export function createCaches(budget: number): IndexCaches {
  let serial = 0;
  return {
    pages: new BoundedCache(budget / 4),
    postings: new BoundedCache((budget * 3) / 4),
    nextSerial: () => ++serial,
  };
}
