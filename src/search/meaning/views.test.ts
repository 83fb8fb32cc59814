import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { openRandom } from "../../lib/random.ts";
import { findPartners } from "./co-authors.ts";
import { layOutCorpus } from "./training-corpus.ts";
import { drawViews, type ViewOptions } from "./views.ts";
import { openVocabulary } from "./vocabulary.ts";

// Rows 0 to 19 are stems; 20 is "s0 s1", 21 is "s1 s2".
const names = [...Array.from({ length: 20 }, (_, i) => `s${i}`), "s0 s1", "s1 s2"];
const vocabulary = openVocabulary({ names, stems: 20, frequencies: new Uint32Array(22).fill(1), papers: 1 });
const sentence = fc.array(fc.nat(19), { minLength: 1, maxLength: 12 });
const paper = fc.array(sentence, { minLength: 2, maxLength: 6 });
const base: ViewOptions = {
  authorShare: 0,
  dropout: 0.2,
  kinds: [0.4, 0.2, 0.1, 0.2, 0.1],
  spanMask: 0.5,
  span: [2, 6],
};
const only = (kind: number): ViewOptions => ({
  ...base,
  dropout: 0,
  kinds: base.kinds.map((_, i) => Number(i === kind)),
});

function draw(
  papers: number[][][],
  options: ViewOptions,
  seed: number,
  authors = papers.map(() => [] as string[]),
) {
  const corpus = layOutCorpus(papers, vocabulary, findPartners(authors));
  const views: [number[], number[]] = [[], []];
  drawViews(corpus, 0, {
    options,
    random: openRandom(seed),
    sinks: [{ add: (row) => views[0].push(row) }, { add: (row) => views[1].push(row) }],
  });
  return views;
}

describe("views", () => {
  test("neither is empty, and all rows are the paper's", () => {
    fc.assert(
      fc.property(paper, fc.integer(), (sentences, seed) => {
        const own = new Set(sentences.flat());
        for (const view of draw([sentences], base, seed)) {
          expect(view.length).toBeGreaterThan(0);
          for (const row of view) expect(own.has(row)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("title and abstract; halves that together are the paper; a sentence and the rest", () => {
    fc.assert(
      fc.property(paper, fc.integer(), (sentences, seed) => {
        expect(draw([sentences], only(0), seed)).toEqual([sentences[0], sentences.slice(1).flat()]);
        const sorted = (rows: number[]) => [...rows].sort((a, b) => a - b);
        expect(sorted(draw([sentences], only(1), seed).flat())).toEqual(sorted(sentences.flat()));
        expect(sorted(draw([sentences], only(2), seed).flat())).toEqual(sorted(sentences.flat()));
        expect(sentences.map(String)).toContain(String(draw([sentences], only(2), seed)[0]));
      }),
    );
  });

  test("a span is adjacent words of one sentence, and no phrase that began before it", () => {
    const sentences = [[5], [0, 1, 20, 2, 21, 3]];
    const spans = new Set<string>();
    for (let seed = 0; seed < 300; seed++)
      spans.add(String(draw([sentences], { ...only(3), spanMask: 0 }, seed)[0]));
    expect([...spans].sort()).toEqual(
      ["0,1,20", "0,1,20,2,21", "0,1,20,2,21,3", "1,2,21", "1,2,21,3", "2,3", "5"].sort(),
    );
  });

  test("masked words leave the rest, with the phrases they are part of, unless nothing remained", () => {
    const masked = { ...only(3), spanMask: 1, span: [2, 2] as const };
    const sentences = [
      [7, 8],
      [0, 1, 20, 9, 1, 2, 21, 10],
    ];
    for (let seed = 0; seed < 100; seed++) {
      const [span, rest] = draw([sentences], masked, seed);
      if (String(span) === "7,8") expect(rest).toEqual(sentences[1]);
    }
    const same = [
      [0, 1],
      [0, 1],
    ];
    for (let seed = 0; seed < 20; seed++) expect(draw([same], masked, seed)[1].length).toBeGreaterThan(0);
    const shared = [
      [1, 9],
      [0, 1, 20, 3],
    ];
    const rests = Array.from({ length: 60 }, (_, seed) => draw([shared], masked, seed)).filter(
      ([span]) => String(span) === "1,9",
    );
    expect(rests.length).toBeGreaterThan(0);
    for (const [, rest] of rests) expect(rest).toEqual([0, 3]);
  });

  test("dropout thins long views by its share, short ones not at all", () => {
    const long = [[1], Array.from({ length: 1000 }, (_, i) => i % 20)];
    const [title, abstract] = draw([long], { ...only(0), dropout: 0.2 }, 5);
    expect(title).toEqual([1]);
    expect(Math.abs(abstract.length - 800)).toBeLessThan(60);
  });

  test("two papers of one author are taken whole, in the share asked for", () => {
    const papers = [
      [[1], [2]],
      [[3], [4]],
    ];
    const authors = [["Ada"], ["Ada"]];
    let paired = 0;
    for (let seed = 0; seed < 500; seed++) {
      const [, second] = draw(papers, { ...base, authorShare: 0.3 }, seed, authors);
      if (String(second) === "3,4") paired++;
    }
    expect(Math.abs(paired - 150)).toBeLessThan(40);
  });
});

describe("partners", () => {
  test("names on 2 to 40 papers link them, rarer names heavier, at most eight", () => {
    const many = Array.from({ length: 41 }, () => ["Everybody"]);
    const { starts, partners, shares } = findPartners([["A", "B"], ["A"], ["B"], ["B"], ["C"], ...many]);
    const of = (paper: number) => [...partners.subarray(starts[paper]!, starts[paper + 1]!)];
    expect(of(0)).toEqual([1, 2, 3]);
    expect(of(4)).toEqual([]);
    expect(of(5)).toEqual([]);
    const first = 1 / Math.log2(3);
    const other = 1 / Math.log2(4);
    expect(shares[0]).toBeCloseTo(first / (first + 2 * other));
    expect(shares[2]).toBeCloseTo(1);
    const crowd = findPartners(Array.from({ length: 12 }, () => ["A"]));
    expect(crowd.starts[1]).toBe(8);
  });
});
