import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { averageRanks, gainAt, overlapAt, spearman } from "./rank-measures.ts";

const papers = (scores: number[], gains: number[]) =>
  scores.map((score, i) => ({ id: String(i), score, gain: gains[i]! }));

describe("measures by hand", () => {
  test("ties share the mean of their places", () => {
    expect(averageRanks([5, 1, 5, 5])).toEqual([3, 1, 3, 3]);
  });

  test("Spearman: 1 in the same order, -1 in the other, 0 when all is equal", () => {
    expect(spearman(papers([1, 2, 3], [10, 20, 90]))).toBeCloseTo(1, 12);
    expect(spearman(papers([3, 2, 1], [10, 20, 90]))).toBeCloseTo(-1, 12);
    expect(spearman(papers([1, 1, 1], [10, 20, 90]))).toBe(0);
    // 1 - 6 x (1 + 1) / (4 x 15), no ties.
    expect(spearman(papers([1, 2, 3, 4], [2, 1, 3, 4]))).toBeCloseTo(0.8, 12);
  });

  test("nDCG: linear gain, log2 discount, cut at the depth", () => {
    const ordered = papers([3, 2, 1], [0, 4, 8]);
    const best = 8 + 4 / Math.log2(3);
    expect(gainAt(ordered, 2)).toBeCloseTo(4 / Math.log2(3) / best, 12);
    expect(gainAt(papers([2, 1], [0, 0]), 2)).toBe(0);
  });

  test("overlap of the first three", () => {
    expect(overlapAt(papers([4, 3, 2, 1], [1, 9, 8, 7]), 3)).toBeCloseTo(2 / 3, 12);
  });
});

describe("properties", () => {
  test("bounded, and best for the order of the gains", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 2, maxLength: 12 }), (gains) => {
        const ordered = papers(
          gains.map((_, i) => -i),
          gains,
        );
        for (const value of [gainAt(ordered, 3), overlapAt(ordered, 3)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(Math.abs(spearman(ordered))).toBeLessThanOrEqual(1 + 1e-12);
        const best = ordered.toSorted((a, b) => b.gain - a.gain);
        if (gains.some((gain) => gain > 0)) expect(gainAt(best, 3)).toBeCloseTo(1, 12);
        expect(overlapAt(best, 3)).toBe(1);
      }),
    );
  });
});
