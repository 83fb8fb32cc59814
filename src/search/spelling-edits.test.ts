import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { slipsBetween } from "../../test/support/slips.ts";
import { forEachEdit, isRepairable } from "./spelling-edits.ts";

function listEdits(word: string): string[] {
  const edits: string[] = [];
  forEachEdit(word, (edited) => edits.push(edited));
  return edits;
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "m", "t", "z"), minLength: 1, maxLength: 7 });

describe("words one slip away", () => {
  test("are those that the distance calls so, and no others", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const edits = new Set(listEdits(a));
        expect(edits.has(b)).toBe(slipsBetween(a, b) === 1);
        for (const edit of edits) expect(slipsBetween(a, edit)).toBe(1);
      }),
    );
  });

  test("are no more than 54 a letter", () => {
    for (const long of ["abcd", "attention", "a".repeat(32), "electroencephalographically"])
      expect(listEdits(long).length).toBeLessThan(54 * (long.length + 1));
  });

  test("numbers, short words and other scripts are left alone", () => {
    expect(["gpt4", "the", "内存", "naïve", "a".repeat(40)].map(isRepairable)).toEqual(Array(5).fill(false));
    expect(isRepairable("attention")).toBe(true);
  });
});
