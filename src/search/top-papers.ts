// The best papers seen so far: a heap of bounded size, worst on top, so that what cannot enter is refused at once.
import type { FusedTerm } from "./meaning/fusion-terms.ts";

/** Results beyond are not given. */
export const maxDepth = 10_000;

export interface RankedPaper {
  score: number;
  /** Index of the segment. */
  segment: number;
  doc: number;
  /** Breaks ties: the smaller key stands first. */
  key: number;
  /** What its words that stand together are worth, where that was read. */
  pairs?: number | undefined;
  /** How many papers were judged together, as a number of steps (rankByBoth): the least first, whatever the scores; absent: 0. */
  tier?: number;
  /** Part of the score that meaning gave, 0 to 1. */
  meaning?: number;
  /** The terms of a fused score, where they were asked for. */
  fused?: FusedTerm[];
}

export class TopPapers {
  private readonly capacity: number;
  private readonly heap: RankedPaper[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** What a score must reach to matter: below it nothing enters. */
  get threshold(): number {
    return this.heap.length < this.capacity
      ? Number.NEGATIVE_INFINITY
      : (this.heap[0]?.score ?? Number.POSITIVE_INFINITY);
  }

  /** Whether such a paper would not enter; asked before one is made. */
  refuses(score: number, key: number): boolean {
    const worst = this.heap[0];
    if (this.heap.length < this.capacity || worst === undefined) return this.capacity === 0;
    return score < worst.score || (score === worst.score && key > worst.key);
  }

  add(paper: RankedPaper): void {
    if (this.heap.length < this.capacity) {
      this.heap.push(paper);
      this.rise(this.heap.length - 1);
    } else if (this.heap.length > 0 && isBetter(paper, this.heap[0]!)) {
      this.heap[0] = paper;
      this.sink();
    }
  }

  /** Best first. */
  list(): RankedPaper[] {
    return sortRanked([...this.heap]);
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBetter(this.heap[parent]!, this.heap[at]!)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      let worst = at;
      const left = 2 * at + 1;
      if (left < this.heap.length && isBetter(this.heap[worst]!, this.heap[left]!)) worst = left;
      if (left + 1 < this.heap.length && isBetter(this.heap[worst]!, this.heap[left + 1]!)) worst = left + 1;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private swap(a: number, b: number): void {
    const kept = this.heap[a]!;
    this.heap[a] = this.heap[b]!;
    this.heap[b] = kept;
  }
}

type Ranked = Pick<RankedPaper, "score" | "key">;

/** Order of results: higher scores first, equal ones by key. */
export function compareRanked(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.key - b.key;
}

/** Up to so many, inserting one by one is quicker than calling for every two that are compared. */
const fewToSort = 64;

/** Sorts them in place, best first. */
export function sortRanked(papers: RankedPaper[]): RankedPaper[] {
  if (papers.length > fewToSort) return papers.sort(compareRanked);
  for (let k = 1; k < papers.length; k++) {
    const one = papers[k]!;
    let at = k;
    for (; at > 0 && isBetter(one, papers[at - 1]!); at--) papers[at] = papers[at - 1]!;
    papers[at] = one;
  }
  return papers;
}

function isBetter(a: RankedPaper, b: RankedPaper): boolean {
  return a.score > b.score || (a.score === b.score && a.key < b.key);
}
