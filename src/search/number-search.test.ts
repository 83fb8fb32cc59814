import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { lowerBound, pickLargest } from "./number-search.ts";

test("picks the places of the largest numbers of a range, the first of equal ones before the others", () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });
  fc.assert(
    fc.property(numbers, fc.nat(10), fc.integer({ min: 1, max: 12 }), (list, first, limit) => {
      const last = list.length;
      const picked = pickLargest(Uint32Array.from(list), { first, last, limit });
      const places = list.map((_, at) => at).slice(first);
      expect(picked).toEqual(places.sort((a, b) => list[b]! - list[a]! || a - b).slice(0, limit));
    }),
  );
});

test("finds the first that is not below", () => {
  const numbers = [1, 3, 3, 8];
  const find = (wanted: number) => lowerBound(numbers.length, (at) => numbers[at]! < wanted);
  expect([0, 3, 4, 9].map(find)).toEqual([0, 1, 3, 4]);
});
