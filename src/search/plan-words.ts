// The words of a query in every segment: their spellings and beginnings united, and what they weigh over all segments.
import { combineWays } from "./combine-postings.ts";
import { noPostings, type Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
import { stemsBehind, type Word } from "./query-words.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";

/** Of more words than this, the rarest count. */
export const maxWords = 64;
/** An unfinished word stands for at most so many stems, those of most papers. */
export const maxExpansions = 64;
/**
 * All unfinished words of a query together stand for stems with so many papers for each paper there is: a beginning of two
 * letters stands for a million of a million papers and more, and there may be dozens of them.
 */
const expandedShare = 8;

export interface PlannedWord {
  /** Its own stem. */
  stem: string;
  /** By segment. */
  postings: Postings[];
  /** idf times its count in the query. */
  weight: number;
  /** Papers that hold it, without removed ones. */
  papers: number;
  /** Every stem that stands for it. */
  stems: string[];
  /** As typed. */
  text: string;
  /** It stands for itself, in no field, phrase or choice. */
  bare: boolean;
  /** Its postings are those of its stem, without other spellings. */
  plain: boolean;
}

/** Counts of an earlier page that a word is weighed by, see rank-pins.ts. */
export interface PinnedCounts {
  papers: number | undefined;
  documents: number;
}

/** The words themselves, or those of them that fewest papers hold, in their order. */
export function chooseRarest(words: Word[], terms: QueryTerms): Word[] {
  if (words.length <= maxWords) return words;
  const counted = words.map((word, at) => ({ word, at, papers: terms.get(word.stem).papers }));
  const kept = counted.sort((a, b) => a.papers - b.papers || a.at - b.at).slice(0, maxWords);
  return kept.sort((a, b) => a.at - b.at).map(({ word }) => word);
}

export function planWord(word: Word, terms: QueryTerms, pinned?: PinnedCounts): PlannedWord {
  const plain =
    word.prefix === undefined && word.alternatives.length === 1 && word.alternatives[0]!.length === 1;
  return plain ? planStem(word, terms, pinned) : planSpellings(word, terms, pinned);
}

/** A word of one spelling, as most are. */
function planStem(word: Word, terms: QueryTerms, pinned?: PinnedCounts): PlannedWord {
  const stem = word.alternatives[0]![0]!;
  const { papers } = terms.get(stem);
  return {
    stem: word.stem,
    postings: terms.segments.map((_, at) => terms.postings(stem, at) ?? noPostings),
    weight: weigh(word, papers, terms, pinned),
    papers,
    stems: [stem],
    text: word.text,
    bare: word.bare,
    plain: stem === word.stem,
  };
}

function weigh({ count }: Word, papers: number, { documents }: QueryTerms, pinned?: PinnedCounts): number {
  return inverseDocumentFrequency(pinned?.papers ?? papers, pinned?.documents ?? documents) * count;
}

function planSpellings(word: Word, terms: QueryTerms, pinned?: PinnedCounts): PlannedWord {
  const alternatives = [...word.alternatives, ...expansions(word, terms)].filter(
    (stems, i) => i === 0 || stems.every((stem) => terms.get(stem).papers > 0),
  );
  const { segments } = terms;
  const postings = segments.map((_, at) => readAlternatives(alternatives, terms, at));
  const papers =
    alternatives.length === 1 && alternatives[0]!.length === 1
      ? terms.get(alternatives[0]![0]!).papers
      : postings.reduce((sum, part, at) => sum + countLive(part, segments[at]!), 0);
  return {
    stem: word.stem,
    postings,
    weight: weigh(word, papers, terms, pinned),
    papers,
    stems: [...new Set(alternatives.flat())],
    text: word.text,
    bare: word.bare,
    plain: false,
  };
}

function expansions({ prefix, alternatives }: Word, terms: QueryTerms): string[][] {
  if (prefix === undefined) return [];
  return expandPrefix(prefix, terms)
    .filter((stem) => !alternatives.some((known) => known.length === 1 && known[0] === stem))
    .map((stem) => [stem]);
}

/** The stems that the beginning of a word may stand for, those of most papers first. */
export function expandPrefix(prefix: string, terms: QueryTerms): string[] {
  const stems = new Set(stemsBehind(prefix));
  // One letter says too little.
  const listed = prefix.length > 1 ? terms.segments.flatMap((s) => s.listStems(prefix, maxExpansions)) : [];
  for (const stem of listed) stems.add(stem);
  const known = [...stems]
    .map((stem) => ({ stem, papers: terms.get(stem).papers }))
    .filter(({ papers }) => papers > 0)
    .sort((a, b) => b.papers - a.papers || (a.stem < b.stem ? -1 : 1))
    .slice(0, maxExpansions);
  let left = (expandedShare * terms.documents) / Math.max(1, terms.prefixes);
  const kept = known.filter(({ papers }, i) => {
    left -= papers;
    return i === 0 || left >= 0;
  });
  return kept.map(({ stem }) => stem);
}

function readAlternatives(alternatives: string[][], terms: QueryTerms, at: number): Postings {
  const [first] = alternatives;
  if (alternatives.length === 1 && first!.length === 1) return terms.postings(first![0]!, at) ?? noPostings;
  const name = alternatives.map((stems) => stems.join("+")).join("|");
  const segment = terms.segments[at]!;
  return segment.combine(name, () => combineAlternatives(alternatives, segment));
}

function combineAlternatives(alternatives: string[][], segment: Segment): Postings {
  const ways: Postings[][] = [];
  const opened = new Map<number, Postings>();
  const open = (number: number) => {
    const postings = opened.get(number) ?? segment.readPostings(number);
    opened.set(number, postings);
    return postings;
  };
  for (const stems of alternatives) {
    const numbers = stems.map((stem) => segment.findTerm(stem));
    if (!numbers.includes(-1)) ways.push(numbers.map(open));
  }
  return ways.length === 0 ? noPostings : combineWays(ways, segment.lengths);
}

function countLive(postings: Postings, segment: Segment): number {
  if (segment.removed.count === 0) return postings.count;
  let count = 0;
  for (const doc of postings.docs) if (!segment.removed.has(doc)) count++;
  return count;
}
