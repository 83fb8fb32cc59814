import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRanked, formulaVersion, hashOfId, scoreOf } from "./formula.ts";

const nothing = { submitted: false, announced: false, votes: null };

describe("formula front-1", () => {
  test("golden numbers", () => {
    expect(formulaVersion).toBe("front-1");
    expect(scoreOf({ submitted: true, announced: false, votes: 50 })).toEqual({
      score: 51,
      terms: [
        { name: "submitted", value: 1, points: 1 },
        { name: "votes", value: 50, points: 50 },
      ],
    });
    expect(scoreOf({ submitted: true, announced: true, votes: 0 }).score).toBe(1);
    expect(scoreOf({ submitted: false, announced: true, votes: null }).score).toBe(0.1);
    expect(scoreOf({ submitted: false, announced: true, votes: 7 }).score).toBeCloseTo(7.1, 12);
    expect(scoreOf(nothing)).toEqual({ score: 0, terms: [] });
  });

  test("golden hashes: an order once shown stays", () => {
    expect(["2605.09063", "2605.09064", "", "hep-th/9901001"].map(hashOfId)).toMatchInlineSnapshot(`
      [
        4016428961,
        2269055738,
        2872998923,
        337730188,
      ]
    `);
  });

  test("broken counts count as none", () => {
    for (const votes of [-3, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(scoreOf({ ...nothing, submitted: true, votes }).score).toBe(1);
    }
  });

  test("the score is the sum of its terms and never falls with a vote more", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.nat(1e6), (submitted, announced, votes) => {
        const { score, terms } = scoreOf({ submitted, announced, votes });
        expect(score).toBe(terms.reduce((sum, term) => sum + term.points, 0));
        expect(scoreOf({ submitted, announced, votes: votes + 1 }).score).toBeGreaterThan(score);
      }),
    );
  });

  test("the order is total, the same from any start, and higher scores come first", () => {
    const item = fc.record({ score: fc.integer({ min: 0, max: 3 }), id: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: (i) => i.id, maxLength: 12 }), (items) => {
        const sorted = items.toSorted(compareRanked);
        expect(items.toReversed().sort(compareRanked)).toEqual(sorted);
        for (const [index, next] of sorted.slice(1).entries()) {
          expect(sorted[index]!.score).toBeGreaterThanOrEqual(next.score);
        }
      }),
    );
  });

  test("ties do not follow the number of the paper", () => {
    const ids = Array.from({ length: 200 }, (_, i) => `2605.${String(i).padStart(5, "0")}`);
    const order = ids.map((id) => ({ id, score: 1 })).sort(compareRanked);
    const places = order.map(({ id }) => ids.indexOf(id));
    const rising = places.slice(1).filter((place, i) => place > places[i]!).length;
    expect(rising).toBeGreaterThan(70);
    expect(rising).toBeLessThan(130);
  });
});
