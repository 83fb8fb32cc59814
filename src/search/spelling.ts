// Repair of one slip in a word of a query, when nothing matches well: which word, what it was meant to be, how sure that is.
// docs/search.md gives the rules with their reasons.
import { QueryTerms } from "./query-terms.ts";
import type { Segment } from "./segment.ts";
import {
  listCandidates,
  listSplits,
  type SpellingCandidate,
  type SpellingWork,
} from "./spelling-candidates.ts";
import { countSideBySide, countTogether } from "./spelling-together.ts";
import { dropOpenQuotation, listWrittenWords, replaceWord, type WrittenWord } from "./spelling-words.ts";

export interface Correction {
  query: string;
  /** True: search this instead; false: offer it. */
  sure: boolean;
  /** What was put where, with the other words of the same stem that are as near. */
  replaced: { written: WrittenWord; words: string[] }[];
}

/** What the query found as it was typed. */
export interface Found {
  total: number;
  /** Papers that hold all the words. */
  complete: number;
}

/** Words repaired in one query. */
const maxRepairs = 3;
/** A longer text is found by its other words; weighing each candidate beside all of them would cost more than the search. */
const mostWords = 32;
/** A word that so few papers hold, or this share of all, may be a slip that others made too. */
const scarcePapers = 3;
const scarceShare = 1 / 10_000;
/** Such a word gives way only to one that finds so many times as much. */
const offerFactor = 20;
const repairFactor = 100;

/** Reads a query that found little; null when nothing better is known. */
export function correctSpelling(
  query: string,
  segments: readonly Segment[],
  found: Found,
  work: SpellingWork,
): Correction | null {
  return new Speller(query, segments, work).correct(found);
}

interface Chosen {
  candidate: SpellingCandidate;
  /** Papers that hold it and all other words of the query. */
  all: number;
  titles: number;
  /** Papers that hold it and a neighbour. */
  near: number;
}

interface Repair {
  written: WrittenWord;
  best: Chosen;
}

class Speller {
  private readonly query: string;
  private readonly work: SpellingWork;
  private readonly terms: QueryTerms;
  /** Words that no paper holds, then those that hardly any holds. */
  private readonly doubted: WrittenWord[];
  private readonly trusted: WrittenWord[];

  constructor(query: string, segments: readonly Segment[], work: SpellingWork) {
    this.query = query;
    this.work = work;
    this.terms = new QueryTerms(segments);
    const scarce = Math.max(scarcePapers, Math.floor(this.terms.documents * scarceShare));
    const telling = listWrittenWords(query).filter((word) => word.telling);
    const isDoubted = (written: WrittenWord) => this.papersOf(written) <= scarce;
    const doubted = telling.length > mostWords ? [] : telling.filter(isDoubted);
    this.doubted = doubted.sort((a, b) => this.papersOf(a) - this.papersOf(b)).slice(0, maxRepairs);
    this.trusted = telling.filter((written) => !this.doubted.includes(written));
  }

  private papersOf({ stem }: WrittenWord): number {
    return this.terms.get(stem).papers;
  }

  correct({ complete }: Found): Correction | null {
    const repairs = this.doubted.flatMap((written) => {
      const best = this.choose(written);
      return best && this.isWorth(written, best, complete) ? [{ written, best }] : [];
    });
    if (repairs.length === 0) return null;
    const sure = complete === 0 && repairs.every((repair) => this.isSure(repair));
    return this.rewrite(repairs, sure);
  }

  /** What papers hold is left alone unless something else finds far more. */
  private isWorth(written: WrittenWord, { all }: Chosen, complete: number): boolean {
    if (this.papersOf(written) === 0) return complete === 0;
    return all >= offerFactor * Math.max(1, complete);
  }

  /** An unknown word finds nothing: what stands beside its neighbours can only add. */
  private isSure({ written, best }: Repair): boolean {
    const papers = this.papersOf(written);
    if (papers > 0) return best.all >= repairFactor * papers;
    return this.trusted.length === 0 || best.all > 0 || best.near > 0;
  }

  /** The candidate that stands with the other words in most titles, in most papers, with its neighbours, then by itself. */
  private choose(written: WrittenWord): Chosen | null {
    const { terms, work } = this;
    const candidates = listCandidates(written.word, terms.segments, work);
    if ((candidates[0]?.papers ?? 0) <= scarcePapers) candidates.push(...this.splits(written));
    const better = (a: Chosen, b: Chosen) =>
      b.titles - a.titles || b.all - a.all || b.near - a.near || b.candidate.papers - a.candidate.papers;
    return candidates.map((candidate) => this.assess(candidate, written)).sort(better)[0] ?? null;
  }

  private splits({ word }: WrittenWord): SpellingCandidate[] {
    const { terms, work } = this;
    return listSplits(word, terms.segments, work)
      .map((split) => ({ ...split, papers: countSideBySide(split.stems, terms, work) }))
      .filter(({ papers }) => papers > 0);
  }

  private assess(candidate: SpellingCandidate, written: WrittenWord): Chosen {
    const { trusted, terms, work } = this;
    if (trusted.length === 0) return { candidate, all: candidate.papers, titles: 0, near: 0 };
    const others = new Set(trusted.map(({ stem }) => stem));
    const { papers, titles } = countTogether([...candidate.stems, ...others], terms, work);
    const neighbours = [
      trusted.findLast(({ start }) => start < written.start),
      trusted.find(({ start }) => start > written.start),
    ];
    const near = neighbours.reduce(
      (sum, other) => sum + (other ? countTogether([...candidate.stems, other.stem], terms, work).papers : 0),
      0,
    );
    return { candidate, all: papers, titles, near };
  }

  private rewrite(repairs: Repair[], sure: boolean): Correction {
    const inOrder = repairs.sort((a, b) => a.written.start - b.written.start);
    const replaced = inOrder.map(({ written, best }) => ({ written, words: best.candidate.words }));
    return { query: rewriteQuery(this.query, replaced, (words) => words[0]!), sure, replaced };
  }
}

/** From the last to the first, so that places stay right. */
function rewriteQuery(
  query: string,
  replaced: Correction["replaced"],
  pick: (words: string[]) => string,
): string {
  return replaced.reduceRight((text, { written, words }) => replaceWord(text, written, pick(words)), query);
}

/** The correction with each word as the titles found write it, where one of them does: of equal stems the real word. */
export function writeAsFound(query: string, { replaced }: Correction, titles: readonly string[]): string {
  const seen = new Map<string, string>();
  for (const title of titles)
    for (const { word, start, end } of listWrittenWords(title)) seen.set(word, title.slice(start, end));
  const rewritten = rewriteQuery(query, replaced, (words) => {
    const word = words.find((candidate) => seen.has(candidate)) ?? words[0]!;
    const written = seen.get(word) ?? word;
    // "LongBench" is a name; "Attention" only stands at the beginning.
    return /.\p{Lu}/u.test(written) && written !== written.toUpperCase() ? written : word;
  });
  return dropOpenQuotation(rewritten);
}
