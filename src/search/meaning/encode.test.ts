import { describe, expect, test } from "vitest";
import { openRandom } from "../../lib/random.ts";
import { encodePaper, encodeQuery, rowsOfQuery } from "./encode.ts";
import { encodeEntry } from "./encode-entry.ts";
import { type MeaningModel, quantiseRows } from "./meaning-model.ts";
import { openNearStems } from "./near-stems.ts";
import { rankPairs, standardise, weighStems } from "./similar.ts";
import { openVocabulary } from "./vocabulary.ts";

const dimension = 32;
const names = ["tide", "moon", "bridg", "steel", "yeast", "tide moon"];

/** Rows: tide and moon alike, bridge and steel alike, yeast apart; the phrase of its own. */
function makeModel(): MeaningModel {
  const basis = (seed: number) => {
    const random = openRandom(seed);
    return Float32Array.from({ length: dimension }, () => random.normal());
  };
  const [sea, build, bake, both] = [basis(1), basis(2), basis(3), basis(4)];
  const mixed = (main: Float32Array, other: Float32Array) => main.map((value, i) => value + 0.3 * other[i]!);
  const rows = [sea!, mixed(sea!, both!), build!, mixed(build!, both!), bake!, both!];
  return {
    vocabulary: openVocabulary({
      names,
      stems: 5,
      frequencies: Uint32Array.of(9, 8, 7, 6, 5, 4),
      papers: 20,
    }),
    dimension,
    ...quantiseRows(Float32Array.from(rows.flatMap((row) => [...row])), dimension),
    facts: { id: "test", papers: 20, epochs: 1, seed: 1, loss: 1 },
  };
}

const model = makeModel();
const rowOf = (row: number) =>
  Float32Array.from({ length: dimension }, (_, i) => model.rows[row * dimension + i]! * model.scales[row]!);

function unit(parts: [number, number][]): number[] {
  const sum = new Array<number>(dimension).fill(0);
  for (const [row, weight] of parts) for (let i = 0; i < dimension; i++) sum[i]! += weight * rowOf(row)[i]!;
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

const close = (values: Iterable<number>) => [...values].map((value) => expect.closeTo(value, 5));

describe("encoding", () => {
  test("a query is the sum of its rows, (1 + ln count) times each, phrases too", () => {
    expect([...encodeQuery(model, "Tides of tide moon")!]).toEqual(
      close(
        unit([
          [0, 1 + Math.log(2)],
          [1, 1],
          [5, 1],
        ]),
      ),
    );
    expect(rowsOfQuery(model, "moons and tide moon")).toEqual([1, 0, 5]);
  });

  test("a paper counts words of its title twice", () => {
    const vector = encodePaper(model, { title: "Bridges", abstract: "Steel bridges. The steel." })!;
    expect([...vector]).toEqual(
      close(
        unit([
          [2, 1 + Math.log(3)],
          [3, 1 + Math.log(2)],
        ]),
      ),
    );
  });

  test("what holds no known word has no vector", () => {
    expect(encodeQuery(model, "")).toBeNull();
    expect(encodeQuery(model, "the of quux \u0000 \ud800")).toBeNull();
    expect(encodePaper(model, { title: "", abstract: "" })).toBeNull();
  });
});

describe("near stems", () => {
  test("the stem itself, then those whose rows point the same way; phrases never", () => {
    const near = openNearStems(model);
    expect(near.near("tide")).toEqual([
      { stem: "tide", cosine: 1 },
      { stem: "moon", cosine: expect.closeTo(0.95, 0) },
    ]);
    expect(near.near("yeast").map(({ stem }) => stem)).toEqual(["yeast"]);
    expect(near.near("tide")).toBe(near.near("tide"));
  });

  test("an unknown stem has only itself; so has the name of a phrase", () => {
    const near = openNearStems(model);
    expect(near.near("quux")).toEqual([{ stem: "quux", cosine: 1 }]);
    expect(near.near("tide moon")).toEqual([{ stem: "tide moon", cosine: 1 }]);
    expect(near.near("__proto__")).toEqual([{ stem: "__proto__", cosine: 1 }]);
  });
});

describe("similar papers", () => {
  const sea = { title: "Tide tables", abstract: "The moon and the tide." };
  const bridge = { title: "Bridge decks", abstract: "Steel and bridge." };
  const bread = { title: "Yeast", abstract: "Bread with yeast." };

  test("shared words and shared meaning come first", () => {
    const query = { title: "Moon", abstract: "Moon over the quay." };
    expect(rankPairs(model, { query, candidates: [bread, bridge, sea] })[0]).toBe(2);
  });

  test("a candidate without a shared word is found by meaning", () => {
    const query = { title: "Steel", abstract: "Steel." };
    const decks = { title: "Bridge", abstract: "Bridge." };
    expect(rankPairs(model, { query, candidates: [bread, decks] })).toEqual([1, 0]);
    const without = ["meaning"];
    expect(rankPairs(model, { query, candidates: [bread, decks], without })).toEqual([0, 1]);
  });

  test("the paper itself is first; equal candidates keep their order", () => {
    expect(rankPairs(model, { query: sea, candidates: [bread, sea, bridge, sea] }).slice(0, 2)).toEqual([
      1, 3,
    ]);
    expect(rankPairs(model, { query: sea, candidates: [] })).toEqual([]);
    expect(rankPairs(model, { query: { title: "", abstract: "" }, candidates: [bread, sea] })).toEqual([
      0, 1,
    ]);
  });

  test("rare stems weigh more, and the length is that of all weights", () => {
    const weights = weighStems(model, { title: "", abstract: "yeast tide quux" });
    expect(weights.get("yeast")!).toBeGreaterThan(weights.get("tide")!);
    expect(weights.get("quux")!).toBeGreaterThan(weights.get("yeast")!);
    const entry = encodeEntry(model, { title: "", abstract: "yeast tide quux" });
    expect(entry.stemLength).toBeCloseTo(Math.hypot(...weights.values()));
    expect(encodeEntry(model, { title: "", abstract: "" })).toEqual({ vector: null, stemLength: 0 });
  });

  test("z-scores have mean 0 and deviation 1; equal values have none", () => {
    expect([...standardise([1, 2, 3])]).toEqual(close([-Math.sqrt(1.5), 0, Math.sqrt(1.5)]));
    expect([...standardise([4, 4])]).toEqual([0, 0]);
  });
});
