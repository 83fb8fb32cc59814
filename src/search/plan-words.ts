// The words of a query in every segment: their spellings and beginnings united, and what they weigh over all segments.
import { expandPrefix } from "./begun-stems.ts";
import { combineWays } from "./combine-postings.ts";
import { noPostings, type Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
import type { Word } from "./query-words.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";

/** Of more words than this, the rarest count. */
export const maxWords = 64;
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

/**
 * The words themselves, in their order; of more than may be looked at those that cost least, which are the scarcest. A choice
 * that costs too much loses its commonest ways.
 */
export function chooseRarest(words: Word[], terms: QueryTerms): Word[] {
  const { budget } = terms;
  const costs = words.map((word, at) => ({ word, at, cost: costOf(word, terms) }));
  const all = costs.reduce((sum, { cost }) => sum + cost, 0);
  if (words.length <= maxWords && budget.takeWithin("words", all)) return words;
  const rising = costs.sort((a, b) => a.cost - b.cost || a.at - b.at);
  const kept = rising.flatMap(({ word, at, cost }, i) => {
    const hasWays = word.alternatives.length > 1;
    const isWithin =
      i < maxWords && (hasWays ? budget.takeWithin("words", cost) : budget.take("words", cost));
    if (isWithin) return [{ word, at }];
    budget.leftOut.words.add(word.text);
    const fewer = i < maxWords && hasWays ? dropCommonWays(word, terms) : null;
    return fewer ? [{ word: fewer, at }] : [];
  });
  return kept.sort((a, b) => a.at - b.at).map(({ word }) => word);
}

/** Postings that are read for the word. */
function costOf(word: Word, terms: QueryTerms): number {
  const { alternatives, prefix } = word;
  if (alternatives.length === 1 && prefix === undefined) return costOfWay(alternatives[0]!, terms);
  const stems = new Set(prefix === undefined ? [] : expandPrefix(prefix, terms));
  const begun = [...stems].reduce((sum, stem) => sum + terms.get(stem).held, 0);
  return alternatives.reduce((sum, stems) => sum + costOfWay(stems, terms), begun);
}

function costOfWay(stems: readonly string[], terms: QueryTerms): number {
  let cost = 0;
  for (const stem of stems) cost += terms.get(stem).held;
  return cost;
}

/** Null: not even the scarcest is left. */
function dropCommonWays(word: Word, terms: QueryTerms): Word | null {
  const rising = [...word.alternatives].sort((a, b) => costOfWay(a, terms) - costOfWay(b, terms));
  const kept = new Set(rising.filter((stems) => terms.budget.take("words", costOfWay(stems, terms))));
  const alternatives = word.alternatives.filter((stems) => kept.has(stems));
  if (alternatives.length === 0) return null;
  const { prefix: _, ...rest } = word;
  return { ...rest, alternatives };
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
