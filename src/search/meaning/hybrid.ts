// The mode `auto`: the best papers by words and the nearest by meaning, judged together.
import type { AcceptedKeys } from "../accepted-keys.ts";
import { agreementOf, joinSides, listBest, listNearer, reachOf } from "./candidates.ts";
import { encodeQuery } from "./encode.ts";
import { feedbackPapers, moveTowards } from "./feedback.ts";
import {
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
import type { VectorShelf } from "./vector-shelf.ts";
import { prepareQuery } from "./vectors.ts";
import type { PlacedPaper, WordSide, WordSigns } from "./word-side.ts";

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

export interface HybridPaper extends PlacedPaper {
  score: number;
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
  const { papers, signs, kind } = judged;
  const without = query.without as ReadonlySet<FusionPart> | undefined;
  const scores = fuseSigns(signs, kind, without);
  const cosineWeight = weightOfCosine(kind, without);
  const explain = query.explain ? explainFusion(signs, kind, without) : null;
  const describe = ({ key, segment, doc }: PlacedPaper, i: number): HybridPaper => {
    const score = scores[i]!;
    const share = score > 0 ? (cosineWeight * signs[i]!.cosine) / score : 0;
    return {
      key,
      segment,
      doc,
      score,
      meaning: Math.min(1, Math.max(0, share)),
      wordless: signs[i]!.coverage === 0,
      ...(explain ? { fused: explain(i) } : {}),
    };
  };
  return papers
    .map(describe)
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, query.depth);
}

function explainFusion(signs: readonly CandidateSigns[], kind: QueryKind, without: FusionScale["without"]) {
  const largestWords = signs.reduce((most, { words }) => Math.max(most, words), 0);
  return (i: number): FusedTerm[] => listFusedTerms(signs[i]!, { largestWords, kind, without });
}

export interface JudgedCandidates {
  papers: PlacedPaper[];
  /** Beside papers. */
  signs: CandidateSigns[];
  kind: QueryKind;
}

/** Candidates of both sides with all that is known of them; null when the model knows no word of the query. */
export function judgeCandidates(meaning: Meaning, query: HybridQuery): JudgedCandidates | null {
  const compared = vectorOfQuery(meaning, query.text);
  if (!compared) return null;
  const { vector, shelf } = compared;
  const { words, without } = query;
  const { stems, running } = words;
  const nearStems = without?.has("late") ? null : meaning.nearStems;
  const wanted = Math.max(minCandidates, query.depth);
  const mayMove = feedbackOf({ stems, running, agreement: 1 }, without) > 0;
  const prepared = prepareQuery(vector);
  const reach = { count: mayMove ? reachOf(wanted) : wanted, surely: wanted };
  const near = shelf.nearest(prepared, reach, query.accepted);
  const nearest = near.slice(0, wanted);
  const { papers, places, known, nearAt } = joinSides(words, words.best(wanted), { near: nearest, shelf });
  const judged = words.judge(papers, nearStems);
  const kind = { stems, running, agreement: agreementOf(nearAt, judged) };
  const signs = withCosines(judged, shelf.cosinesAt(prepared, places));
  const weight = feedbackOf(kind, without);
  if (weight === 0) return { papers, signs, kind };
  const scores = fuseSigns(signs, kind, without as ReadonlySet<FusionPart> | undefined);
  const keys = listBest(papers, scores, feedbackPapers);
  const moved = prepareQuery(moveTowards(vector, { shelf, keys, weight }));
  const again = shelf.cosinesAt(
    moved,
    near.map(({ at }) => at),
  );
  const more = listNearer(known, { near, cosines: again, wanted, words });
  return {
    papers: [...papers, ...more.papers],
    signs: withCosines(
      [...judged, ...words.judge(more.papers, nearStems)],
      shelf.cosinesAt(moved, [...places, ...more.places]),
    ),
    kind,
  };
}

function withCosines(signs: readonly WordSigns[], cosines: Float32Array): CandidateSigns[] {
  return signs.map(({ words, coverage, complete, pairs, isTitle }, i) => ({
    words,
    coverage,
    complete,
    pairs,
    isTitle,
    cosine: cosines[i]!,
  }));
}
