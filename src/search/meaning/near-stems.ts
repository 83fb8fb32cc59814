// Which stems mean nearly the same as a given one, by the angle between their rows of the model; found when first asked for.
import type { MeaningModel } from "./meaning-model.ts";
import { factorOf, VectorSegment } from "./vector-segment.ts";
import { nearestVectors, prepareQuery } from "./vectors.ts";

export interface NearStem {
  stem: string;
  /** Cosine of the two rows, at most 1. */
  cosine: number;
}

export interface NearStems {
  /** The stem itself first (cosine 1), then the nearest others. Only itself when the model does not know it. */
  near(stem: string): readonly NearStem[];
}

/** How many other stems stand beside a stem, and how near they must be: measured, docs/model-data-sheet.md. */
export const nearCount = 10;
export const leastCosine = 0.4;
/** Stems remembered; a hostile stream of queries must not fill the memory. */
const maxRemembered = 20_000;

export function openNearStems(model: MeaningModel): NearStems {
  const { vocabulary, dimension, rows } = model;
  const remembered = new Map<string, readonly NearStem[]>();
  let segment: VectorSegment | null = null;
  const find = (stem: string): readonly NearStem[] => {
    const row = vocabulary.rowOf.get(stem);
    if (row === undefined || row >= vocabulary.stems) return [{ stem, cosine: 1 }];
    segment ??= segmentOfStems(model);
    const own = Float32Array.from(rows.subarray(row * dimension, (row + 1) * dimension));
    const found = nearestVectors([segment], prepareQuery(own), nearCount + 1);
    const others = found
      .filter(({ place, cosine }) => place !== row && cosine >= leastCosine)
      .slice(0, nearCount);
    return [
      { stem, cosine: 1 },
      ...others.map(({ place, cosine }) => ({ stem: vocabulary.names[place]!, cosine })),
    ];
  };
  return {
    near(stem) {
      const known = remembered.get(stem);
      if (known) return known;
      if (remembered.size >= maxRemembered) remembered.clear();
      const found = find(stem);
      remembered.set(stem, found);
      return found;
    },
  };
}

/** The rows of the stems (phrases have no postings) as a segment to scan. */
function segmentOfStems({ vocabulary, dimension, rows }: MeaningModel): VectorSegment {
  const segment = new VectorSegment(dimension, vocabulary.stems);
  const own = rows.subarray(0, vocabulary.stems * dimension);
  const factors = Float32Array.from({ length: vocabulary.stems }, (_, row) =>
    factorOf(own.subarray(row * dimension, (row + 1) * dimension)),
  );
  segment.appendStored({ rows: own, factors });
  return segment;
}
