import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { naiveAnswer } from "../../test/support/naive-search.ts";
import { fc } from "../../test/support/properties.ts";
import { anyQuery, library, plainQuery, steps } from "../../test/support/random-search.ts";
import type { SearchAnswer, SearchChange, SearchDocument, SearchRequest } from "./search.ts";
import { SearchIndex } from "./search-index.ts";

const root = mkdtempSync(join(tmpdir(), "search-index-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, String(folders++));
/** So small that a few papers are sealed and merged several times. */
const tuning = { sealAt: 3, fanIn: 2 };

const request = fc.record({
  query: fc.oneof({ weight: 1, arbitrary: plainQuery }, { weight: 3, arbitrary: anyQuery }),
  prefix: fc.boolean(),
  mine: library,
  sort: fc.constantFrom("relevance" as const, "relevance" as const, "newest" as const, "votes" as const),
  facets: fc.constant(true),
});
const standings = [2, 3, 5, 8].map((key) => ({ key, votes: key % 3, trending: 0 }));

function expectSame(answer: SearchAnswer, documents: SearchDocument[], request: SearchRequest): void {
  const naive = naiveAnswer(documents, request, standings);
  const facets = (answer.facets ?? []).map(({ field, values }) => [
    field,
    Object.fromEntries(values.map(({ value, count }) => [value, count])),
  ]);
  expect({
    total: answer.total,
    complete: answer.complete,
    bound: answer.bound,
    facets: Object.fromEntries(facets),
  }).toEqual({ total: naive.total, complete: naive.complete, bound: "exact", facets: naive.facets });
  expect(answer.hits.length).toBe(Math.min(request.limit, naive.total));
  expect(answer.next !== undefined).toBe(naive.total > request.limit);
  if (answer.sort !== "relevance") {
    expect(answer.hits.map(({ key }) => key)).toEqual(
      naive.hits.slice(0, request.limit).map(({ key }) => key),
    );
    return;
  }
  const scores = new Map(naive.hits.map(({ key, score }) => [key, score]));
  answer.hits.forEach(({ key, score }, i) => {
    expect(score).toBeCloseTo(scores.get(key)!, 4);
    expect(scores.get(key)!).toBeCloseTo(naive.hits[i]!.score, 4);
  });
}

test("gives ids alone where only they are asked for, of papers in files and in memory", async () => {
  const index = new SearchIndex({ folder: newFolder(), readOnly: false, tuning });
  index.apply(
    ["Ünit α", "unit", "unit b", "unit c"].map((title, i) => ({
      changeNumber: i + 1,
      key: i + 1,
      document: { key: i + 1, id: `id-${i}é`, title, abstract: "unit", authors: [] },
    })),
  );
  const full = index.search({ query: "unit", limit: 3 });
  const ids = index.search({ query: "unit", limit: 3, idsOnly: true });
  expect(full.hits.map(({ title }) => title)).toContain("Ünit α");
  expect(ids.hits).toEqual(full.hits.map((hit) => ({ ...hit, title: "", matched: [], why: [] })));
  expect({ ...ids, hits: [], tookMs: 0, work: {} }).toEqual({ ...full, hits: [], tookMs: 0, work: {} });
  await index[Symbol.asyncDispose]();
});

describe("the index against the naive reference", () => {
  test("agrees after any puts, removals, seals, merges and reopenings", async () => {
    const property = fc.asyncProperty(
      steps,
      fc.array(request, { minLength: 1, maxLength: 4 }),
      async (history, requests) => {
        const folder = newFolder();
        const held = new Map<number, SearchDocument>();
        let index = new SearchIndex({ folder, readOnly: false, tuning });
        let changeNumber = 0;
        for (const one of history) {
          if (one.kind === "flush") await index.flush();
          else if (one.kind === "reopen") {
            await index[Symbol.asyncDispose]();
            index = new SearchIndex({ folder, readOnly: false, tuning });
            expect(index.status().damage).toBeNull();
            expect(index.changeNumber).toBe(changeNumber);
          } else {
            const key = one.kind === "put" ? one.document.key : one.key;
            const document = one.kind === "put" ? one.document : null;
            index.apply([{ changeNumber: ++changeNumber, key, document }]);
            if (document) held.set(key, document);
            else held.delete(key);
          }
        }
        expect(index.status().documents).toBe(held.size);
        index.setStandings(standings);
        for (const asked of requests) {
          const request = { ...asked, limit: 8, asTyped: true };
          expectSame(index.search(request), [...held.values()], request);
        }
        await index[Symbol.asyncDispose]();
        const reader = new SearchIndex({ folder, readOnly: true, tuning });
        reader.setStandings(standings);
        for (const asked of requests) {
          const request = { ...asked, limit: 20, asTyped: true };
          expectSame(reader.search(request), [...held.values()], request);
        }
        await reader[Symbol.asyncDispose]();
      },
    );
    await fc.assert(property, { numRuns: 250 });
  });
});

function document(key: number, title: string, abstract = ""): SearchDocument {
  return { key, id: `id-${key}`, title, abstract, authors: [] };
}

function put(changeNumber: number, title: string, abstract?: string): SearchChange {
  return { changeNumber, key: changeNumber, document: document(changeNumber, title, abstract) };
}

describe("SearchIndex", () => {
  test("leaves changes alone that it has applied, and takes the last again", async () => {
    await using index = new SearchIndex({ folder: newFolder(), readOnly: false });
    const changes = [put(1, "One paper"), put(2, "Another paper")];
    index.apply(changes);
    index.apply(changes);
    expect(index.status()).toMatchObject({ documents: 2, changeNumber: 2 });
    expect(index.search({ query: "paper", limit: 5 }).total).toBe(2);
  });

  test("leaves changes alone that do not follow on its own number", async () => {
    await using index = new SearchIndex({ folder: newFolder(), readOnly: false });
    index.apply([put(1, "One paper")], 0);
    index.apply([put(3, "A gap")], 2);
    expect(index.changeNumber).toBe(1);
    index.apply([put(2, "No gap")], 1);
    expect(index.changeNumber).toBe(2);
  });

  test("a reader sees what was written, follows further in memory and writes nothing", async () => {
    const folder = newFolder();
    await using writer = new SearchIndex({ folder, readOnly: false, tuning });
    writer.apply([put(1, "Token position"), put(2, "Input token")]);
    await writer.flush();
    await using reader = new SearchIndex({ folder, readOnly: true, tuning });
    expect(reader.changeNumber).toBe(2);
    reader.apply([3, 4, 5, 6, 7, 8, 9].map((n) => put(n, `Token ${n}`)));
    await reader.flush();
    expect(reader.search({ query: "token", limit: 20 }).total).toBe(9);
    await using again = new SearchIndex({ folder, readOnly: true });
    expect(again.changeNumber).toBe(2);
  });

  test("a reader keeps its view while the writer merges its files away", async () => {
    const folder = newFolder();
    await using writer = new SearchIndex({ folder, readOnly: false, tuning });
    writer.apply([put(1, "Token position"), put(2, "Input token")]);
    await writer.flush();
    await using reader = new SearchIndex({ folder, readOnly: true, cacheBytes: 0 });
    for (let n = 3; n < 20; n++) {
      writer.apply([put(n, `Token ${n}`)]);
      await writer.flush();
    }
    expect(reader.search({ query: "token", limit: 20 }).hits.map((hit) => hit.title)).toEqual([
      "Token position",
      "Input token",
    ]);
  });

  test("takes changes while it is being flushed", async () => {
    const folder = newFolder();
    const index = new SearchIndex({ folder, readOnly: false, tuning });
    index.apply([put(1, "Token one"), put(2, "Token two")]);
    const flushed = index.flush();
    index.apply([put(3, "Token three"), { changeNumber: 4, key: 1, document: null }]);
    await flushed;
    expect(index.search({ query: "token", limit: 5 }).total).toBe(2);
    await index[Symbol.asyncDispose]();
    await using again = new SearchIndex({ folder, readOnly: false });
    expect(again.changeNumber).toBe(4);
    expect(again.search({ query: "token", limit: 5 }).total).toBe(2);
  });

  test("puts segments together at rest, not while more is to come", async () => {
    const folder = newFolder();
    await using index = new SearchIndex({ folder, readOnly: false });
    const countSegments = () => readdirSync(folder).filter((name) => name.endsWith(".seg")).length;
    for (const first of [1, 5_001]) {
      index.apply(Array.from({ length: 5_000 }, (_, i) => put(first + i, "Token")));
      await index.flush({ more: true });
    }
    expect(index.unwritten).toBe(0);
    expect(countSegments()).toBe(2);
    await index.flush();
    expect(countSegments()).toBe(1);
    expect(index.search({ query: "token", limit: 1 }).total).toBe(10_000);
  });

  test("a title typed as it stands finds its paper, whatever its signs would mean", async () => {
    await using index = new SearchIndex({ folder: newFolder(), readOnly: false, tuning });
    const titles = [
      "Armrest Joystick -mechanism design and basic experiments-",
      "Odometry for Visual(-Inertial) year:2024 OR so",
      "Token position",
      "title:token",
    ];
    index.apply(titles.map((title, i) => put(i + 1, title)));
    titles.forEach((title, i) => {
      for (const query of [title, ` ${title.toUpperCase().replaceAll(" ", "  ")}`])
        expect(index.search({ query, limit: 1, mode: "words" }).hits[0]?.key).toBe(i + 1);
    });
    // The same words with a sign that the title lacks leave out.
    expect(index.search({ query: "token -position", limit: 5 }).hits.map(({ key }) => key)).toEqual([4]);
  });

  test("an author's papers come newest first; beside words the words rank", async () => {
    await using index = new SearchIndex({ folder: newFolder(), readOnly: false });
    const years = [2019, 2024, 2021];
    const authors = [["Ada Long"], ["Ada Long", "O. Bench", "N. Token"], ["Ada Long", "O. Bench"]];
    const titles = ["Counting sheep", "Sleeping sheep", "Counting counted sheep"];
    index.apply(
      titles.map((title, i) => ({
        changeNumber: i + 1,
        key: i + 1,
        document: { key: i + 1, id: `p${i}`, title, abstract: "", authors: authors[i]!, year: years[i]! },
      })),
    );
    const ask = (query: string) => {
      const { hits, sort } = index.search({ query, limit: 9, mode: "words" });
      return [sort, hits.map(({ key }) => key)];
    };
    expect(ask("author:long")).toEqual(["newest", [2, 3, 1]]);
    expect(ask('author:"Long, Ada" OR author:token')).toEqual(["newest", [2, 3, 1]]);
    expect(ask("author:long counting")).toEqual(["relevance", [3, 1, 2]]);
  });

  test("reset empties index and files", async () => {
    const folder = newFolder();
    await using index = new SearchIndex({ folder, readOnly: false });
    index.apply([put(1, "Token position")]);
    await index.flush();
    await index.reset();
    expect(index.status()).toEqual({ documents: 0, changeNumber: 0, bytesOnDisk: 0, damage: null });
    await using again = new SearchIndex({ folder, readOnly: false });
    expect(again.status()).toMatchObject({ documents: 0, changeNumber: 0, damage: null });
  });
});
