// Scores of all candidates for one reader: the learned model's, in standard deviations above the day's mean, and what follows
// add to it.
import type { Candidates } from "./candidates.ts";
import { addProducts } from "./holders.ts";
import type { LearnedTaste } from "./learn.ts";
import type { Taste } from "./taste.ts";

/** What a followed thing adds, in standard deviations of the model's score: an author is nearly always wanted. */
export const points = { author: 6, search: 4, keyword: 1.5, category: 1, popular: 0.5 } as const;
/** The best of a followed category by votes are lifted; the others of the category only a little. */
export const topOfCategory = 10;
const inCategory = 0.2;

export interface Scores {
  /** Of the learned model, standardised; zeros where nothing was learned. */
  model: Float32Array;
  /** What follows add. */
  follows: Float32Array;
  total: Float32Array;
}

export function roomForScores(items: number): Scores {
  return {
    model: new Float32Array(items),
    follows: new Float32Array(items),
    total: new Float32Array(items),
  };
}

export interface ScoreOptions {
  today: string;
  /** Pks that each followed search finds among the candidates. */
  found: ReadonlyMap<string, ReadonlySet<number>>;
  /** Where the scores are put; reader after reader may use the same. */
  room?: Scores;
}

export function scoreCandidates(
  taste: Taste,
  candidates: Candidates,
  { today, found, room = roomForScores(candidates.items.length) }: ScoreOptions,
): Scores {
  const { items } = candidates;
  const { model, follows, total } = room;
  scoreByModel(taste.learned, candidates, model);
  follows.fill(0);
  const add = (i: number, value: number) => {
    follows[i] = follows[i]! + value;
  };
  for (const key of taste.authors.keys()) for (const i of candidates.withAuthor(key)) add(i, points.author);
  for (const key of taste.keywords.keys())
    for (const i of candidates.withKeyword(key)) add(i, points.keyword);
  for (const key of taste.categories.keys())
    for (const [place, i] of candidates.inCategory(key).entries())
      add(i, categoryPoints(items[i]!.votes, place));
  for (const query of taste.searches) {
    const pks = found.get(query);
    if (pks) for (const [i, { paper }] of items.entries()) if (pks.has(paper.pk)) add(i, points.search);
  }
  const loudness = taste.silent.has("popular") ? 0 : points.popular;
  const standing = candidates.standing({ today, loudness });
  for (let i = 0; i < total.length; i++) total[i] = model[i]! + follows[i]! + standing[i]!;
  return room;
}

export function categoryPoints(votes: number | null, place: number): number {
  return (votes ?? 0) > 0 && place < topOfCategory
    ? points.category * (1 - place / topOfCategory)
    : inCategory;
}

function scoreByModel(learned: LearnedTaste | null, candidates: Candidates, to: Float32Array): void {
  to.fill(0);
  if (!learned) return;
  to.set(candidates.vectors.multiply(learned.vector));
  addProducts(candidates.holders, learned.words, to);
  standardise(to);
}

/** In place. */
function standardise(scores: Float32Array): void {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i]!;
  const mean = sum / scores.length;
  let squares = 0;
  for (let i = 0; i < scores.length; i++) squares += (scores[i]! - mean) * (scores[i]! - mean);
  const deviation = Math.sqrt(squares / scores.length);
  for (let i = 0; i < scores.length; i++) scores[i] = deviation > 1e-9 ? (scores[i]! - mean) / deviation : 0;
}
