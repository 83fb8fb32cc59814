// From words to postings: what each word of a query means in every segment, and what it weighs over all of them.

import { crossPostings, noPostings, type Postings, unitePostings } from "./postings.ts";
import { type Pairs, planPairs } from "./proximity.ts";
import { type ParsedQuery, stemsBehind, type Word } from "./query.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";
import { countAllPapers, countPapersWith } from "./statistics.ts";
import { hashStems } from "./title-hash.ts";

/** Of more words than this, the rarest count. */
export const maxWords = 64;
/** An unfinished word stands for at most so many stems, those of most papers. */
export const maxExpansions = 64;

export interface PlannedWord {
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
  words: PlannedWord[];
  /** Sum of the words' weights: what no score by words reaches. */
  weight: number;
  phrases: string[][];
  pairs: Pairs;
  /** Every stem of the query: a title of just these is what was looked for. */
  stems: string[];
  /** Hash of stems. */
  titleHash: number;
  /** What a paper gains that holds all the words, and one that has this very title. */
  bonuses: { complete: number; title: number };
}

/** Up to so many words, papers that hold them all stand before the others. */
const shortQuery = 4;
/** Part of the query's weight that holding all the words adds in a longer query. */
const completeShare = 0.15;

export function planQuery(query: ParsedQuery, segments: readonly Segment[]): Plan {
  const documents = countAllPapers(segments);
  const words = rarest(query.words, segments).map((word) => planWord(word, segments, documents));
  const weight = words.reduce((sum, word) => sum + word.weight, 0);
  const pairs = planPairs(query.stems, segments);
  const complete = words.length <= shortQuery ? weight : completeShare * weight;
  return {
    segments,
    words,
    weight,
    phrases: query.phrases,
    pairs,
    stems: query.stems,
    titleHash: hashStems(query.stems),
    bonuses: { complete, title: weight + pairs.most + 1 },
  };
}

function rarest(words: Word[], segments: readonly Segment[]): Word[] {
  if (words.length <= maxWords) return words;
  const counted = words.map((word, at) => ({ word, at, papers: countPapersWith(word.stem, segments) }));
  const kept = counted.sort((a, b) => a.papers - b.papers || a.at - b.at).slice(0, maxWords);
  return kept.sort((a, b) => a.at - b.at).map(({ word }) => word);
}

function planWord(word: Word, segments: readonly Segment[], documents: number): PlannedWord {
  const alternatives = [...word.alternatives, ...expansions(word, segments)];
  const postings = segments.map((segment) => readAlternatives(alternatives, segment));
  const papers =
    alternatives.length === 1 && alternatives[0]!.length === 1
      ? countPapersWith(word.stem, segments)
      : postings.reduce((sum, part, i) => sum + countLive(part, segments[i]!), 0);
  return {
    stem: word.stem,
    postings,
    weight: inverseDocumentFrequency(papers, documents) * word.count,
    papers,
    stems: [...new Set(alternatives.flat())],
  };
}

/** The stems that the beginning of a word may stand for. */
function expansions(word: Word, segments: readonly Segment[]): string[][] {
  const { prefix } = word;
  if (prefix === undefined) return [];
  const stems = new Set(stemsBehind(prefix));
  if (prefix.length > 1)
    for (const segment of segments)
      for (const stem of segment.listStems(prefix, maxExpansions)) stems.add(stem);
  stems.delete(word.stem);
  return [...stems]
    .map((stem) => ({ stem, papers: countPapersWith(stem, segments) }))
    .filter(({ papers }) => papers > 0)
    .sort((a, b) => b.papers - a.papers || (a.stem < b.stem ? -1 : 1))
    .slice(0, maxExpansions)
    .map(({ stem }) => [stem]);
}

function readAlternatives(alternatives: string[][], segment: Segment): Postings {
  const parts: Postings[] = [];
  for (const stems of alternatives) {
    const terms = stems.map((stem) => segment.findTerm(stem));
    if (terms.includes(-1)) continue;
    parts.push(
      crossPostings(
        terms.map((term) => segment.readPostings(term)),
        segment.lengths,
      ),
    );
  }
  return parts.length === 0 ? noPostings : unitePostings(parts, segment.lengths);
}

function countLive(postings: Postings, segment: Segment): number {
  if (segment.removed.count === 0) return postings.docs.length;
  let count = 0;
  for (const doc of postings.docs) if (!segment.removed.has(doc)) count++;
  return count;
}
