import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LiveSegment } from "./live-segment.ts";
import type { SearchChange } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import { SuggestIndex } from "./suggest-index.ts";

const root = mkdtempSync(join(tmpdir(), "suggest-index-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

const names = ["Jürgen Schmidhuber", "Yann LeCun", "Wei Wang"].map((name, i) => ({
  key: name.toLowerCase(),
  name,
  papers: 10 - i,
}));
/** One page each. */
const suggestSource = {
  listAuthors: async (after: string) => (after === "" ? names : []),
  listVotes: async (after: number) => (after === 0 ? [{ key: 2, votes: 40 }] : []),
};

function put(changeNumber: number, title: string, authors: string[] = [], key = changeNumber): SearchChange {
  return { changeNumber, key, document: { key, id: `id-${key}`, title, abstract: "", authors } };
}

async function openIndex(titles: readonly string[]) {
  const folder = join(root, String(folders++));
  const index = new SearchIndex({ folder, readOnly: true, suggestSource });
  index.apply(titles.map((title, i) => put(i + 1, title)));
  await index.prepareSuggestions();
  return index;
}

const textsOf = (index: SearchIndex, typed: string, limit = 8) =>
  index.suggest(typed, limit).map(({ kind, text }) => `${kind}: ${text}`);

describe("suggestions", () => {
  test("of titles: any word may begin so, the most voted come first, then the newest", async () => {
    await using index = await openIndex([
      "Token position",
      "Of input Tokens",
      "Tokenless models",
      "Nothing else",
    ]);
    expect(textsOf(index, "tok")).toEqual([
      "title: Of input Tokens",
      "title: Tokenless models",
      "title: Token position",
    ]);
    expect(index.suggest("TOKEN-POS", 8)).toEqual([{ kind: "title", text: "Token position", id: "id-1" }]);
    expect(textsOf(index, "token ")).toEqual(["title: Token position"]);
    expect(textsOf(index, "tok", 1)).toHaveLength(1);
  });

  test("of titles: a year newer is worth twice the votes", async () => {
    await using index = await openIndex([]);
    const years = [2026, 2019, 2025];
    index.apply(
      years.map((year, i) => {
        const change = put(i + 1, `Token ${year}`);
        return { ...change, document: { ...change.document!, year } };
      }),
    );
    await index.prepareSuggestions();
    expect(textsOf(index, "tok")).toEqual(["title: Token 2026", "title: Token 2025", "title: Token 2019"]);
  });

  test("of authors: by any part of a name, without its accents, the family name first or last", async () => {
    await using index = await openIndex([]);
    for (const typed of ["jurg", "JÜRGEN SCH", "schmidhuber j", "schmid"])
      expect(index.suggest(typed, 8), typed).toEqual([
        { kind: "author", text: "Jürgen Schmidhuber", papers: 10 },
      ]);
  });

  test("of concepts: runs of words of several titles, as titles write them", async () => {
    const titles = ["Agents", "Tiny", "Fast"].flatMap((word) => [
      `LLM Reasoning: ${word}`,
      `Chain of Thought ${word}`,
    ]);
    await using index = await openIndex(titles);
    expect(index.suggest("LLM r", 1)).toEqual([{ kind: "concept", text: "LLM reasoning", papers: 3 }]);
    expect(textsOf(index, "chain")[0]).toBe("concept: chain of thought");
  });

  test("of concepts that begin with a whole word, not with what a hyphen joins to another", async () => {
    const titles = ["Context-Aware Graph Walks", "Time-aware graph walks", "Noise-aware Graph Walks again"];
    await using index = await openIndex([...titles, "A Robot Speech", "Robot speech", "Meta-Robot Speech"]);
    expect(textsOf(index, "aware gr").filter((text) => text.startsWith("concept"))).toEqual([]);
    expect(textsOf(index, "graph w")[0]).toBe("concept: graph walks");
    expect(textsOf(index, "robot sp")[0]).toBe("concept: robot speech");
  });

  test("of so many names as there is room for, those with most papers", async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      key: String(i).padStart(2, "0"),
      name: `Ada ${String.fromCharCode(97 + (i % 26))}ton${i}x`,
      papers: 1 + ((i * 7) % 40),
    }));
    const source = {
      // Pages of three, so that the rest is dropped more than once while they are read.
      listAuthors: async (after: string) => many.filter(({ key }) => key > after).slice(0, 3),
      listVotes: async () => [],
    };
    const index = new SuggestIndex({ segments: () => [], source, limits: { titles: 5, names: 6 } });
    await index.prepare();
    const best = [...many].sort((a, b) => b.papers - a.papers).slice(0, 6);
    const found = best.map(({ name }) => index.suggest(name, 8)[0]);
    expect(found.map((one) => one?.text)).toEqual(best.map(({ name }) => name));
    expect(found.map((one) => one?.papers)).toEqual(best.map(({ papers }) => papers));
    const others = many.filter((one) => !best.includes(one));
    for (const { name } of others) expect(index.suggest(name, 8)).toEqual([]);
  });

  test("of authors in pages of about as many papers, however many each has", async () => {
    const papersOf = (i: number) => (i < 300 ? 1 : 25);
    const many = Array.from({ length: 600 }, (_, i) => ({
      key: String(i).padStart(3, "0"),
      name: `Ada Name${i}`,
      papers: papersOf(i),
    }));
    const pages: number[] = [];
    const source = {
      listAuthors: async (after: string, limit: number) => {
        const page = many.filter(({ key }) => key > after).slice(0, limit);
        pages.push(page.reduce((sum, { papers }) => sum + papers, 0));
        return page;
      },
      listVotes: async () => [],
    };
    await new SuggestIndex({ segments: () => [], source }).prepare();
    expect(pages.reduce((sum, papers) => sum + papers, 0)).toBe(300 + 300 * 25);
    // One page was asked for before their papers were known.
    expect(pages.filter((papers) => papers > 1_000).length).toBeLessThan(3);
  });

  test("of so many titles as there is room for, the newest", async () => {
    const segment = new LiveSegment();
    for (let key = 1; key <= 9; key++)
      segment.add({ key, id: `id-${key}`, title: `Token number${key}`, abstract: "", authors: [] });
    const index = new SuggestIndex({
      segments: () => [segment],
      source: undefined,
      limits: { titles: 4, names: 1 },
    });
    await index.prepare();
    const titles = index.suggest("number", 8).filter(({ kind }) => kind === "title");
    expect(titles.map(({ id }) => id)).toEqual(["id-9", "id-8", "id-7", "id-6"]);
  });

  test("follow what comes, changes and goes", async () => {
    await using index = await openIndex(["Token position", "Token pruning"]);
    index.apply([
      put(3, "Token merging", ["Ada Tokarczuk"]),
      put(4, "Positions", [], 1),
      { changeNumber: 5, key: 2, document: null },
    ]);
    expect(textsOf(index, "tok")).toEqual(["author: Ada Tokarczuk", "title: Token merging"]);
    await index.prepareSuggestions();
    expect(textsOf(index, "tok")).toEqual(["title: Token merging"]);
    expect(textsOf(index, "posit")).toEqual(["title: Positions"]);
    await index.reset();
    expect(textsOf(index, "posit")).toEqual([]);
  });

  test("find nothing before the tables are made, and start making them", async () => {
    const folder = join(root, String(folders++));
    await using index = new SearchIndex({ folder, readOnly: true });
    index.apply([put(1, "Token position")]);
    expect(index.suggest("tok", 8)).toEqual([]);
    await index.prepareSuggestions();
    expect(textsOf(index, "tok")).toEqual(["title: Token position"]);
  });

  test("closing while they are made is clean", async () => {
    const folder = join(root, String(folders++));
    const index = new SearchIndex({ folder, readOnly: true, suggestSource });
    index.apply(Array.from({ length: 2000 }, (_, i) => put(i + 1, `Token ${i}`)));
    index.suggest("tok", 8);
    await index[Symbol.asyncDispose]();
    expect(index.suggest("tok", 8)).toEqual([]);
  });

  test.each(["", " ", "t", "%", "\u0000\u0000", "\ud800", "x".repeat(5000), "((((", "内"])(
    "take %j as it comes",
    async (typed) => {
      await using index = await openIndex(["Token position"]);
      expect(index.suggest(typed, 8)).toEqual([]);
    },
  );
});
