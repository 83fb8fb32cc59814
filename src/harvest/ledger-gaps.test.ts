import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { findGaps } from "./ledger-gaps.ts";

describe("gaps in a day's identifiers", () => {
  test("what lies between and nobody knows", () => {
    const day = ["2605.01001", "2605.01004", "2605.01006"];
    expect(findGaps(day, new Set([...day, "2605.01002"]))).toEqual(["2605.01003", "2605.01005"]);
  });

  test("a day over the end of a month has two beginnings", () => {
    const day = ["2605.99990", "2605.99992", "2606.00001", "2606.00002"];
    expect(findGaps(day, new Set(day))).toEqual(["2605.99991"]);
  });

  test("old ids and what is no id are left out; nothing gives nothing", () => {
    expect(findGaps(["hep-th/9901001", "hep-th/9901009", "2605.0213"], new Set())).toEqual([]);
    expect(findGaps([], new Set())).toEqual([]);
  });

  test("a wrong idea of the day does not ask for a million ids", () => {
    expect(findGaps(["2605.00001", "2605.99999"], new Set())).toHaveLength(500);
  });

  test("gaps and what is known fill the whole range", () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(numbers, (given) => {
        const ids = given.map((number) => `2605.${String(number).padStart(5, "0")}`);
        const range = Math.max(...given) - Math.min(...given) + 1;
        expect(findGaps(ids, new Set(ids)).length + ids.length).toBe(range);
      }),
    );
  });
});
