import { expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { beginHeaviest } from "./heaviest.ts";

function sorted(given: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return [...given].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
}

function taken(given: readonly (readonly [number, number])[], most: number): [number, number][] {
  const heaviest = beginHeaviest(given.length);
  for (const [number, value] of given) heaviest.add(number, value);
  const { stems, weights } = heaviest.take(most);
  return Array.from(stems, (stem, i) => [stem, weights[i]!]);
}

test("the heaviest are those that sorting would give; the bound is reached by as many as are asked for", () => {
  const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 70 }), (drawn, most) => {
      const given = drawn.map((value, number) => [number, value] as const);
      const wanted = sorted(given).slice(0, most);
      expect(taken(given, most)).toEqual(wanted.map(([number, value]) => [number, Math.fround(value)]));
      const heaviest = beginHeaviest(given.length);
      for (const [number, value] of given) heaviest.add(number, value);
      const least = heaviest.leastOf(most);
      expect(least).toBeLessThanOrEqual(given.length < most ? 0 : Math.abs(wanted.at(-1)![1]));
    }),
  );
});

test("thousands of equal values, as somebody may have made them, come as they were added", () => {
  const given = Array.from(
    { length: 20_000 },
    (_, i) => [(i * 7_919) % 20_000, i % 2 === 0 ? 0.5 : -0.5] as const,
  );
  expect(taken(given, 400)).toEqual(sorted(given).slice(0, 400));
});
