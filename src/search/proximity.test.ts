import { describe, expect, test } from "vitest";
import { makePostings, type Postings } from "./postings.ts";
import { PairReader, type Pairs } from "./proximity.ts";
import { QueryTerms } from "./query-terms.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { packFrequencies } from "./scoring.ts";
import type { Positions, Segment } from "./segment.ts";

/** Two papers; in the title of the first stand "learn to learn", in that of the second "learn" alone. */
const places: Record<string, number[][]> = { learn: [[0, 2], [0]], to: [[1], []] };
const stems = Object.keys(places);
const lengths = new Uint32Array(2);

function openTerms() {
  let moves = 0;
  const postingsOf = (term: number): Postings => {
    const docs = [0, 1].filter((doc) => places[stems[term]!]![doc]!.length > 0);
    const codes = docs.map((doc) => packFrequencies(places[stems[term]!]![doc]!.length, 0, 0));
    return makePostings(Int32Array.from(docs), Uint8Array.from(codes), lengths);
  };
  const segment = {
    size: 2,
    lengths,
    removed: new RemovedPapers(),
    findTerm: (stem) => stems.indexOf(stem),
    countPapers: (term) => postingsOf(term).docs.length,
    readPostings: postingsOf,
    countPostings: () => 1,
    openPositions(term): Positions {
      const reader: Positions = {
        data: new Int32Array(0),
        start: 0,
        end: 0,
        moveTo(doc) {
          moves++;
          reader.data = Int32Array.from(places[stems[term]!]![doc]!);
          reader.end = reader.data.length;
          return reader.end > 0;
        },
      };
      return reader;
    },
  } as Partial<Segment> as Segment;
  return { terms: new QueryTerms([segment]), moves: () => moves };
}

function pairsOf(query: string[], words: number[]): Pairs {
  const weights = query.slice(1).map(() => 1);
  const plain = words.map((word) => word >= 0);
  return { stems: query, papers: query.map(() => 1), weights, words, plain, most: weights.length };
}

const codeTwice = Uint8Array.of(packFrequencies(2, 0, 0));
const codeOnce = Uint8Array.of(packFrequencies(1, 0, 0));

describe("PairReader", () => {
  test("finds words that stand together, over a stop word", () => {
    const { terms } = openTerms();
    const reader = new PairReader(pairsOf(["learn", "to", "learn"], [0, -1, 0]), terms, 0);
    expect(reader.bonusOf(0, codeTwice)).toBe(2);
    expect(reader.bonusOf(1, codeOnce)).toBe(0);
  });

  test("reads no places of a paper that lacks the stop word", () => {
    const { terms, moves } = openTerms();
    const reader = new PairReader(pairsOf(["learn", "to", "learn"], [0, -1, 0]), terms, 0);
    reader.bonusOf(1, codeOnce);
    expect(moves()).toBe(0);
  });

  test("reads the places of a word once, however often the query says it", () => {
    const { terms, moves } = openTerms();
    const query = new Array<string>(25).fill("learn");
    const reader = new PairReader(pairsOf(query, new Array<number>(25).fill(0)), terms, 0);
    expect(reader.bonusOf(0, codeTwice)).toBe(0);
    expect(moves()).toBe(1);
  });

  test("knows places in a title from the first time on", () => {
    const { terms, moves } = openTerms();
    const own = [terms.postings("learn", 0)!, terms.postings("to", 0)!];
    const pairs = pairsOf(["learn", "to", "learn"], [0, 1, 0]);
    const codes = Uint8Array.of(packFrequencies(2, 0, 0), packFrequencies(1, 0, 0));
    const found = { indexes: Int32Array.of(0, 0), titled: Int32Array.of(0, 0) };
    for (let round = 0; round < 3; round++) {
      const reader = new PairReader(pairs, terms, 0, own);
      expect(reader.bonusOf(0, codes, found)).toBe(2);
    }
    expect(moves()).toBe(2);
    expect(own[0]!.titled.places.get(0)).toBe(0b101);
    expect(own[0]!.titled.places.has(1)).toBe(false);
  });

  test("stops reading where a paper cannot gain what it needs, and tells stop words by their titles", () => {
    const { terms, moves } = openTerms();
    const own = [terms.postings("learn", 0)!];
    const pairs = pairsOf(["learn", "to", "learn"], [0, -1, 0]);
    const found = { indexes: Int32Array.of(1), titled: Int32Array.of(1) };
    const reader = new PairReader(pairs, terms, 0, own);
    // The second title lacks the stop word: no more than what abstracts can add.
    expect(reader.bonusOf(1, codeOnce, found, 1)).toBeLessThan(1);
    expect(moves()).toBe(0);
    const first = { indexes: Int32Array.of(0), titled: Int32Array.of(0) };
    expect(reader.bonusOf(0, codeTwice, first, 2)).toBe(2);
    expect(reader.bonusOf(0, codeTwice, first, 2.5)).toBeLessThan(2.5);
    expect(moves()).toBe(2);
  });
});
