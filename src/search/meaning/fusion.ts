// What words, word order and meaning say of a paper, made one score. A linear fusion (Bruch, Gai and Ingber 2023, "An
// Analysis of Fusion Functions for Hybrid Retrieval": it beats reciprocal ranks); the weight of meaning depends on the query.

/** What is known of a candidate. */
export interface CandidateSigns {
  /** By words: sum of idf x impact, or late interaction; any scale, the same for all candidates. */
  words: number;
  /** Part of the query's words (by idf) that it holds, 0 to 1. */
  coverage: number;
  /** It holds all the words. */
  complete: boolean;
  /** Part of the query's adjacent pairs (by idf) that stand together in it, 0 to 1; a pair in the abstract counts less. */
  pairs: number;
  /** Its title is the query: it comes first. */
  isTitle: boolean;
  /** Cosine with the query; 0 where there is no vector. */
  cosine: number;
}

/** What can be taken away, to show its worth. */
export const fusionParts = ["words", "coverage", "complete", "pairs", "meaning", "agreement"] as const;
export type FusionPart = (typeof fusionParts)[number];

/** What the weights depend on. */
export interface QueryKind {
  /** Stems of the query, stop words too. */
  stems: number;
  /**
   * How many of the nearest papers by meaning hold all words of the query, 0 to 1. Where they do, the query names a thing
   * that the model knows, and papers near it count although they lack the words; where they do not, the words are meant.
   */
  agreement: number;
}

/** The constants, found on the development halves of the judged sets; their worth is in docs/model-data-sheet.md. */
export const fusionWeights = {
  /** Holding all the words. */
  complete: 0.1,
  /** All pairs standing together in the title. */
  pairs: 1.5,
  /**
   * Weight of the cosine by the query's length: the last row whose `stems` the query reaches. \`agreed\` is added as
   * agreement rises from the first bound to the second.
   */
  cosine: [
    { stems: 0, plain: 0.8, agreed: 3 },
    { stems: 3, plain: 0.7, agreed: 1.5 },
    { stems: 8, plain: 1, agreed: 0 },
  ],
  agreement: [0.5, 0.8],
} as const;

/** More than all else together. */
const titleBonus = 100;

/** Of so many nearest papers by meaning, the share that holds all words of the query is the agreement. */
export const agreementDepth = 100;

/** Scores beside the candidates: words / their largest x coverage + bonuses + weight x cosine. */
export function fuseSigns(
  candidates: readonly CandidateSigns[],
  kind: QueryKind,
  without: ReadonlySet<FusionPart> = new Set(),
): Float64Array {
  const weighs = (part: FusionPart) => (without.has(part) ? 0 : 1);
  const largest = candidates.reduce((most, { words }) => Math.max(most, words), 0) || 1;
  const cosineWeight = weightOfCosine(kind, without);
  return Float64Array.from(candidates, ({ words, coverage, complete, pairs, isTitle, cosine }) => {
    const held = without.has("coverage") ? 1 : coverage;
    return (
      (isTitle ? titleBonus : 0) +
      weighs("words") * (words / largest) * held +
      weighs("complete") * (complete ? fusionWeights.complete : 0) +
      weighs("pairs") * fusionWeights.pairs * pairs +
      cosineWeight * cosine
    );
  });
}

/** The weight of meaning for a query of this kind. */
export function weightOfCosine(
  { stems, agreement: seen }: QueryKind,
  without: ReadonlySet<FusionPart> = new Set(),
): number {
  if (without.has("meaning")) return 0;
  const agreement = without.has("agreement") ? 0 : seen;
  const { cosine, agreement: bounds } = fusionWeights;
  const row = cosine.findLast((candidate) => stems >= candidate.stems)!;
  const risen = Math.min(1, Math.max(0, (agreement - bounds[0]) / (bounds[1] - bounds[0])));
  return row.plain + row.agreed * risen;
}
