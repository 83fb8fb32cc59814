import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { naiveAnswer } from "../../test/support/naive-search.ts";
import { fc } from "../../test/support/properties.ts";
import { anyQuery } from "../../test/support/random-search.ts";
import type { SearchDocument, SearchRequest } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import { describeLeftOut, WorkBudget, type WorkLimits, workLimits } from "./work-budget.ts";

const root = mkdtempSync(join(tmpdir(), "work-budget-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A hundred papers: "common" and "the" in all, "usual" in half, "scarce" in ten. */
const documents: SearchDocument[] = Array.from({ length: 100 }, (_, i) => ({
  key: i + 1,
  id: String(i),
  title: `${i % 2 ? "usual" : "other"} common paper`,
  abstract: `the common thing of ${i % 10 ? "a" : "scarce"} kind prea${i % 7} preb ${i % 3 ? "" : "the thing"}`,
  authors: ["A. Common"],
  year: 2020 + (i % 5),
}));

function open(limits: Partial<WorkLimits>, papers = documents): SearchIndex {
  const index = new SearchIndex({ folder: root, readOnly: true, limits: { ...workLimits, ...limits } });
  index.apply(papers.map((document) => ({ changeNumber: document.key, key: document.key, document })));
  return index;
}

const ask = (limits: Partial<WorkLimits>, query: string, more: Partial<SearchRequest> = {}) =>
  open(limits).search({ query, limit: 20, mode: "words", ...more });

describe("WorkBudget", () => {
  test("grants the first of a kind whatever it costs, and then what is left", () => {
    const budget = new WorkBudget({ ...workLimits, words: 10 });
    expect([budget.take("words", 12), budget.take("words", 1), budget.take("places", 1)]).toEqual([
      true,
      false,
      true,
    ]);
    const other = new WorkBudget({ ...workLimits, words: 10 });
    expect([4, 4, 4, 2].map((cost) => other.take("words", cost))).toEqual([true, true, false, true]);
    // What conditions took is not left for words.
    const both = new WorkBudget({ ...workLimits, words: 10, conditions: 10 });
    expect([both.take("conditions", 7), both.take("words", 2), both.take("words", 2)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([both.takeWithin("words", 2), both.takeWithin("words", 1)]).toEqual([false, true]);
  });

  test("says what was left out, briefly", () => {
    const nothing = { words: new Set<string>(), beginnings: new Set<string>(), conditions: false };
    expect(describeLeftOut(nothing)).toBeNull();
    const words = new Set(["a", "b", "c", "d", "e", "f", "g"]);
    expect(describeLeftOut({ ...nothing, words })).toBe(
      "Too many papers hold “a”, “b”, “c”, “d”, “e” and 2 more: not ranked by.",
    );
    expect(describeLeftOut({ words: new Set(), beginnings: new Set(["pr"]), conditions: true })).toBe(
      "“pr” stands for the commonest words that begin so. " +
        "Too many papers had to be looked at for what must be met; the rest were left out.",
    );
  });
});

describe("a query that would cost too much", () => {
  test("is ranked by its scarcest words, and says which were not", () => {
    const all = ask({}, "common usual scarce");
    expect(all).toMatchObject({ total: 100, bound: "exact" });
    expect(all.leftOut).toBeUndefined();
    const some = ask({ words: 70 }, "common usual scarce");
    expect(some).toMatchObject({ total: 60, bound: "at-least" });
    expect(some.leftOut).toBe("Too many papers hold “common”: not ranked by.");
    expect(some.hits.slice(0, 10).map(({ matched }) => matched.includes("scarc"))).not.toContain(false);
    // What is left is ranked as if only that had been asked.
    const alone = ask({}, "usual scarce");
    expect(some.hits.map(({ key }) => key)).toEqual(alone.hits.map(({ key }) => key));
  });

  test("looks at the scarcest word even where that alone is too much", () => {
    expect(ask({ words: 5 }, "common usual")).toMatchObject({ total: 50, bound: "at-least" });
  });

  test("stands for the commonest words of its beginnings only", () => {
    const { leftOut, total, bound } = ask({ beginnings: 100 }, "pre*");
    expect([leftOut, total, bound]).toEqual([
      "“pre” stands for the commonest words that begin so.",
      100,
      "at-least",
    ]);
    expect(ask({ beginnings: 10_000 }, "pre*").leftOut).toBeUndefined();
  });

  test("takes of a choice the scarcest ways for its ranking", () => {
    const { leftOut, total, bound } = ask({ words: 60 }, "scarce OR usual OR common");
    // The condition is met by all; only the ranking lacks the commonest.
    expect([leftOut, total, bound]).toEqual([
      "Too many papers hold “scarce OR usual OR common”: not ranked by.",
      100,
      "at-least",
    ]);
  });

  test("leaves out what was not looked at for a condition, be it asked for or excluded", () => {
    const limits = { conditions: 200 };
    const found = ask(limits, "author:common abstract:common");
    expect(found).toMatchObject({ total: 0, bound: "at-least" });
    expect(found.leftOut).toMatch(/^Too many papers had to be looked at/);
    const excluding = "-abstract:scarce -title:usual year:2021";
    expect([ask({}, excluding).total, ask({ conditions: 30 }, excluding).total]).toEqual([10, 0]);
    // Of a choice the scarcest parts are looked at first.
    expect(ask(limits, "abstract:common OR abstract:scarce OR abstract:thing").total).toBe(10);
    // A phrase stops where its lists would cost too much.
    expect(ask(limits, 'year:2020 "scarce kind" "the common thing"').leftOut).toMatch(/^Too many papers/);
  });

  test("reads the places of so many papers for phrases and no more", () => {
    const { total, bound, work } = ask({ places: 15 }, '"common thing"');
    expect([total, bound, work.placed >= 15]).toEqual([15, "at-least", true]);
  });

  test("looks at the neighbours of scarce stop words before those of common ones", () => {
    const scoreOf = (limits: Partial<WorkLimits>) => ask(limits, "the thing of kind").hits[0]!.score;
    expect(scoreOf({ neighbours: 100 })).toBeLessThan(scoreOf({}));
  });

  test("is not taken for a mistyped one", () => {
    expect(ask({}, "commom usual").corrected).toBeDefined();
    expect(ask({ words: 10 }, "commom usual scarce").corrected).toBeUndefined();
  });

  test("goes on page after page as all pages at once would", () => {
    const index = open({ words: 60 });
    const request = { query: "common usual scarce", limit: 7, mode: "words" as const };
    const keys: number[] = [];
    let cursor: string | undefined;
    do {
      const page = index.search({ ...request, ...(cursor ? { cursor } : {}) });
      expect(page.leftOut).toBe("Too many papers hold “common”: not ranked by.");
      keys.push(...page.hits.map(({ key }) => key));
      cursor = page.next;
    } while (cursor);
    expect(keys).toEqual(index.search({ ...request, limit: 100 }).hits.map(({ key }) => key));
  });
});

const vocabulary = [
  "token",
  "position",
  "the",
  "of",
  "neural",
  "network",
  "attention",
  "long-bench",
  "LongBench",
  "x",
];
const others: SearchDocument[] = Array.from({ length: 40 }, (_, i) => {
  const words = (count: number, step: number) =>
    Array.from({ length: count }, (__, k) => vocabulary[(i * step + k * (1 + (i % 3))) % vocabulary.length]);
  const [title, abstract] = [words(3, 3).join(" "), words(9, 7).join(" ")];
  const authors = [i % 2 ? "Ada Long" : "Niels Token"];
  return { key: i + 1, id: `id-${i}`, title, abstract, authors, year: 2022 + (i % 4) };
});

test("whatever the limits, no paper answers that the reference has not; where nothing is said of any, all do", () => {
  const limit = fc.nat(150);
  const limits = fc.record({ conditions: limit, places: limit, words: limit, neighbours: limit });
  let met = 0;
  fc.assert(
    fc.property(anyQuery, limits, (query, own) => {
      const request = { query, limit: 200, mode: "words" as const, asTyped: true };
      const found = open(own, others).search(request);
      const naive = naiveAnswer(others, request);
      const known = new Set(naive.hits.map(({ key }) => key));
      expect(found.hits.filter(({ key }) => !known.has(key))).toEqual([]);
      expect(found.total).toBeLessThanOrEqual(naive.total);
      if (found.leftOut === undefined) expect(found.total).toBe(naive.total);
      else met++;
      expect(found.bound).toBe(found.leftOut === undefined ? "exact" : "at-least");
    }),
    { numRuns: 100 },
  );
  expect(met).toBeGreaterThan(10);
});

test("the more pairs a query has, the fewer papers are read for them", () => {
  const papers = Array.from({ length: 3_000 }, (_, i) => {
    // The same words in all of them, in another order, so that what stands together must be read.
    const words = Array.from(
      { length: 26 },
      (_, k) => `of${String.fromCharCode(97 + ((k * (2 * (i % 6) + 1) + i) % 26))}`,
    );
    return { key: i + 1, id: String(i), title: `Paper ${i}`, abstract: words.join(" "), authors: [] };
  });
  const all = Array.from({ length: 26 }, (_, k) => `of${String.fromCharCode(97 + k)}`);
  const index = open({}, papers);
  const placed = (words: readonly string[]) =>
    index.search({ query: words.join(" "), limit: 20, mode: "words", asTyped: true }).work.placed;
  expect(placed(all.slice(0, 5))).toBeGreaterThan(2_048);
  expect(placed(all)).toBe(2_048);
});
