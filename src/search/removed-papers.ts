// Which papers of a segment are gone, and how many of them held each term: what keeps document frequencies exact.

export interface RemovedPapers {
  readonly count: number;
  has(doc: number): boolean;
  /** Removed papers that hold the term. */
  countWith(term: number): number;
  /** Marks a paper as gone; `terms` are those it holds. False when it was gone already. */
  add(doc: number, terms: Iterable<number>): boolean;
  docs(): number[];
  terms(): ReadonlyMap<number, number>;
}

export function createRemovedPapers(
  docs: Iterable<number> = [],
  termCounts: Iterable<[number, number]> = [],
): RemovedPapers {
  const gone = new Set(docs);
  const counts = new Map(termCounts);
  return {
    get count() {
      return gone.size;
    },
    has: (doc) => gone.size > 0 && gone.has(doc),
    countWith: (term) => counts.get(term) ?? 0,
    add(doc, terms) {
      if (gone.has(doc)) return false;
      gone.add(doc);
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
      return true;
    },
    docs: () => [...gone].sort((a, b) => a - b),
    terms: () => counts,
  };
}
