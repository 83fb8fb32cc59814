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
  /** It has stop words among its stems: a piece of running text, not a name of something. */
  running: boolean;
  /**
   * How many of the nearest papers by meaning hold all words of the query, 0 to 1. Where they do, the query names a thing
   * that the model knows, and papers near it count although they lack the words; where they do not, the words are meant.
   */
  agreement: number;
}

export interface KindWeights {
  /** Power of the coverage: how much a paper loses that lacks words. */
  coverage: number;
  /** All pairs standing together in the title. */
  pairs: number;
  /** Of the cosine; `agreed` is added as agreement rises from the first bound to the second. */
  cosine: number;
  agreed: number;
}

/** The constants, found on the development halves of the judged sets; what each is worth is in docs/search.md. */
export const fusionWeights = {
  /** Holding all the words. */
  complete: 0.1,
  agreement: [0.47, 0.7],
  /** Of the middle of the best papers beside the query, where they agree (`feedbackOf`). */
  feedback: 2,
  /** One or two stems. */
  short: { coverage: 2, pairs: 1.5, cosine: 0.15, agreed: 5.25 },
  /** Three to seven. */
  middle: { coverage: 2, pairs: 1.5, cosine: 1, agreed: 3 },
  /** Three to seven with stop words among them: word order says nearly all. */
  running: { coverage: 2, pairs: 2.5, cosine: 0.1, agreed: 0 },
  /** Eight and more: a sentence. */
  long: { coverage: 0.5, pairs: 1.5, cosine: 1, agreed: 0 },
} as const;

/** Stems from which a query is of the middle, of the long kind. */
const middleFrom = 3;
const longFrom = 8;

/** What the signs of a candidate weigh for a query of this kind. */
export function weightsOf({ stems, running }: QueryKind): KindWeights {
  if (stems >= longFrom) return fusionWeights.long;
  if (stems < middleFrom) return fusionWeights.short;
  return running ? fusionWeights.running : fusionWeights.middle;
}

/** More than all else together. */
export const titleBonus = 100;

/** Of so many nearest papers by meaning, the share that holds all words of the query is the agreement. */
export const agreementDepth = 100;

/** Scores beside the candidates: words / their largest x coverage^p + bonuses + weight x cosine. */
export function fuseSigns(
  candidates: readonly CandidateSigns[],
  kind: QueryKind,
  without: ReadonlySet<FusionPart> = new Set(),
): Float64Array {
  const weighs = (part: FusionPart) => (without.has(part) ? 0 : 1);
  const largest = candidates.reduce((most, { words }) => Math.max(most, words), 0) || 1;
  const weights = weightsOf(kind);
  const power = without.has("coverage") ? 0 : weights.coverage;
  const cosineWeight = weightOfCosine(kind, without);
  const forWords = weighs("words");
  const forComplete = weighs("complete") * fusionWeights.complete;
  const forPairs = weighs("pairs") * weights.pairs;
  const scores = new Float64Array(candidates.length);
  for (let i = 0; i < scores.length; i++) {
    const { words, coverage, complete, pairs, isTitle, cosine } = candidates[i]!;
    scores[i] =
      (isTitle ? titleBonus : 0) +
      forWords * (words / largest) * coverage ** power +
      (complete ? forComplete : 0) +
      forPairs * pairs +
      cosineWeight * cosine;
  }
  return scores;
}

/** The weight of meaning for a query of this kind. */
export function weightOfCosine(kind: QueryKind, without: ReadonlySet<FusionPart> = new Set()): number {
  if (without.has("meaning")) return 0;
  const { cosine, agreed } = weightsOf(kind);
  return cosine + (without.has("agreement") ? 0 : agreed * riseOf(kind));
}

/** How far the agreement has risen from the first bound to the second, 0 to 1. */
function riseOf({ agreement }: QueryKind): number {
  const [low, high] = fusionWeights.agreement;
  return Math.min(1, Math.max(0, (agreement - low) / (high - low)));
}

/**
 * What the middle of its best papers weighs beside a query of this kind when it is moved towards them: something only where
 * nearness counts, and the nearest hold its words.
 */
export function feedbackOf(kind: QueryKind, without: ReadonlySet<string> = new Set()): number {
  const off = without.has("feedback") || without.has("agreement") || without.has("meaning");
  return off || weightsOf(kind).agreed === 0 ? 0 : fusionWeights.feedback * riseOf(kind);
}
