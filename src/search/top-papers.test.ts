import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { compareRanked, TopPapers } from "./top-papers.ts";

const paper = fc
  .record({ score: fc.integer({ min: 0, max: 9 }), key: fc.integer({ min: 0, max: 1000 }) })
  .map(({ score, key }) => ({ score, key, segment: 0, doc: key }));

test("keeps the best, ties by the smaller key, whatever the order they come in", () => {
  fc.assert(
    fc.property(fc.array(paper), fc.integer({ min: 0, max: 12 }), (papers, capacity) => {
      const top = new TopPapers(capacity);
      for (const one of papers) {
        const before = top.list();
        const refused = top.refuses(one.score, one.key);
        top.add(one);
        if (refused) expect(top.list()).toEqual(before);
        else expect(top.list()).toContain(one);
      }
      const best = [...papers].sort(compareRanked).slice(0, capacity);
      expect(top.list().map(({ score, key }) => [score, key])).toEqual(
        best.map(({ score, key }) => [score, key]),
      );
    }),
  );
});

test("the threshold is what the worst kept has, once full", () => {
  const top = new TopPapers(2);
  top.add({ score: 5, segment: 0, doc: 0, key: 0 });
  expect(top.threshold).toBe(Number.NEGATIVE_INFINITY);
  top.add({ score: 3, segment: 0, doc: 1, key: 1 });
  expect(top.threshold).toBe(3);
  expect(new TopPapers(0).threshold).toBe(Number.POSITIVE_INFINITY);
});
