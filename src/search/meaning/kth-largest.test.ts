import { expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { kthLargest } from "./kth-largest.ts";

const numbers = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true }));

test("it is what sorting gives, and the numbers stay where they are", () => {
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (list, k) => {
      const values = Float32Array.from(list);
      const before = values.slice();
      const sorted = values.toSorted((a, b) => b - a);
      expect(kthLargest(values, k) + 0).toBe(sorted[Math.min(k, sorted.length) - 1]! + 0);
      expect(values).toEqual(before);
    }),
  );
});

test("orders that slow a naive choice of the pivot, and numbers that are all equal", () => {
  const count = 50_000;
  const rising = Float32Array.from({ length: count }, (_, i) => i);
  expect(kthLargest(rising, 100)).toBe(count - 100);
  expect(kthLargest(rising.toReversed(), 100)).toBe(count - 100);
  expect(kthLargest(new Float32Array(count).fill(7), 200)).toBe(7);
  expect(kthLargest(new Float32Array(0), 3)).toBe(0);
});
