import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { openRandom, shuffledOrder } from "./random.ts";

describe("random streams", () => {
  test("the same name gives the same numbers, another name others", () => {
    const draw = (...name: number[]) => {
      const random = openRandom(...name);
      return Array.from({ length: 8 }, () => random.below(1_000_000));
    };
    expect(draw(1, 2, 3)).toEqual(draw(1, 2, 3));
    const streams = [draw(1, 2, 3), draw(1, 3, 2), draw(2, 2, 3), draw(1, 2), draw(1, 2, -1)];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  test("golden: a change here changes every trained model", () => {
    const random = openRandom(1, 2, 3);
    expect([random.below(1000), random.below(1000), random.below(1000)]).toMatchInlineSnapshot(`
      [
        970,
        745,
        426,
      ]
    `);
  });

  test("numbers stay within bounds and spread evenly", () => {
    const random = openRandom(42);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[random.below(10)]!++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });

  test("normal numbers have mean 0 and deviation 1", () => {
    const random = openRandom(7);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  test("a shuffled order holds every number once", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer(), (n, seed) => {
        const order = [...shuffledOrder(n, openRandom(seed))];
        expect(order.sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });
});
