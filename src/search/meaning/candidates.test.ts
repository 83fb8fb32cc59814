import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { listBest, listNearer, reachOf } from "./candidates.ts";
import type { PlacedPaper } from "./word-side.ts";

const place = (key: number): PlacedPaper => ({ key, segment: 0, doc: key });

describe("papers chosen again when a query was moved", () => {
  test("twice the wanted are looked at, later no more than a thousand beyond", () => {
    expect([200, 1_000, 10_000].map(reachOf)).toEqual([400, 2_000, 11_000]);
  });

  test("those among its nearest are taken, but what is a candidate already or not in the index", () => {
    const words = { find: (key: number) => (key === 3 ? null : place(key)) };
    const near = [9, 8, 5, 1, 3, 7, 6].map((key) => ({ key, at: key * 10, cosine: 0 }));
    const known = new Map([
      [9, 0],
      [1, 1],
    ]);
    const cosines = Float32Array.of(0.1, 0.9, 0.5, 0.8, 0.7, 0.4, 0.5);
    const taken = (wanted: number) => listNearer(known, { near, cosines, wanted, words });
    expect(taken(2)).toEqual({ papers: [], places: [] });
    // The fourth nearest is as near as the fifth.
    expect(taken(4)).toEqual({ papers: [place(6)], places: [60] });
    expect(listNearer(new Map(), { near, cosines, wanted: 3, words })).toEqual({
      papers: [place(1)],
      places: [10],
    });
    const all = listNearer(known, { near: near.slice(0, 2), cosines: cosines.slice(0, 2), wanted: 2, words });
    expect(all.papers).toEqual([]);
  });
});

test("the best are those a sort would give, equal ones by key", () => {
  const scored = fc.array(
    fc.integer({ min: -3, max: 6 }).map((thirds) => thirds / 3),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(scored, fc.integer({ min: 1, max: 12 }), (scores, count) => {
      const papers = scores.map((_, i) => place((i * 17) % 41));
      const expected = papers
        .map(({ key }, i) => ({ key, score: scores[i]! }))
        .sort((a, b) => b.score - a.score || a.key - b.key)
        .slice(0, count);
      expect(listBest(papers, Float64Array.from(scores), count)).toEqual(expected.map(({ key }) => key));
    }),
  );
});
