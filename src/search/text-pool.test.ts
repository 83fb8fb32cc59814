import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { readText, TextPool } from "./text-pool.ts";

const texts = fc.array(
  fc.tuple(fc.string({ unit: "grapheme", maxLength: 12 }), fc.integer({ min: 0, max: 4 })),
  { maxLength: 60 },
);

test("gives back what was put in, and is empty then", () => {
  fc.assert(
    fc.property(texts, (list) => {
      const pool = new TextPool();
      for (const [text, weight] of list) pool.add(text, weight);
      const columns = pool.take();
      expect(list.map((_, place) => readText(columns, place))).toEqual(list.map(([text]) => text));
      expect([...columns.weights]).toEqual(list.map(([, weight]) => weight));
      expect(columns.bytes.length).toBe(columns.starts.at(-1));
      expect([pool.size, pool.take().bytes.length]).toEqual([0, 0]);
    }),
  );
});

test("names the heaviest, of equal ones the first", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 70 }), (list, most) => {
      const pool = new TextPool();
      for (const [text, weight] of list) pool.add(text, weight);
      const byWeight = list.map((_, place) => place).sort((a, b) => list[b]![1] - list[a]![1] || a - b);
      expect([...pool.heaviest(most)]).toEqual(byWeight.slice(0, most).sort((a, b) => a - b));
    }),
  );
});

test("takes texts of another pool over, weight and all", () => {
  const [from, to] = [new TextPool(), new TextPool()];
  from.add("ada", 1);
  from.add("", 2);
  from.add("α β", 3);
  for (const place of [2, 0, 1]) to.addFrom(from, place);
  const columns = to.take();
  expect([0, 1, 2].map((place) => readText(columns, place))).toEqual(["α β", "ada", ""]);
  expect([...columns.weights]).toEqual([3, 1, 2]);
});
