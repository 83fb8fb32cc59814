// What an average paper holds, by the counts of the papers that the meaning model was trained on: the background that a
// reader's examples stand out from. Nothing is drawn, so the same model always gives the same background.
import { type FeatureReader, wordShare } from "./features.ts";
import { openPlaces } from "./holders.ts";
import type { Background } from "./learn.ts";
import type { Words } from "./word-sums.ts";

/** Stems of the background: those beyond are too rare to matter. */
const mostStems = 1_000;
/** How often a stem stands in a paper that holds it, as 1 + ln(count), squared and on average; measured on 2,000 papers. */
const squaredCount = 1.8;

const backgrounds = new WeakMap<FeatureReader, Background>();

/** The average paper, without a sample (held-sample.ts draws one where enough papers are held). */
export function backgroundOf(reader: FeatureReader): Background {
  const known = backgrounds.get(reader);
  if (known) return known;
  const background = computeBackground(reader);
  backgrounds.set(reader, background);
  return background;
}

function computeBackground(reader: FeatureReader): Background {
  const { names, frequencies, papers } = reader.model.vocabulary;
  const parts = Array.from(names, (stem, row) => {
    const part = frequencies[row]! / papers;
    return { stem, part, idf: reader.idfOf(stem) };
  });
  const length =
    Math.sqrt(parts.reduce((sum, { part, idf }) => sum + part * squaredCount * idf * idf, 0)) || 1;
  const weighed = parts
    .map(({ stem, part, idf }) => ({
      stem,
      weight: (part * Math.sqrt(squaredCount * wordShare) * idf) / length,
    }))
    .sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1))
    .slice(0, mostStems)
    .map(({ stem, weight }) => ({ number: reader.numberOf(stem), weight }));
  const words = {
    stems: Int32Array.from(weighed, ({ number }) => number),
    weights: Float32Array.from(weighed, ({ weight }) => weight),
  };
  return { ...openAverage(words), sample: null };
}

function openAverage({ stems, weights }: Words): Omit<Background, "sample"> {
  const placeOf = openPlaces(stems);
  const weightOf = (stem: number) => (placeOf(stem) < 0 ? 0 : weights[placeOf(stem)]!);
  return {
    productWith: (text) =>
      text.weights.reduce((sum, weight, k) => sum + weight * weightOf(text.stems[k]!), 0),
    itself: weights.reduce((sum, weight) => sum + weight * weight, 0),
    times: (factor) => ({ stems, sums: Float64Array.from(weights, (weight) => factor * weight), placeOf }),
  };
}
