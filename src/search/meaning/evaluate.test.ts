import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import {
  averagePrecision,
  gainAtFifth,
  normalisedGain,
  recallAt,
  recallOfNonliteral,
  reciprocalRank,
} from "./evaluate.ts";

const ranked = ["a", "b", "c", "d", "e"];

describe("measures, by hand", () => {
  test("reciprocal rank", () => {
    expect(reciprocalRank(ranked, "a", 10)).toBe(1);
    expect(reciprocalRank(ranked, "d", 10)).toBe(0.25);
    expect(reciprocalRank(ranked, "d", 3)).toBe(0);
    expect(reciprocalRank([], "d", 3)).toBe(0);
  });

  test("recall", () => {
    expect(recallAt(ranked, new Set(["b", "e", "z"]), 3)).toBeCloseTo(1 / 3);
    expect(recallAt(ranked, new Set(), 3)).toBeNaN();
  });

  test("average precision: (1/2 + 2/5) / 3, the unranked counting nothing", () => {
    expect(averagePrecision(ranked, new Set(["b", "e", "z"]))).toBeCloseTo((1 / 2 + 2 / 5) / 3);
    expect(averagePrecision(ranked, new Set())).toBeNaN();
  });

  test("gain: linear, log2, over the best order", () => {
    const gains = new Map([
      ["a", 1],
      ["b", 3],
      ["c", 0],
    ]);
    const own = 1 + 3 / Math.log2(3);
    const best = 3 + 1 / Math.log2(3);
    expect(normalisedGain(["a", "b", "c"], gains, 3)).toBeCloseTo(own / best);
    expect(normalisedGain(["c"], new Map([["c", 0]]), 3)).toBe(0);
  });

  test("at a fifth of the pool: of ten, the first two", () => {
    const ten = Array.from({ length: 10 }, (_, i) => `p${i}`);
    const gains = new Map(ten.map((name, i) => [name, i === 1 ? 2 : 0] as const));
    expect(gainAtFifth(ten, gains)).toBeCloseTo(1 / Math.log2(3));
  });

  test("the literal ones leave before the nonliteral are looked for", () => {
    const judged = { relevant: new Set(["a", "b", "d"]), nonliteral: new Set(["d"]) };
    expect(recallOfNonliteral(ranked, judged, 1)).toBe(0);
    expect(recallOfNonliteral(ranked, judged, 2)).toBe(1);
  });
});

describe("properties", () => {
  const order = fc.shuffledSubarray(ranked, { minLength: 5 });
  const some = fc.subarray(ranked, { minLength: 1 }).map((names) => new Set(names));

  test("every measure lies between 0 and 1, and the best order has 1", () => {
    fc.assert(
      fc.property(order, some, (list, relevant) => {
        const best = [...list].sort((a, b) => Number(relevant.has(b)) - Number(relevant.has(a)));
        const gains = new Map(list.map((name) => [name, relevant.has(name) ? 1 : 0] as const));
        for (const value of [averagePrecision(list, relevant), normalisedGain(list, gains, 5)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(averagePrecision(best, relevant)).toBe(1);
        expect(normalisedGain(best, gains, 5)).toBeCloseTo(1);
        expect(recallAt(list, relevant, 5)).toBe(1);
      }),
    );
  });
});
