// Pages of `auto` beyond the candidates that the first page was ranked from: nothing twice, nothing left out.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyModel } from "../../../test/support/tiny-model.ts";
import { inventTopicPapers } from "../../../test/support/topic-papers.ts";
import { SearchIndex } from "../search-index.ts";
import { minCandidates } from "./hybrid.ts";
import { writeModel } from "./model-file.ts";
import { listTiers } from "./rank-by-meaning.ts";

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
