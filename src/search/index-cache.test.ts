import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { BoundedCache, createCaches, ordinaryCacheBytes } from "./index-cache.ts";
import { makePostings, Postings, sizeOfLists, TermPostings } from "./postings.ts";
import { packFrequencies, packLengths } from "./scoring.ts";
import { sizeOfTitled } from "./titled-postings.ts";

describe("BoundedCache", () => {
  test("never holds more than its budget, whatever is kept and asked for", () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 40 }), bytes: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const cache = new BoundedCache<number>(100);
        const kept = new Map<number, number>();
        for (const { key, bytes } of steps) {
          if (cache.get(key) === undefined) kept.set(key, bytes);
          cache.set(key, bytes, bytes);
          expect(cache.bytes).toBeLessThanOrEqual(100);
        }
        const held = [...kept.keys()].filter((key) => cache.get(key) !== undefined);
        expect(held.reduce((sum, key) => sum + cache.get(key)!, 0)).toBe(cache.bytes);
      }),
    );
  });

  test("what was asked for again outlives what was not", () => {
    const cache = new BoundedCache<string>(100);
    for (let key = 0; key < 5; key++) {
      cache.set(key, "kept", 20);
      cache.get(0);
    }
    cache.set(5, "new", 20);
    expect([cache.get(0), cache.get(1)]).toEqual(["kept", undefined]);
  });
});

test("values used beside `get` are spared, dropped ones are told of", () => {
  const used = new Set(["first"]);
  const dropped: [string, number][] = [];
  const cache = new BoundedCache<string>(100, {
    wasUsed: (value) => used.delete(value),
    dropped: (value, key) => dropped.push([value, key]),
  });
  for (const [key, value] of ["first", "second", "third", "fourth"].entries()) cache.set(key, value, 25);
  cache.grow(3, 25);
  expect([dropped, cache.bytes]).toEqual([[["second", 1]], 100]);
  cache.set(9, "too large", 26);
  cache.delete(2);
  expect(dropped.slice(1)).toEqual([
    ["too large", 9],
    ["third", 2],
  ]);
});

function newTerm(): TermPostings {
  const read = () => ({ docs: new Int32Array(0), codes: new Uint8Array(0), table: null });
  return new TermPostings({ count: 0, read, opened() {}, grew() {} }, new Uint32Array(0));
}

test("the parts of the budget make up the whole", () => {
  const { pages, terms, lists, combined, sets } = createCaches(800);
  for (let key = 0; key < 1_000; key++) {
    pages.set(key, new Uint8Array(0), 1);
    terms.set(key, newTerm(), 1);
    lists.set(1_000 + key, newTerm(), 1);
    combined.set(String(key), newTerm(), 1);
    sets.set(String(key), new Uint32Array(0), 1);
  }
  expect(pages.bytes + lists.bytes + combined.bytes + terms.bytes + sets.bytes).toBe(800);
});

test("a budget that grows is shared out as it is then", () => {
  let budget = 80;
  const { pages, lists } = createCaches(() => budget);
  const fill = () => {
    for (let key = 0; key < 1_000; key++) lists.set(key, newTerm(), 1);
    for (let key = 0; key < 1_000; key++) pages.set(key, new Uint8Array(0), 1);
    return [lists.bytes, pages.bytes];
  };
  expect(fill()).toEqual([30, 50]);
  budget = 800;
  expect(fill()).toEqual([300, 500]);
});

test("where nobody says how much is kept, it grows with the index, within bounds", () => {
  const mib = 2 ** 20;
  expect([0, 60, 400, 700, 2_000].map((size) => ordinaryCacheBytes(size * mib) / mib)).toEqual([
    128, 128, 300, 512, 512,
  ]);
});

test("pages have what the others leave, and give it back", () => {
  const { pages, lists } = createCaches(800);
  for (let key = 0; key < 1_000; key++) pages.set(key, new Uint8Array(0), 1);
  expect(pages.bytes).toBe(800);
  for (let key = 0; key < 100; key++) lists.set(key, newTerm(), 2);
  expect([pages.bytes, lists.bytes]).toEqual([600, 200]);
});

test.each([10, 900])("postings of %i papers in 1,000 are accounted with all they hold", (count) => {
  const docs = Int32Array.from({ length: count }, (_, i) => i);
  const codes = new Uint8Array(count).fill(packFrequencies(1, 1, 0));
  const postings = makePostings(docs, codes, new Uint32Array(1_000).fill(packLengths(8, 100, 4)));
  const { table, titled } = postings;
  const tables = [table, titled.table].flatMap((own) => (own ? [own.bits, own.ranks, own.bases] : []));
  const arrays = [docs, codes, titled.docs, titled.codes, titled.at!, titled.bounds, ...tables];
  const held = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  // What is listed from a table is the query's own.
  const listed = table ? docs.byteLength : 0;
  expect(sizeOfLists(count, 1_000) + sizeOfTitled(titled)).toBeGreaterThanOrEqual(held - listed);
  expect(table === null).toBe(count === 10);
});

test("lists that are forgotten are read again, and those of a query stay while it lasts", () => {
  const { terms, lists } = createCaches(8_000);
  let reads = 0;
  const read = () => ({ docs: Int32Array.of(3, ++reads + 3), codes: Uint8Array.of(4, 64), table: null });
  const opened = (term: TermPostings) => lists.set(1, term, 100);
  const lengths = new Uint32Array(9).fill(packLengths(8, 100, 4));
  const term = new TermPostings({ count: 2, read, opened, grew: (bytes) => terms.grow(1, bytes) }, lengths);
  terms.set(1, term, 100);
  const first = new Postings(term);
  expect([first.docs[1], first.titled.docs[0], reads, terms.bytes > 100]).toEqual([4, 4, 1, true]);
  terms.delete(1);
  expect(lists.bytes).toBe(0);
  expect([first.docs[1], reads]).toEqual([4, 1]);
  expect([new Postings(term).docs[1], new Postings(term).titled.docs[0], reads]).toEqual([5, 4, 2]);
});
