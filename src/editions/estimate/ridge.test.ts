import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { type RidgeRow, solveRidge } from "./ridge.ts";

const row = (values: number[], target: number, weight = 1): RidgeRow => ({
  columns: Int32Array.from(values, (_, i) => i),
  values: Float64Array.from(values),
  target,
  weight,
});

describe("ridge regression", () => {
  test("one column by hand: sum of w x y over sum of w x x plus the penalty", () => {
    const [weight] = solveRidge([row([1], 2), row([2], 3, 0.5)], { columns: 1, penalty: 1 });
    expect(weight).toBeCloseTo((2 + 3) / (1 + 2 + 1), 10);
  });

  test("the gradient vanishes at the solution", () => {
    const rows = fc.array(
      fc.tuple(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: -5, max: 5 }),
        fc.constantFrom(0.25, 1, 2),
      ),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(0.1, 1, 50), (given, penalty) => {
        const solution = solveRidge(
          given.map((each) => row(...each)),
          { columns: 3, penalty },
        );
        for (let j = 0; j < 3; j++) {
          const pull = given.reduce((sum, [values, target, weight]) => {
            const fitted = values.reduce((s, value, k) => s + value * solution[k]!, 0);
            return sum + weight * (target - fitted) * values[j]!;
          }, 0);
          expect(pull - penalty * solution[j]!).toBeCloseTo(0, 4);
        }
      }),
    );
  });

  test("no rows, no weights", () => {
    expect([...solveRidge([], { columns: 2, penalty: 1 })]).toEqual([0, 0]);
  });
});
