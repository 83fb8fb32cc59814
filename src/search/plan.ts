// From words to postings: what each word of a query means in every segment, and what it weighs over all of them.
import { crossPostings, unitePostings } from "./combine-postings.ts";
import { noPostings, type Postings } from "./postings.ts";
import { type Pairs, planPairs } from "./proximity.ts";
import { type ParsedQuery, stemsBehind, type Word } from "./query.ts";
import { QueryTerms } from "./query-terms.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";
import { hashStems } from "./title-hash.ts";

/** Of more words than this, the rarest count. */
export const maxWords = 64;
/** An unfinished word stands for at most so many stems, those of most papers. */
export const maxExpansions = 64;
/** Up to so many words, papers that hold them all stand before all others. */
const shortQuery = 6;
/** Part of the query's weight that holding all the words adds in a longer query. */
const completeShare = 0.15;

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
}

export interface Plan {
  segments: readonly Segment[];
  terms: QueryTerms;
  words: PlannedWord[];
  phrases: string[][];
  pairs: Pairs;
  /** Papers that hold all the words stand before all others. */
  completeFirst: boolean;
  /** What a paper gains that holds all the words, and more when its title is the query. */
  bonuses: { complete: number; title: number };
  /** The query's stems as a title would have them. */
  title: { text: string; hash: number };
}

export function planQuery(query: ParsedQuery, segments: readonly Segment[]): Plan {
  const terms = new QueryTerms(segments);
  const words = rarest(query.words, terms).map((word) => planWord(word, terms));
  const pairs = planPairs(query.stems, words, terms);
  const weight = words.reduce((sum, word) => sum + word.weight, 0);
  const completeFirst = words.length <= shortQuery;
  // No score by words reaches the sum of their weights.
  const most = weight + pairs.most;
  return {
    segments,
    terms,
    words,
    phrases: query.phrases,
    pairs,
    completeFirst,
    bonuses: { complete: completeFirst ? most : completeShare * weight, title: most + 1 },
    title: { text: query.stems.join(" "), hash: hashStems(query.stems) },
  };
}

function rarest(words: Word[], terms: QueryTerms): Word[] {
  if (words.length <= maxWords) return words;
  const counted = words.map((word, at) => ({ word, at, papers: terms.get(word.stem).papers }));
  const kept = counted.sort((a, b) => a.papers - b.papers || a.at - b.at).slice(0, maxWords);
  return kept.sort((a, b) => a.at - b.at).map(({ word }) => word);
}

function planWord(word: Word, terms: QueryTerms): PlannedWord {
  const alternatives = [...word.alternatives, ...expansions(word, terms)].filter(
    (stems, i) => i === 0 || stems.every((stem) => terms.get(stem).papers > 0),
  );
  const { segments, documents } = terms;
  const postings = segments.map((_, at) => readAlternatives(alternatives, terms, at));
  const papers =
    alternatives.length === 1
      ? terms.get(word.stem).papers
      : postings.reduce((sum, part, at) => sum + countLive(part, segments[at]!), 0);
  return {
    stem: word.stem,
    postings,
    weight: inverseDocumentFrequency(papers, documents) * word.count,
    papers,
    stems: [...new Set(alternatives.flat())],
  };
}

/** The stems that the beginning of a word may stand for. */
function expansions({ prefix, stem: own }: Word, terms: QueryTerms): string[][] {
  if (prefix === undefined) return [];
  const stems = new Set(stemsBehind(prefix));
  // One letter says too little.
  const listed = prefix.length > 1 ? terms.segments.flatMap((s) => s.listStems(prefix, maxExpansions)) : [];
  for (const stem of listed) stems.add(stem);
  stems.delete(own);
  return [...stems]
    .map((stem) => ({ stem, papers: terms.get(stem).papers }))
    .filter(({ papers }) => papers > 0)
    .sort((a, b) => b.papers - a.papers || (a.stem < b.stem ? -1 : 1))
    .slice(0, maxExpansions)
    .map(({ stem }) => [stem]);
}

function readAlternatives(alternatives: string[][], terms: QueryTerms, at: number): Postings {
  const { lengths } = terms.segments[at]!;
  const parts: Postings[] = [];
  for (const stems of alternatives) {
    const postings = stems.map((stem) => terms.postings(stem, at));
    if (postings.every((part) => part !== null)) parts.push(crossPostings(postings, lengths));
  }
  return parts.length === 0 ? noPostings : unitePostings(parts, lengths);
}

function countLive(postings: Postings, segment: Segment): number {
  if (segment.removed.count === 0) return postings.docs.length;
  let count = 0;
  for (const doc of postings.docs) if (!segment.removed.has(doc)) count++;
  return count;
}
