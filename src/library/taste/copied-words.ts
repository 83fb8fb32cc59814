// The numbers of the words that the day's papers hold, in a form that can be copied to a thread: there no model is needed to
// read what was learned of a reader.
import type { FeatureReader, Features } from "./features.ts";
import type { WordNumbers } from "./kept.ts";

export interface CopiedWords {
  dimension: number;
  /** By row of the model: number of the word, -1 where no paper holds it. */
  rows: Int32Array;
  /** Of words that the model does not know. */
  others: ReadonlyMap<string, number>;
  /** Above the numbers of all words that the papers hold. */
  none: number;
}

export function copyWords(reader: FeatureReader, papers: readonly Features[]): CopiedWords {
  const rows = new Int32Array(reader.model.vocabulary.names.length).fill(-1);
  const others = new Map<string, number>();
  let none = 0;
  for (const { stems } of papers)
    for (const number of stems) {
      none = Math.max(none, number + 1);
      const row = reader.rowOf(number);
      if (row >= 0) rows[row] = number;
      else others.set(reader.stems[number]!, number);
    }
  return { dimension: reader.model.dimension, rows, others, none };
}

/** Words that no paper holds share one number: they speak for none. */
export function openCopiedWords({ dimension, rows, others, none }: CopiedWords): WordNumbers {
  return {
    model: { dimension },
    numberOf: (stem) => others.get(stem) ?? none,
    numberOfRow(row) {
      const number = rows[row];
      if (number === undefined) throw new RangeError(`The model has no row ${row}.`);
      return number < 0 ? none : number;
    },
  };
}
