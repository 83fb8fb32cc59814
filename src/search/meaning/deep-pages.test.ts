// Pages of `auto` beyond the candidates that the first page was ranked from: nothing twice, nothing left out.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyModel } from "../../../test/support/tiny-model.ts";
import { inventTopicPapers } from "../../../test/support/topic-papers.ts";
import { SearchIndex } from "../search-index.ts";
import { workLimits } from "../work-budget.ts";
import { minCandidates } from "./hybrid.ts";
import { writeModel } from "./model-file.ts";
import { listTiers } from "./rank-by-meaning.ts";
import { rememberSigns } from "./word-side.ts";

const root = mkdtempSync(join(tmpdir(), "broadsheet-deep-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const shipped = join(root, "shipped.model");
beforeAll(() => writeModel(shipped, tinyModel()));

test("tiers hold as many candidates as a depth asks for", () => {
  expect(listTiers(1)).toEqual([200]);
  expect(listTiers(200)).toEqual([200]);
  expect(listTiers(201)).toEqual([200, 1_000]);
  expect(listTiers(10_000)).toEqual([200, 1_000, 5_000, 10_000]);
  expect(listTiers(10_001)).toEqual([200, 1_000, 5_000, 10_000]);
});

test("pages go on through all tiers, and say what one long page says", async () => {
  const meaning = { folder: join(root, "vectors"), models: { own: null, shipped } };
  await using index = new SearchIndex({ folder: join(root, "index"), readOnly: false, meaning });
  const subjects = ["graph node molecule", "speech voice", "proof solver clause", "graph proof"];
  index.apply(
    inventTopicPapers(1_300).map(({ title, abstract, authors }, i) => ({
      changeNumber: i + 1,
      key: i + 1,
      document: {
        key: i + 1,
        id: `p${i}`,
        title: i % 3 === 0 ? title : `${title} ${subjects[i % 4]}`,
        abstract: i % 7 === 0 ? `${abstract} ${subjects[(i >> 2) % 4]}` : abstract,
        authors,
      },
    })),
  );
  for (const query of ["graph", "bridge speech proof", "voice -molecule"]) {
    const request = { query, mode: "auto" as const, asTyped: true };
    const whole = index.search({ ...request, limit: 1_200 });
    expect(whole.mode, query).toBe("auto");
    expect(whole.hits.length, query).toBeGreaterThan(minCandidates * 2);
    const paged: number[] = [];
    for (let cursor: string | undefined, i = 0; i === 0 || cursor !== undefined; i++) {
      const { hits, next, total, bound } = index.search({
        ...request,
        limit: 70,
        facets: true,
        ...(cursor ? { cursor } : {}),
      });
      expect([total, bound], query).toEqual([whole.total, whole.bound]);
      paged.push(...hits.map(({ key }) => key));
      cursor = paged.length < 1_200 ? next : undefined;
    }
    const wanted = whole.hits.map(({ key }) => key);
    expect(new Set(paged).size, query).toBe(paged.length);
    expect(paged.slice(0, 1_200), query).toEqual(wanted);
    const second = index.search({ ...request, offset: 190, limit: 30 }).hits.map(({ key }) => key);
    expect(second, query).toEqual(wanted.slice(190, 220));
  }
});

test("a deep page ranks by words once more, and judges only as many papers as its words allow", async () => {
  const meaning = { folder: join(root, "vectors"), models: { own: null, shipped } };
  const folder = join(root, "index");
  const open = (judged: number) =>
    new SearchIndex({ folder, readOnly: true, meaning, limits: { ...workLimits, judged } });
  await using all = open(workLimits.judged);
  await using few = open(1_999);
  const request = { query: "graph proof", mode: "auto" as const, asTyped: true };
  const whole = all.search({ ...request, limit: 900 });
  // One more than is shown is looked for: as many as the tier of 1,000.
  const words = all.search({ ...request, mode: "words", limit: 999 });
  const firstPage = all.search({ ...request, mode: "words", limit: minCandidates - 1 });
  expect(whole.leftOut).toBeUndefined();
  expect(whole.work.scored).toBe(words.work.scored + firstPage.work.scored);

  const bounded = few.search({ ...request, limit: 900 });
  expect(bounded.leftOut).toMatch(/from result 200 on, papers are ranked by words alone/);
  expect(bounded.hits.slice(0, 200)).toEqual(whole.hits.slice(0, 200));
  const keys = bounded.hits.map(({ key }) => key);
  const first = new Set(keys.slice(0, 200));
  const byWords = words.hits.map(({ key }) => key).filter((key) => !first.has(key));
  expect(keys.slice(200)).toEqual(byWords.slice(0, keys.length - 200));
  expect(keys.length).toBeGreaterThan(400);
  const page = few.search({ ...request, limit: 150 });
  const next = few.search({ ...request, limit: 150, cursor: page.next! });
  expect([...page.hits, ...next.hits].map(({ key }) => key)).toEqual(keys.slice(0, 300));
  expect(page.leftOut).toBeUndefined();
});

test("where too many papers would have to be read, deep pages do without word order, and say so", async () => {
  const meaning = { folder: join(root, "vectors"), models: { own: null, shipped } };
  const folder = join(root, "index");
  const open = (looks: number) =>
    new SearchIndex({ folder, readOnly: true, meaning, limits: { ...workLimits, looks } });
  await using all = open(workLimits.looks);
  await using few = open(300);
  const request = { query: "clause solver proof", mode: "auto" as const, asTyped: true };
  const deep = few.search({ ...request, limit: 900 });
  expect(deep.leftOut).toMatch(/from result 200 on, papers are ranked by words alone/);
  const page = few.search({ ...request, limit: 199 });
  expect(page.leftOut).toBeUndefined();
  expect(page.work.placed).toBeGreaterThan(0);
  // As much is read for a deep page as for the first, and not once for every tier.
  expect(deep.work.placed).toBe(page.work.placed);
  expect(deep.work.placed).toBeLessThan(all.search({ ...request, limit: 900 }).work.placed);
  const keys = deep.hits.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const shallower = few.search({ ...request, limit: 450 }).hits.map(({ key }) => key);
  expect(shallower).toEqual(keys.slice(0, 450));
});

test("a paper is judged once, however often it is a candidate", () => {
  const judged: number[] = [];
  const signs = (key: number) => ({ words: key, coverage: 1, complete: true, pairs: 0, isTitle: false });
  const words = rememberSigns({
    stems: 1,
    running: false,
    best: () => [],
    find: () => null,
    judge(papers) {
      judged.push(...papers.map(({ key }) => key));
      return papers.map(({ key }) => signs(key));
    },
  });
  const papers = [3, 1, 2].map((key) => ({ key, segment: 0, doc: key }));
  expect(words.judge(papers.slice(0, 2), null)).toEqual([signs(3), signs(1)]);
  expect(words.judge([...papers].reverse(), null)).toEqual([2, 1, 3].map(signs));
  expect(judged).toEqual([3, 1, 2]);
});

test("a total is reached at least where deeper pages may hold papers that are only near in meaning", async () => {
  const meaning = { folder: join(root, "told-vectors"), models: { own: null, shipped } };
  await using index = new SearchIndex({ folder: join(root, "told"), readOnly: false, meaning });
  index.apply(
    Array.from({ length: 900 }, (_, i) => {
      const title = i < 300 ? `graph ${i}` : `molecule node ${i}`;
      const document = { key: i + 1, id: `p${i}`, title, abstract: "", authors: [] };
      return { changeNumber: i + 1, key: i + 1, document };
    }),
  );
  const request = { query: "graph", mode: "auto" as const, asTyped: true, limit: 100 };
  const shown: number[] = [];
  for (let cursor: string | undefined, i = 0; i === 0 || cursor !== undefined; i++) {
    const { mode, hits, next, total, bound } = index.search({ ...request, ...(cursor ? { cursor } : {}) });
    expect([mode, total, bound]).toEqual(["auto", 300, "at-least"]);
    shown.push(...hits.map(({ key }) => key));
    cursor = next;
  }
  expect(shown.length).toBeGreaterThan(300);
  expect(new Set(shown.slice(0, 200)).size).toBe(200);
  expect(Math.max(...shown.slice(0, 200))).toBeLessThanOrEqual(300);
  // Where words are no condition, all that meet it are counted.
  const any = index.search({ ...request, query: "title:graph molecule", limit: 1_000 });
  expect([any.hits.length, any.total, any.bound]).toEqual([300, 300, "exact"]);
});
