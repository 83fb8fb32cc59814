import { expect, test } from "vitest";
import { fieldShift, type Positions } from "./segment.ts";
import { bestShare, bitsOfTitle } from "./side-by-side.ts";

const at = (field: number, place: number) => (field << fieldShift) | place;

function placesOf(...places: number[]): Positions {
  return { data: Int32Array.from(places), start: 0, end: places.length, moveTo: () => true };
}

test("says the places of a title as bits, far ones as one", () => {
  expect(bitsOfTitle(placesOf(at(0, 0), at(0, 5), at(0, 31), at(0, 400), at(1, 2)))).toBe(
    2 ** 31 + 2 ** 5 + 1,
  );
});

test("takes the best field where the right follows the left, and nothing where it does not", () => {
  const left = placesOf(at(0, 1), at(1, 7), at(1, 65_535));
  expect(bestShare(left, placesOf(at(1, 8)), 1)).toBe(0.4);
  expect(bestShare(left, placesOf(at(0, 2), at(1, 8)), 1)).toBe(1);
  expect(bestShare(left, placesOf(at(0, 0), at(1, 6)), 1)).toBe(0);
});
