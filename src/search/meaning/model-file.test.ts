import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { type MeaningModel, quantiseRows } from "./meaning-model.ts";
import { formatModel, parseModel, readModel, writeModel } from "./model-file.ts";
import { openVocabulary } from "./vocabulary.ts";

function makeModel(names: string[], floats: number[], dimension = 8): MeaningModel {
  const table = Float32Array.from({ length: names.length * dimension }, (_, i) => floats[i % floats.length]!);
  return {
    vocabulary: openVocabulary({
      names,
      stems: names.filter((name) => !name.includes(" ")).length,
      frequencies: Uint32Array.from(names, (_, i) => i + 1),
      papers: 9,
    }),
    dimension,
    ...quantiseRows(table, dimension),
    facts: { id: "abc", papers: 7, epochs: 2, seed: 1, loss: 0.5 },
  };
}

const model = makeModel(["tide", "müon", "bridge", "tide bridge"], [0.5, -1, 0.25, 3, 0]);

describe("a model file", () => {
  test("comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -9, max: 9 }), { minLength: 1 }), (floats) => {
        const given = makeModel(["a", "bé", "c", "a c"], floats);
        const read = parseModel(formatModel(given), "test");
        expect(read.vocabulary.names).toEqual(given.vocabulary.names);
        expect([...read.vocabulary.frequencies]).toEqual([...given.vocabulary.frequencies]);
        expect([...read.rows]).toEqual([...given.rows]);
        expect([...read.scales]).toEqual([...given.scales]);
        expect(read.vocabulary.rowOf.get("a c")).toBe(3);
        expect({
          ...read.facts,
          d: read.dimension,
          s: read.vocabulary.stems,
          n: read.vocabulary.papers,
        }).toEqual({
          ...given.facts,
          d: 8,
          s: 3,
          n: 9,
        });
      }),
    );
  });

  test("any changed byte is noticed", () => {
    const bytes = formatModel(model);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = damaged[at]! ^ change;
        expect(() => parseModel(damaged, "the file")).toThrow(/the file cannot be used/);
      }),
      { numRuns: 300 },
    );
  });

  test("a file cut anywhere is noticed", () => {
    const bytes = formatModel(model);
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => parseModel(bytes.subarray(0, length), "x")).toThrow(/cannot be used/);
    }
  });

  test("is read where it does not begin at a multiple of 8", () => {
    const bytes = formatModel(model);
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect([...parseModel(shifted, "x").rows]).toEqual([...model.rows]);
  });

  test("is written whole or not at all", async () => {
    const folder = await mkdtemp(join(tmpdir(), "broadsheet-model-"));
    const file = join(folder, "a.model");
    await writeFile(file, "old");
    await writeModel(file, model);
    expect((await readModel(file)).facts).toEqual(model.facts);
    expect(await readdir(folder)).toEqual(["a.model"]);
    await expect(readModel(join(folder, "none"))).rejects.toThrow("ENOENT");
  });
});

describe("eight bits a component", () => {
  test("no component is off by more than half a step, and the largest is kept", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -5, max: 5 }), { minLength: 8, maxLength: 8 }),
        (row) => {
          const floats = Float32Array.from(row);
          const { rows, scales } = quantiseRows(floats, 8);
          const largest = Math.max(...floats.map(Math.abs));
          for (let i = 0; i < 8; i++) {
            expect(Math.abs(rows[i]! * scales[0]! - floats[i]!)).toBeLessThanOrEqual(largest / 254 + 1e-6);
          }
        },
      ),
    );
  });

  test("zeros stay zeros", () => {
    expect(quantiseRows(new Float32Array(8), 8)).toEqual({
      rows: new Int8Array(8),
      scales: Float32Array.of(0),
    });
  });
});
