import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { anyQuery, type Step, steps } from "../../test/support/random-search.ts";
import { formatCursor, parseCursor } from "./cursor.ts";
import type { SearchDocument, SearchRequest, SearchSort } from "./search.ts";
import { SearchIndex } from "./search-index.ts";

const root = mkdtempSync(join(tmpdir(), "search-paging-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const open = () =>
  new SearchIndex({
    folder: join(root, String(folders++)),
    readOnly: false,
    tuning: { sealAt: 3, fanIn: 2 },
  });

const sorts: SearchSort[] = ["relevance", "newest", "votes", "trending"];

/** Papers with keys from `first` on. */
function putAll(index: SearchIndex, documents: readonly SearchDocument[]): void {
  index.apply(
    documents.map((document, i) => ({
      changeNumber: index.changeNumber + 1 + i,
      key: document.key,
      document,
    })),
  );
}

function documentsOf(history: readonly Step[], first: number): SearchDocument[] {
  return history
    .filter((step) => step.kind === "put")
    .map(({ document }, i) => ({ ...document, key: first + i, id: `id-${first + i}` }));
}

describe("pages of answers", () => {
  test("cursors lead through all answers, none twice, none left out, whatever comes meanwhile", async () => {
    const property = fc.asyncProperty(
      steps,
      steps,
      anyQuery,
      fc.constantFrom(...sorts),
      async (history, later, query, sort) => {
        await using index = open();
        const documents = documentsOf(history, 1);
        putAll(index, documents);
        index.setStandings(documents.map(({ key }) => ({ key, votes: key % 3, trending: key % 2 })));
        const request: SearchRequest = { query, sort, limit: 2, asTyped: true };
        const wanted = index.search({ ...request, limit: 100 }).hits.map(({ key }) => key);
        const found: number[] = [];
        const more = documentsOf(later, 1_000);
        for (let cursor: string | undefined, i = 0; i === 0 || cursor !== undefined; i++) {
          const answer = index.search({ ...request, ...(cursor === undefined ? {} : { cursor }) });
          found.push(...answer.hits.map(({ key }) => key));
          cursor = answer.next;
          putAll(index, more.splice(0, 1));
        }
        expect(found.filter((key) => key < 1_000)).toEqual(wanted);
        expect(new Set(found).size).toBe(found.length);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  test("of many papers with some of the words, those looked at for word order stay the same", async () => {
    await using index = open();
    const paper = (key: number, abstract: string) => ({
      key,
      id: String(key),
      title: "x",
      abstract,
      authors: [],
    });
    const texts = [
      "of tokens",
      "tokens",
      "tokens of position here and there",
      "position of tokens",
      "networks",
    ];
    putAll(
      index,
      Array.from({ length: 300 }, (_, i) => paper(i + 1, `${texts[i % 5]} ${"y ".repeat(i % 17)}`)),
    );
    const request = { query: "position of tokens in neural networks", limit: 20, asTyped: true };
    const wanted = index.search({ ...request, limit: 300 }).hits.map(({ key }) => key);
    const found: number[] = [];
    let cursor: string | undefined;
    let key = 1_000;
    do {
      const answer = index.search({ ...request, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...answer.hits.map((hit) => hit.key));
      cursor = answer.next;
      putAll(index, [
        paper(++key, "position of tokens"),
        paper(++key, "neural neural neural"),
        paper(++key, "y y"),
      ]);
    } while (cursor !== undefined);
    expect(found.filter((each) => each < 1_000)).toEqual(wanted);
    expect(new Set(found).size).toBe(found.length);
  });

  test("a cursor of another search, another sort, or none at all is refused in a sentence", async () => {
    await using index = open();
    putAll(index, documentsOf([], 1));
    putAll(
      index,
      [1, 2, 3].map((key) => ({ key, id: String(key), title: "token", abstract: "", authors: [] })),
    );
    const { next } = index.search({ query: "token", limit: 1 });
    expect(index.search({ query: "token", limit: 1, cursor: next! }).hits[0]!.key).toBe(2);
    const other = "The cursor is a place in the results of another search.";
    expect(() => index.search({ query: "tokens", limit: 1, cursor: next! })).toThrow(other);
    expect(() => index.search({ query: "token", limit: 1, cursor: next!, sort: "newest" })).toThrow(other);
    expect(() => index.search({ query: "token", limit: 1, cursor: next!, mode: "words" })).toThrow(other);
    for (const cursor of ["", "?", "AAAA", `${next}AA`, next!.slice(0, -4), "x".repeat(5_000)])
      expect(() => index.search({ query: "token", limit: 1, cursor })).toThrow("is no place in any results");
  });

  test("cursors are read back as written, and nothing else is read", () => {
    const counts = fc.array(fc.nat(3_000_000), { maxLength: 70 });
    const cursors = fc.record({
      order: fc.nat(0xffffffff),
      shown: fc.nat(10_000),
      position: fc.record({ group: fc.nat(1), value: fc.double({ noNaN: true }), key: fc.nat(0xffffffff) }),
      pins: fc.option(
        fc.record({
          documents: fc.nat(3_000_000),
          words: counts,
          pairs: counts,
          floor: fc.option(fc.record({ score: fc.double({ noNaN: true }), key: fc.nat(0xffffffff) })),
        }),
      ),
    });
    fc.assert(
      fc.property(cursors, (cursor) => {
        expect(parseCursor(formatCursor(cursor), cursor.order)).toEqual(cursor);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AQgw_-019zZ") }), (text) => {
        expect(() => parseCursor(text, 1)).toThrow(/The cursor is/);
      }),
    );
  });
});
