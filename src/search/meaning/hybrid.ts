// The mode `auto`: the best papers by words and the nearest by meaning, judged together.
import type { AcceptedKeys } from "../accepted-keys.ts";
import { encodeQuery } from "./encode.ts";
import { feedbackPapers, moveTowards } from "./feedback.ts";
import {
  agreementDepth,
  type CandidateSigns,
  type FusionPart,
  feedbackOf,
  fuseSigns,
  type QueryKind,
  weightOfCosine,
} from "./fusion.ts";
import { type FusedTerm, type FusionScale, listFusedTerms } from "./fusion-terms.ts";
import type { MeaningModel } from "./meaning-model.ts";
import type { NearStems } from "./near-stems.ts";
import type { NearPaper, VectorShelf } from "./vector-shelf.ts";
import { prepareQuery } from "./vectors.ts";
import type { WordSide, WordSigns } from "./word-side.ts";

/** What is needed to search by meaning. */
export interface Meaning {
  model: MeaningModel;
  nearStems: NearStems;
  shelf: VectorShelf;
  /** What an outside service made of the query and of the papers; both go together. */
  outside?: AskedVector;
}

/** A query's vector, of length 1, and the vectors it can be compared with. */
export interface AskedVector {
  vector: Float32Array;
  shelf: VectorShelf;
}

/** What the query is compared by: the outside's vectors where there are some; null when the model knows no word of it. */
export function vectorOfQuery({ model, shelf, outside }: Meaning, text: string): AskedVector | null {
  if (outside) return outside;
  const vector = encodeQuery(model, text);
  return vector && { vector, shelf };
}

/** What can be taken away, to show its worth. */
export type HybridPart = FusionPart | "late" | "feedback";

export interface HybridQuery {
  /** What is asked for, without fields and signs. */
  text: string;
  words: WordSide;
  /** How many results are wanted. */
  depth: number;
  /** Only these are to be found (filters); `words` knows them too. */
  accepted?: AcceptedKeys;
  without?: ReadonlySet<HybridPart>;
  /** Papers say how their scores are made. */
  explain?: boolean;
}

export interface ScoredPaper {
  key: number;
  score: number;
}

export interface HybridPaper extends ScoredPaper {
  /** Part of the score that meaning gave, 0 to 1. */
  meaning: number;
  /** It holds none of the words. */
  wordless: boolean;
  /** The terms of the score, where they were asked for. */
  fused?: FusedTerm[];
}

/** Candidates from each side, at least: more changed nothing at 10 results (docs/model-data-sheet.md). */
export const minCandidates = 200;

/** Best first, at most `depth`; equal ones by key. Null when the model knows no word of the query: then words decide alone. */
export function rankHybrid(meaning: Meaning, query: HybridQuery): HybridPaper[] | null {
  const judged = judgeCandidates(meaning, query);
  if (!judged) return null;
  const { keys, signs, kind } = judged;
  const without = query.without as ReadonlySet<FusionPart> | undefined;
  const scores = fuseSigns(signs, kind, without);
  const cosineWeight = weightOfCosine(kind, without);
  const explain = query.explain ? explainFusion(signs, kind, without) : null;
  const describe = (key: number, i: number): HybridPaper => {
    const score = scores[i]!;
    const share = score > 0 ? (cosineWeight * signs[i]!.cosine) / score : 0;
    return {
      key,
      score,
      meaning: Math.min(1, Math.max(0, share)),
      wordless: signs[i]!.coverage === 0,
      ...(explain ? { fused: explain(i) } : {}),
    };
  };
  return keys
    .map(describe)
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, query.depth);
}

function explainFusion(signs: readonly CandidateSigns[], kind: QueryKind, without: FusionScale["without"]) {
  const largestWords = signs.reduce((most, { words }) => Math.max(most, words), 0);
  return (i: number): FusedTerm[] => listFusedTerms(signs[i]!, { largestWords, kind, without });
}

export interface JudgedCandidates {
  keys: number[];
  /** Beside keys. */
  signs: CandidateSigns[];
  kind: QueryKind;
}

/** Candidates of both sides with all that is known of them; null when the model knows no word of the query. */
export function judgeCandidates(meaning: Meaning, query: HybridQuery): JudgedCandidates | null {
  const { nearStems } = meaning;
  const compared = vectorOfQuery(meaning, query.text);
  if (!compared) return null;
  const { vector, shelf } = compared;
  const prepared = prepareQuery(vector);
  const wanted = Math.max(minCandidates, query.depth);
  const near = shelf.nearest(prepared, wanted, query.accepted);
  const all = [...new Set([...query.words.best(wanted), ...near.map(({ key }) => key)])];
  const judged = query.words.judge(all, query.without?.has("late") ? null : nearStems);
  const keys = all.filter((_, i) => judged[i]);
  const found = judged.filter((signs) => signs !== null);
  const { stems, running } = query.words;
  const kind = { stems, running, agreement: agreementOf(near, keys, found) };
  const weight = feedbackOf(kind, query.without);
  const speaking = near.slice(0, feedbackPapers).map(({ key }) => key);
  const asked = weight > 0 ? prepareQuery(moveTowards(vector, { shelf, keys: speaking, weight })) : prepared;
  const cosines = shelf.cosines(asked, keys);
  return { keys, signs: found.map((signs, i) => ({ ...signs, cosine: cosines[i]! })), kind };
}

/** Of the nearest papers by meaning, the part that holds all words of the query. */
function agreementOf(
  near: readonly NearPaper[],
  keys: readonly number[],
  signs: readonly WordSigns[],
): number {
  const complete = new Set(keys.filter((_, i) => signs[i]!.complete));
  const nearest = near.slice(0, agreementDepth);
  return nearest.length === 0 ? 0 : nearest.filter(({ key }) => complete.has(key)).length / nearest.length;
}
