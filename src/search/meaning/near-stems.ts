// Which stems mean nearly the same as a given one, by the angle between their rows of the model; found when first asked for.
import { remember } from "../../lib/remember.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { keptRows } from "./row-store.ts";
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
  const { vocabulary } = model;
  const nearest = openNearest(model);
  return {
    near: remember(maxRemembered, (stem: string): readonly NearStem[] => {
      const row = vocabulary.rowOf.get(stem);
      const own = { stem, cosine: 1 };
      return row === undefined || row >= vocabulary.stems ? [own] : [own, ...nearest(row)];
    }),
  };
}

/** Finds the stems nearest to that of a row, without itself. */
function openNearest(model: MeaningModel): (row: number) => NearStem[] {
  const { vocabulary, dimension, rows } = model;
  let segment: VectorSegment | null = null;
  return (row) => {
    segment ??= segmentOfStems(model);
    const own = Float32Array.from(rows.subarray(row * dimension, (row + 1) * dimension));
    return nearestVectors([segment], prepareQuery(own), nearCount + 1)
      .filter(({ place, cosine }) => place !== row && cosine >= leastCosine)
      .slice(0, nearCount)
      .map(({ place, cosine }) => ({ stem: vocabulary.names[place]!, cosine }));
  };
}

/** The rows of the stems (phrases have no postings) as a segment to scan; the model keeps them. */
function segmentOfStems({ vocabulary, dimension, rows }: MeaningModel): VectorSegment {
  const segment = new VectorSegment(dimension, vocabulary.stems, keptRows(rows, dimension));
  const own = rows.subarray(0, vocabulary.stems * dimension);
  const factors = Float32Array.from({ length: vocabulary.stems }, (_, row) =>
    factorOf(own.subarray(row * dimension, (row + 1) * dimension)),
  );
  segment.appendStored({ rows: own, factors });
  return segment;
}
