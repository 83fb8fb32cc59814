import { expect, test } from "vitest";
import { remember } from "./remember.ts";

function counted(most: number) {
  const made: number[] = [];
  const half = remember(most, (key: number) => {
    made.push(key);
    return key % 2 === 0 ? key / 2 : null;
  });
  return { made, half };
}

test("what was made once is not made again", () => {
  const { made, half } = counted(2);
  expect([4, 6, 4, 6, 4].map(half)).toEqual([2, 3, 2, 3, 2]);
  expect(made).toEqual([4, 6]);
});

test("no more is kept than it may", () => {
  const { made, half } = counted(2);
  expect([4, 6, 8, 8, 4].map(half)).toEqual([2, 3, 4, 4, 2]);
  expect(made).toEqual([4, 6, 8, 4]);
});

test("that there is nothing is remembered, too", () => {
  const { made, half } = counted(2);
  expect([3, 3].map(half)).toEqual([null, null]);
  expect(made).toEqual([3]);
});
