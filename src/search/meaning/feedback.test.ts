import { expect, test } from "vitest";
import { moveTowards } from "./feedback.ts";
import { VectorShelf } from "./vector-shelf.ts";

const dimension = 32;
const axis = (at: number, length = 1) =>
  Float32Array.from({ length: dimension }, (_, i) => (i === at ? length : 0));

test("the vector goes towards the middle of the papers, whatever the length of theirs", () => {
  const shelf = new VectorShelf(dimension);
  shelf.set(1, { vector: axis(1, 9), stemLength: 1 });
  shelf.set(2, { vector: axis(2, 0.1), stemLength: 1 });
  shelf.set(3, { vector: null, stemLength: 1 });
  const moved = moveTowards(axis(0), { shelf, keys: [1, 2, 3, 99], weight: 0.5 });
  expect([...moved.slice(0, 4)]).toEqual([
    1,
    expect.closeTo(0.5 * Math.SQRT1_2),
    expect.closeTo(0.5 * Math.SQRT1_2),
    0,
  ]);
});

test("no weight, no papers: the vector stays", () => {
  const shelf = new VectorShelf(dimension);
  shelf.set(1, { vector: axis(1), stemLength: 1 });
  expect(moveTowards(axis(0), { shelf, keys: [1], weight: 0 })).toEqual(axis(0));
  expect(moveTowards(axis(0), { shelf, keys: [], weight: 1 })).toEqual(axis(0));
});
