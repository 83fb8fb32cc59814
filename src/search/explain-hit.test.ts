import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { anyQuery, steps } from "../../test/support/random-search.ts";
import { subjects, tinyModel } from "../../test/support/tiny-model.ts";
import { writeModel } from "./meaning/model-file.ts";
import { formatPackedDay, packDay } from "./query-syntax.ts";
import type { SearchDocument, SearchHit, SearchSort } from "./search.ts";
import { SearchIndex } from "./search-index.ts";

const root = mkdtempSync(join(tmpdir(), "explain-hit-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

function openIndex(documents: readonly SearchDocument[], shipped?: string): SearchIndex {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  const meaning = { folder: join(folder, "vectors"), models: { own: null, shipped: shipped ?? null } };
  const index = new SearchIndex({
    folder: join(folder, "index"),
    readOnly: false,
    tuning: { sealAt: 3, fanIn: 2 },
    ...(shipped ? { meaning } : {}),
  });
  const changes = documents.map((document, i) => ({ changeNumber: i + 1, key: document.key, document }));
  index.apply(changes);
  index.vectors?.apply(changes);
  return index;
}

function expectWhole({ explanation }: SearchHit, score: number): void {
  const { terms, score: said } = explanation!;
  expect(said).toBeCloseTo(score, 6);
  expect(terms.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
  if (said > 0) expect(terms.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 6);
  for (const { points, words } of terms)
    expect([Number.isFinite(points), words.length > 0]).toEqual([true, true]);
}

const papers: SearchDocument[] = Object.entries(subjects).flatMap(([subject, words], s) =>
  Array.from({ length: 8 }, (_, i) => {
    const list = words.split(" ");
    return {
      key: s * 8 + i,
      id: `${subject}-${i}`,
      title: `${list[i % list.length]} ${list[(i + 1) % list.length]}`,
      abstract: `${list[(i + 2) % list.length]} and ${list[0]} of ${list[(i + 4) % list.length]}`,
      authors: ["Ada Graph"],
      publishedOn: `2026-05-${10 + i}`,
    };
  }),
);

describe("the explanation of a hit", () => {
  test("adds up to its score by words, in every order, for any papers and query", async () => {
    const sorts: SearchSort[] = ["relevance", "newest", "votes", "trending"];
    const property = fc.asyncProperty(
      steps,
      fc.array(anyQuery, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...sorts),
      async (history, queries, sort) => {
        const puts = history.filter((step) => step.kind === "put").map(({ document }) => document);
        await using index = openIndex(puts);
        const standings = puts.map(({ key }) => ({ key, votes: key, trending: key / 2 }));
        index.setStandings(standings);
        for (const query of queries) {
          const request = { query, sort, limit: 20, asTyped: true, explain: true } as const;
          const answer = index.search(request);
          for (const hit of answer.hits) {
            if (answer.sort === "relevance") expectWhole(hit, hit.score);
            else if (answer.sort === "votes") expectWhole(hit, hit.key);
            else if (answer.sort === "trending") expectWhole(hit, hit.key / 2);
            else expectWhole(hit, hit.explanation!.terms[0]?.points ?? 0);
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  test("says each field, neighbours, and the very title, with what each is made of", async () => {
    await using index = openIndex(papers);
    const [hit] = index.search({ query: "speech audio", limit: 1, explain: true }).hits;
    const { terms } = hit!.explanation!;
    expect(terms.map(({ name }) => name)).toEqual(["exact title", "title", "abstract", "complete", "pairs"]);
    expect(terms[1]).toMatchObject({ value: 2, said: "speech 1, audio 1", weight: "6 each, by BM25F" });
    expect(terms[2]!.said).toBe("speech 1");
    expect(terms[4]!.value).toBeCloseTo(1);
    const [author] = index.search({ query: "ada", limit: 1, explain: true }).hits;
    expect(author!.explanation!.terms[0]).toMatchObject({ name: "authors", value: 1, said: "ada 1" });
  });

  test("says the shares of words and meaning as the terms have them", async () => {
    const shipped = join(root, "shares.model");
    await writeModel(shipped, tinyModel());
    await using index = openIndex(papers, shipped);
    for (const query of ["graph", "speech ada", "speech audio", "graph node proof"]) {
      const { hits } = index.search({ query, mode: "auto", limit: 12, explain: true });
      expect(hits.length, query).toBeGreaterThan(3);
      for (const { score, why, explanation } of hits) {
        // Of what is opposite in meaning nothing has a share.
        if (score <= 0) continue;
        const told = (kind: string) => why.find((reason) => reason.kind === kind)?.share ?? 0;
        const parts = (names: string[]) =>
          explanation!.terms.reduce((sum, { name, part }) => sum + (names.includes(name) ? part : 0), 0);
        expect(told("meaning"), query).toBeCloseTo(parts(["meaning"]), 6);
        if (why.some(({ kind }) => kind === "words" || kind === "author"))
          expect(told("words") + told("author"), query).toBeCloseTo(1 - parts(["meaning", "exact title"]), 6);
      }
      for (const sort of ["relevance", "newest"] as const)
        for (const hit of index.search({ query, mode: "words", sort, limit: 12, explain: true }).hits) {
          const { terms } = hit.explanation!;
          const title =
            sort === "relevance" ? (terms.find(({ name }) => name === "exact title")?.part ?? 0) : 0;
          const told = hit.why.reduce((sum, { share = 0 }) => sum + share, 0);
          expect([query, told]).toEqual([query, expect.closeTo(1 - title, 6)]);
        }
      for (const { why } of index.search({ query, mode: "meaning", limit: 5 }).hits)
        for (const { kind, share } of why)
          if (kind !== "title") expect([kind, share]).toEqual([kind, kind === "meaning" ? 1 : 0]);
    }
  });

  test("says nothing where it was not asked for", async () => {
    await using index = openIndex(papers);
    expect(index.search({ query: "speech", limit: 3 }).hits.map((hit) => "explanation" in hit)).not.toContain(
      true,
    );
  });

  test("of an order by day says the day; of a trend, what it is made of", async () => {
    await using index = openIndex(papers);
    const [newest] = index.search({ query: "speech", limit: 1, sort: "newest", explain: true }).hits;
    expect(newest!.explanation!.terms).toMatchObject([{ name: "day", said: "2026-05-17", part: 1 }]);
    index.setStandings([{ key: 8, votes: 7, trending: 30 }], ({ votes, trending }) => [
      { name: "votes", value: votes, weight: "by hand", points: 3 },
      { name: "day", value: 1, weight: "by hand", points: trending - 3 },
    ]);
    const [trending] = index.search({ query: "speech", limit: 1, sort: "trending", explain: true }).hits;
    expect(trending!.explanation).toMatchObject({
      score: 30,
      terms: [{ value: 7, part: 0.1 }, { part: 0.9 }],
    });
    expect([packDay(2024, 0, 0), packDay(2024, 2, 29)].map(formatPackedDay)).toEqual([
      "2024-01-01",
      "2024-02-29",
    ]);
  });

  describe("with meaning", () => {
    const model = join(root, "tiny.model");
    beforeAll(() => writeModel(model, tinyModel()));

    test("adds up to the fused score, its words by field and what is near them", async () => {
      await using index = openIndex(papers, model);
      const names = new Set<string>();
      for (const query of ["graph", "speech audio", "a proof of a theorem", "message passing node voice"]) {
        const answer = index.search({ query, limit: 24, explain: true });
        expect(answer.mode).toBe("auto");
        for (const hit of answer.hits) {
          expectWhole(hit, hit.score);
          for (const { name } of hit.explanation!.terms) names.add(name);
        }
      }
      for (const name of ["exact title", "title", "abstract", "near words", "complete", "pairs", "meaning"])
        expect([...names]).toContain(name);
    });

    test("is the cosine where meaning alone ranks, and the likeness of papers like another", async () => {
      await using index = openIndex(papers, model);
      const near = index.search({ query: "speech", mode: "meaning", limit: 5, explain: true });
      for (const hit of near.hits) expectWhole(hit, hit.score);
      expect(near.hits[0]!.explanation!.terms.map(({ name }) => name)).toEqual(["meaning"]);
      const like = index.search({ query: "like:speech-0", limit: 5, explain: true });
      expect(like.hits[0]!.explanation!.terms.map(({ name }) => name)).toEqual(["like"]);
    });
  });
});
