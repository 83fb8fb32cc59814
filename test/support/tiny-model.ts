// A meaning model of a few words of three subjects: words of one subject lie near one another.
import { openRandom } from "../../src/lib/random.ts";
import { listStems } from "../../src/search/analyzer.ts";
import { type MeaningModel, quantiseRows } from "../../src/search/meaning/meaning-model.ts";
import { openVocabulary } from "../../src/search/meaning/vocabulary.ts";

const dimension = 32;

export const subjects = {
  graphs: "graph neural network node edge message passing molecule",
  speech: "speech audio recognition acoustic phoneme speaker voice",
  logic: "logic proof theorem satisfiability solver clause reasoning",
};

export function tinyModel(): MeaningModel {
  const random = openRandom(5);
  const draw = () => Array.from({ length: dimension }, () => random.normal());
  const names: string[] = [];
  const rows: number[] = [];
  for (const words of Object.values(subjects)) {
    const middle = draw();
    for (const stem of listStems(words)) {
      names.push(stem);
      const own = draw();
      rows.push(...middle.map((value, i) => value + 0.5 * own[i]!));
    }
  }
  return {
    vocabulary: openVocabulary({
      names,
      stems: names.length,
      frequencies: Uint32Array.from(names, (_, i) => 10 + i),
      papers: 1_000,
    }),
    dimension,
    ...quantiseRows(Float32Array.from(rows), dimension),
    facts: { id: "tiny", papers: 1_000, epochs: 1, seed: 1, loss: 1 },
  };
}
