// The stems that an unfinished word stands for, those of most papers. Segments list their own and count removed papers too;
// which stems are chosen depends on neither. Read is little beyond that (a threshold algorithm: Fagin, Lotem and Naor 2003).
import { lowerBound } from "./number-search.ts";
import type { QueryTerms } from "./query-terms.ts";
import { stemsBehind } from "./query-words.ts";
import { compareStems } from "./stem-order.ts";

/** An unfinished word stands for at most so many stems. */
export const maxExpansions = 64;

/** The stems that the beginning of a word may stand for, those of most papers first. */
export function expandPrefix(prefix: string, terms: QueryTerms): readonly string[] {
  const stems = terms.expanded.get(prefix) ?? chooseStems(prefix, terms);
  terms.expanded.set(prefix, stems);
  return stems;
}

function chooseStems(prefix: string, terms: QueryTerms): string[] {
  const { budget, prefixes } = terms;
  const begun = new BegunStems(prefix, terms);
  // Two letters stand for a million postings of a million papers and more, and there may be dozens of them: they share.
  let left = budget.limits.beginnings / Math.max(1, prefixes);
  const chosen: string[] = [];
  while (chosen.length < maxExpansions) {
    const next = begun.next();
    if (!next) break;
    left -= next.papers;
    if (left < 0 && chosen.length > 0) {
      budget.leftOut.beginnings.add(prefix);
      break;
    }
    chosen.push(next.stem);
  }
  return chosen;
}

interface Begun {
  stem: string;
  /** Papers that hold it, or more as long as removed ones were not counted. */
  papers: number;
}

/** The order in which stems are given. */
function compareBegun(a: Begun, b: Begun): number {
  return b.papers - a.papers || compareStems(a.stem, b.stem);
}

class BegunStems {
  private readonly prefix: string;
  private readonly terms: QueryTerms;
  private readonly known = new Set<string>();
  /** Known ones that are not given yet, the last of them first. */
  private waiting: Begun[] = [];
  /** By segment: how many it was asked for, and the last of them; null where it has no more. */
  private readonly asked: number[];
  private readonly last: (Begun | null)[];

  constructor(prefix: string, terms: QueryTerms) {
    this.prefix = prefix;
    this.terms = terms;
    this.asked = terms.segments.map(() => maxExpansions);
    this.learn(stemsBehind(prefix));
    // One letter says too little.
    this.last = terms.segments.map((_, at) => (prefix.length > 1 ? this.list(at) : null));
    this.sort();
  }

  /** The next of most papers; null when no paper holds any more. */
  next(): Begun | null {
    for (;;) {
      const best = this.waiting.at(-1);
      if (this.mayMiss(best)) this.listMore();
      else {
        this.waiting.pop();
        const papers = best ? this.terms.get(best.stem).papers : 0;
        if (!best || papers === best.papers) return papers > 0 ? best! : null;
        this.putBack({ stem: best.stem, papers });
      }
    }
  }

  /** Whether a stem that no segment has listed may stand before this one. */
  private mayMiss(best: Begun | undefined): boolean {
    let papers = 0;
    let after = "";
    for (const last of this.last) {
      if (!last) continue;
      papers += last.papers;
      if (compareStems(last.stem, after) > 0) after = last.stem;
    }
    // In a segment, what is in as many papers as the last follows it.
    return papers > 0 && (!best || compareBegun(best, { papers, stem: after }) > 0);
  }

  /** Where most may be missing. */
  private listMore(): void {
    const { last, asked } = this;
    const at = last.reduce((most, own, i) => ((own?.papers ?? 0) > (last[most]?.papers ?? 0) ? i : most), 0);
    asked[at]! *= 2;
    last[at] = this.list(at);
    this.sort();
  }

  /** The last of what the segment lists; null: that is all it has. */
  private list(at: number): Begun | null {
    const { terms, prefix } = this;
    const segment = terms.segments[at]!;
    const limit = this.asked[at]!;
    const stems = segment.listStems(prefix, limit);
    this.learn(stems);
    const stem = stems[limit - 1];
    return stem === undefined ? null : { stem, papers: segment.countPostings(segment.findTerm(stem)) };
  }

  private learn(stems: readonly string[]): void {
    const { known, waiting, terms } = this;
    for (const stem of stems) {
      if (known.has(stem)) continue;
      known.add(stem);
      waiting.push({ stem, papers: terms.get(stem).held });
    }
  }

  private sort(): void {
    this.waiting.sort((a, b) => compareBegun(b, a));
  }

  private putBack(begun: Begun): void {
    const { waiting } = this;
    const at = lowerBound(waiting.length, (i) => compareBegun(waiting[i]!, begun) > 0);
    waiting.splice(at, 0, begun);
  }
}
