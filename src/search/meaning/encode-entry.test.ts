import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { openRandom } from "../../lib/random.ts";
import { encodePaper } from "./encode.ts";
import { encodeEntry } from "./encode-entry.ts";
import { type MeaningModel, quantiseRows } from "./meaning-model.ts";
import { weighStems } from "./similar.ts";
import { openVocabulary } from "./vocabulary.ts";

const dimension = 16;
const stems = ["tide", "moon", "bridg", "steel", "level", "long", "bench"];
const names = [...stems, "tide moon", "long bench", "moon moon"];

function makeModel(): MeaningModel {
  const random = openRandom(7);
  const floats = Float32Array.from({ length: names.length * dimension }, () => random.normal());
  return {
    vocabulary: openVocabulary({
      names,
      stems: stems.length,
      frequencies: Uint32Array.from(names, (_, i) => 3 + i),
      papers: 30,
    }),
    dimension,
    ...quantiseRows(floats, dimension),
    facts: { id: "test", papers: 30, epochs: 1, seed: 1, loss: 1 },
  };
}

const model = makeModel();

/** The same by way of strings. */
function naiveEntry(paper: { title: string; abstract: string }) {
  const weights = [...weighStems(model, paper).values()];
  return {
    vector: encodePaper(model, paper),
    stemLength: Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)),
  };
}

const word = fc.constantFrom(
  "tide",
  "Tides",
  "moons",
  "moon",
  "the",
  "of",
  "bridge-level",
  "LongBench",
  "long",
  "bench",
  "quux",
  "Zyx",
  "steel.",
  "moon!",
  "C++",
  "A²ATS",
  "—",
  "(Tide",
  "3.14",
  "moon’s",
);
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(" "));

describe("encodeEntry", () => {
  test("gives to the last bit what encodePaper and weighStems give, however many papers came before", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ title: text, abstract: text }), { maxLength: 6 }), (papers) => {
        for (const paper of papers) expect(encodeEntry(model, paper)).toEqual(naiveEntry(paper));
      }),
    );
  });

  test("looks at no more of an endless text than they do", () => {
    const paper = { title: "moon ".repeat(5_000), abstract: `${"tide quux. Moon ".repeat(3_000)}steel` };
    expect(encodeEntry(model, paper)).toEqual(naiveEntry(paper));
  });

  test("stays right when more words were met than are remembered", () => {
    const paper = { title: "Unheard tide", abstract: "Moon unheard of. Long bench." };
    const before = encodeEntry(model, paper);
    for (let i = 0; i < 34; i++) {
      const coined = Array.from({ length: 3_900 }, (_, k) => `coined${i}x${k}`).join(" ");
      expect(encodeEntry(model, { title: "", abstract: coined }).vector).toBeNull();
    }
    expect(encodeEntry(model, paper)).toEqual(before);
    expect(before).toEqual(naiveEntry(paper));
  });
});
