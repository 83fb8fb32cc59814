import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { openRandom } from "../../lib/random.ts";
import { createWasmMemory, openWasm } from "../../lib/wasm.ts";
import { type TrainingKernels, trainingSource } from "./training-kernels.ts";

const limits = { minPages: 4, maxPages: 4, shared: false };
const memory = createWasmMemory(limits);
const kernels = openWasm<TrainingKernels>(trainingSource, memory, limits);
/** Four areas of 16,384 floats. */
const area = (n: number) => n * 65_536;
const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);

function fill(at: number, count: number, seed: number): Float32Array {
  const random = openRandom(seed);
  const view = floats(at, count);
  for (let i = 0; i < count; i++) view[i] = random.normal();
  return view;
}

const seed = fc.integer();

describe("training kernels, against plain loops", () => {
  test("packed panels multiply as matrices do, for rows and for columns of A", () => {
    const shape = fc.record({
      panelsA: fc.integer({ min: 1, max: 4 }),
      depth: fc.integer({ min: 1, max: 40 }),
      seed,
      transposed: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ panelsA, depth, seed, transposed }) => {
        const rows = panelsA * 4;
        const a = fill(area(0), rows * depth, seed);
        const b = fill(area(1), depth * 8, seed + 1);
        const [across, along] = transposed ? [4, rows * 4] : [depth * 4, 4];
        kernels.packPanels(area(2), area(0), across, along, 4, depth, panelsA);
        const packB = area(2) + rows * depth * 4;
        kernels.packPanels(packB, area(1), 4, 32, 8, depth, 1);
        const c = floats(area(3), rows * 8).fill(1);
        kernels.multiplyPanels(area(2), packB, area(3), 32, depth, panelsA);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < 8; j++) {
            let sum = 1;
            for (let k = 0; k < depth; k++) {
              sum += (transposed ? a[k * rows + i]! : a[i * depth + k]!) * b[k * 8 + j]!;
            }
            expect(c[i * 8 + j]!).toBeCloseTo(sum, 3);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("adding scaled rows, products", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        seed,
        fc.float({ noNaN: true, min: -4, max: 4 }),
        (eights, seed, w) => {
          const d = eights * 8;
          const to = fill(area(0), d, seed);
          const from = fill(area(1), d, seed + 1);
          const expected = Array.from(to, (value, i) => value + w * from[i]!);
          const product = to.reduce((sum, value, i) => sum + value * from[i]!, 0);
          expect(kernels.dot(area(0), area(1), d)).toBeCloseTo(product, 3);
          kernels.addScaled(area(0), area(1), w, d);
          for (let i = 0; i < d; i++) expect(to[i]!).toBeCloseTo(expected[i]!, 4);
        },
      ),
    );
  });

  test("exponentials and their sum, to six digits over the whole range", () => {
    const value = fc.float({ noNaN: true, min: -80, max: 80 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 4, maxLength: 4 }), (values) => {
        const view = floats(area(0), 4);
        view.set(values);
        const sum = kernels.exponentials(area(0), 1, 4);
        values.forEach((x, i) => {
          expect(view[i]! / Math.exp(x)).toBeCloseTo(1, 5);
        });
        expect(sum / values.reduce((total, x) => total + Math.exp(x), 0)).toBeCloseTo(1, 5);
      }),
    );
  });

  test("a row of the gradient: exponentials times both parts", () => {
    const row = fill(area(0), 16, 1);
    const columns = fill(area(1), 16, 2);
    const expected = Array.from(row, (value, i) => value * (0.3 + columns[i]!));
    kernels.weightRow(area(0), 0.3, area(1), 16);
    for (let i = 0; i < 16; i++) expect(row[i]!).toBeCloseTo(expected[i]!, 5);
  });

  test("Adam moves a row as the paper says, and clears its gradient", () => {
    const d = 8;
    const [row, m, v, g] = [0, 1, 2, 3].map((n) => fill(area(n), d, n + 10)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    v.forEach((value, i) => {
      v[i] = value * value;
    });
    const [b1, b2, rate, steps] = [0.9, 0.99, 0.01, 5];
    const expected = Array.from(row, (value, i) => {
      const first = b1 * m[i]! + (1 - b1) * g[i]!;
      const second = b2 * v[i]! + (1 - b2) * g[i]! ** 2;
      return value - (rate * (first / (1 - b1 ** steps))) / (Math.sqrt(second / (1 - b2 ** steps)) + 1e-8);
    });
    kernels.adamRow(
      area(0),
      area(1),
      area(2),
      area(3),
      rate,
      b1,
      b2,
      1 / (1 - b1 ** steps),
      1 / (1 - b2 ** steps),
      d,
    );
    for (let i = 0; i < d; i++) expect(row[i]!).toBeCloseTo(expected[i]!, 5);
    expect([...g]).toEqual(new Array(d).fill(0));
  });
});
