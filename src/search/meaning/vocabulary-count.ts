// Chooses the rows of a model from the texts it will be trained on: stems of enough papers, and pairs of adjacent stems
// that stand together far more often than by chance (Mikolov et al. 2013, "Distributed Representations of Words").
import type { Token } from "./tokens.ts";
import { openVocabulary, phraseName, type Vocabulary } from "./vocabulary.ts";

export interface VocabularyLimits {
  /** Stems of fewer papers are left out. */
  minStemPapers: number;
  /** Pairs seen less often are left out. */
  minPairCount: number;
  /** Least (count - discount) x tokens / (count of first x count of second). */
  minPairScore: number;
  /** At most so many; the most frequent stay. */
  maxStems: number;
  maxPhrases: number;
}

/** Together at most 57,000 rows, so that int8 rows of 256 with names stay below 16 MB (and a row fits in 16 bits). */
export const defaultVocabularyLimits: VocabularyLimits = {
  minStemPapers: 3,
  minPairCount: 10,
  minPairScore: 12,
  maxStems: 35_000,
  maxPhrases: 22_000,
};

/** Taken from a pair's count, so that rare pairs of rare words do not look strong. */
const pairDiscount = 5;
const sieveBits = 22;

/** Texts as numbers of stems: -1 a stop word, -2 the end of a sentence, -3 the end of a paper. */
const gap = -1;
const sentenceEnd = -2;
const paperEnd = -3;

/** Collects papers, then chooses. */
export interface VocabularyCounter {
  /** Sentences of one paper, title first. */
  add(sentences: readonly Token[][]): void;
  choose(limits?: Partial<VocabularyLimits>): Vocabulary;
  /** The papers as they were added, one after the other. */
  papers(): Iterable<Token[][]>;
}

export function createVocabularyCounter(): VocabularyCounter {
  const stems: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (stem: string): number => {
    const known = numbers.get(stem);
    if (known !== undefined) return known;
    numbers.set(stem, stems.length);
    return stems.push(stem) - 1;
  };
  const texts = new GrowingInts();
  let papers = 0;
  return {
    add(sentences) {
      for (const sentence of sentences) {
        for (const token of sentence) texts.push(token === null ? gap : numberOf(token));
        texts.push(sentenceEnd);
      }
      texts.push(paperEnd);
      papers++;
    },
    choose(limits = {}) {
      return chooseRows({ stems, texts: texts.values(), papers }, { ...defaultVocabularyLimits, ...limits });
    },
    papers: () => readBack(texts.values(), stems),
  };
}

function* readBack(texts: Int32Array, stems: readonly string[]): Iterable<Token[][]> {
  let paper: Token[][] = [];
  let sentence: Token[] = [];
  for (const number of texts) {
    if (number === paperEnd) {
      yield paper;
      paper = [];
    } else if (number === sentenceEnd) {
      paper.push(sentence);
      sentence = [];
    } else sentence.push(number === gap ? null : stems[number]!);
  }
}

interface Counted {
  stems: string[];
  texts: Int32Array;
  papers: number;
}

function chooseRows(counted: Counted, limits: VocabularyLimits): Vocabulary {
  const { counts, frequencies } = countStems(counted);
  const keptStems = byFrequency(
    counted.stems
      .map((name, number) => ({ name, frequency: frequencies[number]! }))
      .filter((entry) => entry.frequency >= limits.minStemPapers),
  ).slice(0, limits.maxStems);
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  const pairs = countPairs(counted, counts, limits.minPairCount);
  const isPhrase = ({ first, second, count }: PairCount) =>
    count >= limits.minPairCount &&
    ((count - pairDiscount) * tokens) / (counts[first]! * counts[second]!) > limits.minPairScore;
  const phrases = byFrequency(
    pairs.filter(isPhrase).map(({ first, second, frequency }) => ({
      name: phraseName(counted.stems[first]!, counted.stems[second]!),
      frequency,
    })),
  ).slice(0, limits.maxPhrases);
  const rows = [...keptStems, ...phrases];
  return openVocabulary({
    names: rows.map((row) => row.name),
    stems: keptStems.length,
    frequencies: Uint32Array.from(rows, (row) => row.frequency),
    papers: counted.papers,
  });
}

/** Most frequent first; names decide ties, so that the order of papers does not. */
function byFrequency<T extends { name: string; frequency: number }>(entries: T[]): T[] {
  return entries.sort((a, b) => b.frequency - a.frequency || (a.name < b.name ? -1 : 1));
}

function countStems({ stems, texts }: Counted): { counts: Float64Array; frequencies: Uint32Array } {
  const counts = new Float64Array(stems.length);
  const frequencies = new Uint32Array(stems.length);
  const lastPaper = new Int32Array(stems.length).fill(-1);
  let paper = 0;
  for (const number of texts) {
    if (number === paperEnd) paper++;
    if (number < 0) continue;
    counts[number]!++;
    if (lastPaper[number] === paper) continue;
    lastPaper[number] = paper;
    frequencies[number]!++;
  }
  return { counts, frequencies };
}

interface PairCount {
  first: number;
  second: number;
  count: number;
  frequency: number;
  lastPaper: number;
}

/** Pairs whose stems are both frequent enough; a first pass over hashed counters spares the map the many rare ones. */
function countPairs(counted: Counted, counts: Float64Array, minCount: number): PairCount[] {
  const sieve = new Uint8Array(2 ** sieveBits);
  forEachPair(counted.texts, counts, minCount, (first, second) => {
    const slot = pairSlot(first, second);
    if (sieve[slot]! < 255) sieve[slot]!++;
  });
  const pairs = new Map<number, PairCount>();
  forEachPair(counted.texts, counts, minCount, (first, second, paper) => {
    if (sieve[pairSlot(first, second)]! < Math.min(255, minCount)) return;
    const key = first * 0x400_0000 + second;
    const pair = pairs.get(key) ?? { first, second, count: 0, frequency: 0, lastPaper: -1 };
    if (pair.count === 0) pairs.set(key, pair);
    pair.count++;
    if (pair.lastPaper !== paper) pair.frequency++;
    pair.lastPaper = paper;
  });
  return [...pairs.values()];
}

function pairSlot(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - sieveBits);
}

type PairVisitor = (first: number, second: number, paper: number) => void;

function forEachPair(texts: Int32Array, counts: Float64Array, minCount: number, visit: PairVisitor): void {
  let before = gap;
  let paper = 0;
  for (const number of texts) {
    if (number === paperEnd) paper++;
    if (before >= 0 && number >= 0 && counts[before]! >= minCount && counts[number]! >= minCount) {
      visit(before, number, paper);
    }
    before = number;
  }
}

/** An Int32Array that grows. */
class GrowingInts {
  #ints = new Int32Array(1 << 16);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#ints.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#ints);
      this.#ints = larger;
    }
    this.#ints[this.#length++] = value;
  }

  values(): Int32Array {
    return this.#ints.subarray(0, this.#length);
  }
}
