import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { LeastReached } from "./least-reached.ts";

test("is the smallest of the largest scores met so far", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), fc.integer({ min: 1, max: 20 }), (scores, wanted) => {
      const reached = new LeastReached(wanted);
      scores.forEach((score, i) => {
        reached.note(score);
        const best = scores.slice(0, i + 1).sort((a, b) => b - a);
        expect(reached.least + 0).toBe((best[wanted - 1] ?? Number.NEGATIVE_INFINITY) + 0);
      });
    }),
  );
});

test("notes many at once as one by one", () => {
  const numbers = Float32Array.of(3, 1, 4, 1, 5, 9, 2, 6);
  const [all, each] = [new LeastReached(3), new LeastReached(3)];
  all.noteAll(numbers, 7, { factor: 2, more: 1 });
  for (const number of numbers.subarray(0, 7)) each.note(number * 2 + 1);
  expect([all.least, each.least]).toEqual([9, 9]);
});

test("nothing is wanted: nothing reaches it", () => {
  const reached = new LeastReached(0);
  reached.note(5);
  expect(reached.least).toBe(Number.POSITIVE_INFINITY);
});
