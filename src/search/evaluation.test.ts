import { describe, expect, test } from "vitest";
import { evaluateSet } from "./evaluation.ts";
import { parseJudgedSet } from "./judged-sets.ts";
import type { PaperText, Search, SearchRequest } from "./search.ts";

describe("judged sets", () => {
  test("are known by their shape", () => {
    expect(parseJudgedSet([{ q: "a", id: "1", title: "A" }])).toEqual({
      kind: "known-item",
      queries: [{ text: "a", answer: "1" }],
    });
    expect(
      parseJudgedSet({ pool: ["1"], queries: [{ q: "a", relevant: ["1"], nonliteral: [] }] }),
    ).toMatchObject({ kind: "keywords", pool: ["1"] });
    const similar = parseJudgedSet({
      papers: { 1: { title: "A", abstract: ["B.", "C."] }, 2: { title: "D", abstract: "" } },
      queries: [{ query: "1", facet: "method", relevance: { 1: 3, 2: 1, 9: 2 } }],
    });
    // Neither the paper itself nor one without a text is a candidate.
    expect(similar).toEqual({
      kind: "similar",
      papers: new Map([
        ["1", { title: "A", abstract: "B. C." }],
        ["2", { title: "D", abstract: "" }],
      ]),
      queries: [{ paper: "1", grades: new Map([["2", 1]]) }],
    });
  });

  test("anything else is none", () => {
    for (const document of [null, 3, "x", [], [{ q: 1, id: "a" }], {}, { queries: [] }, { a: ["keyword"] }])
      expect(parseJudgedSet(document)).toBeNull();
  });
});

/** Answers every query with these ids, by mode. */
function searchOf(ranked: { auto: string[]; words: string[] }) {
  const asked: SearchRequest[] = [];
  const search = {
    search(request: SearchRequest) {
      asked.push(request);
      const ids = ranked[request.mode as "auto" | "words"];
      return { hits: ids.slice(0, request.limit).map((id) => ({ id })) };
    },
    rankPairs: (_query: PaperText, candidates: PaperText[], without: string[]) => {
      const order = candidates.map((_, i) => i);
      return without.includes("meaning") ? order.reverse() : order;
    },
  };
  return { search: search as unknown as Search, asked };
}

const idOf = (name: string) => (name === "gone" ? null : name.toUpperCase());

describe("evaluation", () => {
  test("known items: both modes, the difference and its interval; a paper that is not here is never found", () => {
    const { search, asked } = searchOf({ auto: ["A", "B"], words: ["X", "A"] });
    const set = parseJudgedSet([
      { q: "one", id: "a" },
      { q: "two", id: "gone" },
    ])!;
    const [rank, recall] = evaluateSet(search, set, { mode: "auto", without: ["late"], idOf });
    expect(rank).toMatchObject({ measure: "MRR@10", queries: 2, words: 0.25, found: 0.5 });
    expect(rank!.difference).toEqual({ mean: 0.25, low: 0, high: 0.5 });
    expect(recall).toMatchObject({ measure: "R@10", words: 0.5, found: 0.5 });
    expect(asked.map(({ mode, without }) => [mode, without])).toEqual([
      ["words", undefined],
      ["words", undefined],
      ["auto", ["late"]],
      ["auto", ["late"]],
    ]);
  });

  test("keywords: only the pool counts, and what lacks the keyword is told apart", () => {
    const { search } = searchOf({ auto: ["OUT", "A", "C", "B"], words: ["C", "OUT"] });
    const set = parseJudgedSet({
      pool: ["a", "b", "c"],
      queries: [{ q: "k", relevant: ["a", "b"], nonliteral: ["b"] }],
    })!;
    const figures = evaluateSet(search, set, { mode: "auto", idOf });
    expect(figures.map(({ measure, words, found }) => [measure, words, found])).toEqual([
      ["MAP", 0, (1 + 2 / 3) / 2],
      ["R@100", 0, 1],
      ["R@100 where the text lacks it", 0, 1],
    ]);
  });

  test("lists and graded pools", () => {
    const { search } = searchOf({ auto: ["A", "B"], words: ["B"] });
    const list = { kind: "list", text: "token position", answers: ["a", "b"] } as const;
    expect(
      evaluateSet(search, { ...list, answers: [...list.answers] }, { mode: "auto", idOf }),
    ).toMatchObject([{ measure: 'R@120 of "token position"', words: 0.5, found: 1 }]);
    const similar = parseJudgedSet({
      papers: Object.fromEntries(
        ["q", "a", "b", "c", "d", "e"].map((name) => [name, { title: name, abstract: "" }]),
      ),
      queries: [{ query: "q", relevance: { a: 3, b: 0, c: 0, d: 0, e: 0 } }],
    })!;
    expect(evaluateSet(search, similar, { mode: "auto", idOf })).toMatchObject([
      { measure: "nDCG%20", words: 0, found: 1 },
      { measure: "MAP", words: 0.2, found: 1 },
    ]);
  });
});
