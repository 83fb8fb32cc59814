// The fused score of one candidate, term by term: for who asks why a paper stands where it stands.
import {
  type CandidateSigns,
  type FusionPart,
  fusionWeights,
  type QueryKind,
  titleBonus,
  weightOfCosine,
  weightsOf,
} from "./fusion.ts";

/** What one kind of sign adds to a fused score: its value times what it weighs. */
export interface FusedTerm {
  name: "exact title" | "words" | "complete" | "pairs" | "meaning";
  value: number;
  weight: number;
  points: number;
}

/** What all candidates of a query share. */
export interface FusionScale {
  /** The most that words say of any candidate. */
  largestWords: number;
  kind: QueryKind;
  without?: ReadonlySet<FusionPart> | undefined;
}

/** Its terms, those that add nothing left out; `fuseSigns` gives their sum. */
export function listFusedTerms(signs: CandidateSigns, scale: FusionScale): FusedTerm[] {
  const { kind, without = new Set<FusionPart>() } = scale;
  const { coverage, pairs } = weightsOf(kind);
  const unless = (part: FusionPart, weight: number) => (without.has(part) ? 0 : weight);
  const covered = signs.coverage ** (without.has("coverage") ? 0 : coverage);
  const terms: Omit<FusedTerm, "points">[] = [
    { name: "exact title", value: Number(signs.isTitle), weight: titleBonus },
    { name: "words", value: signs.words, weight: unless("words", covered / (scale.largestWords || 1)) },
    { name: "complete", value: Number(signs.complete), weight: unless("complete", fusionWeights.complete) },
    { name: "pairs", value: signs.pairs, weight: unless("pairs", pairs) },
    { name: "meaning", value: signs.cosine, weight: weightOfCosine(kind, without) },
  ];
  return terms
    .map((term) => ({ ...term, points: term.value * term.weight }))
    .filter(({ points }) => points !== 0);
}
