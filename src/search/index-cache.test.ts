import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { BoundedCache, createCaches } from "./index-cache.ts";
import { makePostings, sizeOfPostings } from "./postings.ts";
import { packFrequencies, packLengths } from "./scoring.ts";

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

test("the parts of the budget make up the whole", () => {
  const { pages, postings, combined } = createCaches(800);
  for (let key = 0; key < 1_000; key++) {
    pages.set(key, new Uint8Array(0), 1);
    postings.set(key, makePostings(new Int32Array(0), new Uint8Array(0), new Uint32Array(0)), 1);
    combined.set(String(key), makePostings(new Int32Array(0), new Uint8Array(0), new Uint32Array(0)), 1);
  }
  expect(pages.bytes + postings.bytes + combined.bytes).toBe(800);
});

test.each([10, 900])("postings of %i papers in 1,000 are accounted with all they hold", (count) => {
  const docs = Int32Array.from({ length: count }, (_, i) => i);
  const codes = new Uint8Array(count).fill(packFrequencies(1, 1, 0));
  const postings = makePostings(docs, codes, new Uint32Array(1_000).fill(packLengths(8, 100, 4)));
  const { bounds, table } = postings;
  const arrays = [docs, codes, bounds, ...(table ? [table.bits, table.ranks] : [])];
  const held = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  expect(sizeOfPostings(postings)).toBeGreaterThanOrEqual(held);
  expect(table === null).toBe(count === 10);
});
