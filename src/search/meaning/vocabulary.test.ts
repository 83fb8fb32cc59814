import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import type { Token } from "./tokens.ts";
import { openVocabulary, rowsOfSentence } from "./vocabulary.ts";
import { createVocabularyCounter, defaultVocabularyLimits } from "./vocabulary-count.ts";

const word = fc.constantFrom<Token>("a", "b", "c", "d", "e", null);
const corpus = fc.array(fc.array(fc.array(word, { maxLength: 8 }), { maxLength: 4 }), { maxLength: 12 });
const limits = { minStemPapers: 2, minPairCount: 2, minPairScore: 0.5, maxStems: 4, maxPhrases: 3 };

function count(papers: Token[][][]) {
  const counter = createVocabularyCounter();
  for (const paper of papers) counter.add(paper);
  return counter;
}

/** As the definition says, with maps of strings. */
function naiveRows(papers: Token[][][]): { name: string; frequency: number }[] {
  const tokens = papers.flat(2).filter((token) => token !== null);
  const countOf = (stem: string) => tokens.filter((token) => token === stem).length;
  const papersWith = (test: (paper: Token[][]) => boolean) => papers.filter(test).length;
  const sorted = <T extends { name: string; frequency: number }>(rows: T[]) =>
    rows.sort((x, y) => y.frequency - x.frequency || (x.name < y.name ? -1 : 1));
  const stems = sorted(
    [...new Set(tokens)].map((name) => ({
      name,
      frequency: papersWith((paper) => paper.flat().includes(name)),
    })),
  ).filter(({ frequency }) => frequency >= limits.minStemPapers);
  const pairsOf = (paper: Token[][]) =>
    paper.flatMap((sentence) =>
      sentence
        .slice(1)
        .flatMap((second, i) =>
          sentence[i] === null || second === null ? [] : [`${sentence[i]} ${second}`],
        ),
    );
  const pairs = papers.flatMap(pairsOf);
  const phrases = sorted(
    [...new Set(pairs)]
      .map((name) => ({
        name,
        count: pairs.filter((pair) => pair === name).length,
        frequency: papersWith((paper) => pairsOf(paper).includes(name)),
      }))
      .filter(({ name, count: seen }) => {
        const [first, second] = name.split(" ") as [string, string];
        const enough = countOf(first) >= limits.minPairCount && countOf(second) >= limits.minPairCount;
        const score = ((seen - 5) * tokens.length) / (countOf(first) * countOf(second));
        return enough && seen >= limits.minPairCount && score > limits.minPairScore;
      }),
  );
  return [...stems.slice(0, limits.maxStems), ...phrases.slice(0, limits.maxPhrases)];
}

describe("choosing a vocabulary", () => {
  test("stems of enough papers and pairs above chance, as a naive count has them", () => {
    const many = corpus.map((papers) => [...papers, ...papers, ...papers]);
    fc.assert(
      fc.property(many, (papers) => {
        const vocabulary = count(papers).choose(limits);
        const rows = vocabulary.names.map((name, row) => ({ name, frequency: vocabulary.frequencies[row]! }));
        const expected = naiveRows(papers).map(({ name, frequency }) => ({ name, frequency }));
        expect(rows).toEqual(expected);
        expect(vocabulary.stems).toBe(expected.filter(({ name }) => !name.includes(" ")).length);
        expect(vocabulary.papers).toBe(papers.length);
      }),
    );
  });

  test("the order of the papers does not matter", () => {
    fc.assert(
      fc.property(corpus, (papers) => {
        const forth = count(papers).choose(limits);
        const back = count([...papers].reverse()).choose(limits);
        expect(back.names).toEqual(forth.names);
      }),
    );
  });

  test("papers come back as they were added", () => {
    fc.assert(
      fc.property(corpus, (papers) => {
        expect([...count(papers).papers()]).toEqual(papers);
      }),
    );
  });

  test("the default limits keep a model below 16 MB and a row within 16 bits", () => {
    const rows = defaultVocabularyLimits.maxStems + defaultVocabularyLimits.maxPhrases;
    expect(rows).toBeLessThan(65_535);
    // 256 bytes, scale, frequency and a name of some 14 bytes each.
    expect(rows * (256 + 4 + 4 + 14)).toBeLessThan(16_000_000);
  });
});

describe("rows of a sentence", () => {
  const vocabulary = openVocabulary({
    names: ["neural", "network", "neural network"],
    stems: 2,
    frequencies: Uint32Array.of(3, 2, 2),
    papers: 4,
  });

  test("a phrase follows its second stem", () => {
    expect(rowsOfSentence(vocabulary, ["deep", "neural", "network"])).toEqual([0, 1, 2]);
  });

  test("no phrase across a stop word or an unknown stem", () => {
    expect(rowsOfSentence(vocabulary, ["neural", null, "network"])).toEqual([0, 1]);
    expect(rowsOfSentence(vocabulary, ["neural", "odd", "network"])).toEqual([0, 1]);
  });

  test("names that every object has are no rows", () => {
    expect(rowsOfSentence(vocabulary, ["constructor", "__proto__", "toString"])).toEqual([]);
  });
});
