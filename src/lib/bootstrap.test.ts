import { describe, expect, test } from "vitest";
import { bootstrapMean, differences, meanOf } from "./bootstrap.ts";
import { openRandom } from "./random.ts";

describe("bootstrap", () => {
  const draw = (seed: number) => {
    const random = openRandom(seed);
    return (bound: number) => random.below(bound);
  };

  test("the same difference everywhere has no spread", () => {
    expect(bootstrapMean([0.2, 0.2, 0.2], draw(1))).toEqual({
      mean: expect.closeTo(0.2),
      low: expect.closeTo(0.2),
      high: expect.closeTo(0.2),
    });
  });

  test("the interval is about two standard errors to each side", () => {
    const random = openRandom(3);
    const values = Array.from({ length: 400 }, () => random.normal());
    const { mean, low, high } = bootstrapMean(values, draw(2));
    expect(mean).toBeCloseTo(meanOf(values));
    expect(high - low).toBeGreaterThan(0.17);
    expect(high - low).toBeLessThan(0.22);
  });

  test("differences are the second minus the first", () => {
    expect(differences([1, 2], [4, 2])).toEqual([3, 0]);
  });

  test("means leave out what cannot be said", () => {
    expect(meanOf([1, Number.NaN, 3])).toBe(2);
    expect(meanOf([])).toBeNaN();
  });
});
