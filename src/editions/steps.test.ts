import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { stepsOf } from "./steps.ts";

const equal = (count: number) => Array.from({ length: count }, () => 1);
const counted = (scores: number[]) => {
  const counts = [0, 0, 0, 0, 0];
  for (const step of stepsOf(scores)) counts[step - 1]!++;
  return counts;
};

describe("stepsOf", () => {
  test("thresholds are 5, 2.5 and 1.25 per cent", () => {
    // Total 1000: 5 % is 50, 2.5 % is 25, 1.25 % is 12.5.
    const scores = [838, 50, 50, 25, 12.5, 12.4, 12.1];
    expect(stepsOf(scores)).toEqual([1, 2, 2, 3, 4, 5, 5]);
  });

  test("an odd folio promotes the best quarto, or steps down when there is none", () => {
    expect(stepsOf([880, 60, 30, 25, 5])).toEqual([1, 2, 2, 3, 5]);
    expect(stepsOf([930, 60, 10])).toEqual([1, 3, 5]);
  });

  test("few papers", () => {
    expect(stepsOf([])).toEqual([]);
    expect(stepsOf([0])).toEqual([1]);
    expect(stepsOf([1, 1])).toEqual([1, 3]);
    expect(stepsOf([1, 1, 1])).toEqual([1, 2, 2]);
  });

  test("without votes the page carries what it can, and hundreds of equals are lines", () => {
    expect(counted(equal(13))).toEqual([1, 6, 6, 0, 0]);
    expect(counted(equal(30))).toEqual([1, 0, 12, 17, 0]);
    expect(counted(equal(50))).toEqual([1, 0, 0, 24, 25]);
    expect(counted(equal(1_400))).toEqual([1, 0, 0, 24, 1_375]);
    expect(counted(Array.from({ length: 20 }, () => 0))).toEqual([1, 0, 0, 0, 19]);
  });

  test("a long edition is sized by its best fifty", () => {
    const scores = [...Array.from({ length: 50 }, (_, i) => 100 - 2 * i), ...equal(900)];
    expect(counted(scores)[2]! + counted(scores)[3]!).toBeGreaterThan(20);
  });

  test("sizes never grow down the page, folios come in pairs", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 120 }), (list) => {
        const steps = stepsOf(list.sort((a, b) => b - a));
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        expect(steps.filter((step) => step === 2).length % 2).toBe(0);
        expect(steps.filter((step) => step === 1).length).toBe(Math.min(1, list.length));
      }),
    );
  });
});
