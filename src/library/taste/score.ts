// Scores of all candidates for one reader: the learned model's, in standard deviations above the day's mean, and what follows
// add to it.
import type { Candidates } from "./candidates.ts";
import type { LearnedTaste } from "./learn.ts";
import type { Taste } from "./taste.ts";

/** What a followed thing adds, in standard deviations of the model's score: an author is nearly always wanted. */
export const points = { author: 6, search: 4, keyword: 1.5, category: 1, popular: 0.5 } as const;
/** The best of a followed category by votes are lifted; the others of the category only a little. */
export const topOfCategory = 10;
const inCategory = 0.2;
/** Each day a paper is old takes away so much, for a fortnight at most. */
const perDayOld = 0.1;
const mostDaysOld = 14;

export interface Scores {
  /** Of the learned model, standardised; zeros where nothing was learned. */
  model: Float32Array;
  /** What follows add. */
  follows: Float32Array;
  total: Float32Array;
}

/** `found`: pks that each followed search finds among the candidates. */
export function scoreCandidates(
  taste: Taste,
  candidates: Candidates,
  { today, found }: { today: string; found: ReadonlyMap<string, ReadonlySet<number>> },
): Scores {
  const { items } = candidates;
  const model = scoreByModel(taste.learned, candidates);
  const follows = new Float32Array(items.length);
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
  const total = model.map((score, i) => {
    const { popularity, day } = items[i]!;
    return score + follows[i]! + loudness * popularity - perDayOld * daysBetween(day, today);
  });
  return { model, follows, total };
}

export function categoryPoints(votes: number | null, place: number): number {
  return (votes ?? 0) > 0 && place < topOfCategory
    ? points.category * (1 - place / topOfCategory)
    : inCategory;
}

const spans = new Map<string, number>();

function daysBetween(day: string, today: string): number {
  const key = `${day} ${today}`;
  const known = spans.get(key);
  if (known !== undefined) return known;
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  const span = Math.min(mostDaysOld, Math.max(0, days));
  if (spans.size > 1_000) spans.clear();
  spans.set(key, span);
  return span;
}

/** The heaviest words by number, zeros in between; emptied after use. */
let sheet = new Float32Array(0);

function scoreByModel(learned: LearnedTaste | null, candidates: Candidates): Float32Array {
  const n = candidates.items.length;
  if (!learned || n === 0) return new Float32Array(n);
  const { starts, stems, weights, reader } = candidates;
  if (sheet.length < reader.stems.length) sheet = new Float32Array(2 * reader.stems.length);
  for (const [stem, weight] of learned.words) sheet[stem] = weight;
  const scores = candidates.vectors.multiply(learned.vector).slice();
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let at = starts[i]!, end = starts[i + 1]!; at < end; at++) sum += sheet[stems[at]!]! * weights[at]!;
    scores[i] = scores[i]! + sum;
  }
  for (const stem of learned.words.keys()) sheet[stem] = 0;
  return standardise(scores);
}

function standardise(scores: Float32Array): Float32Array {
  let mean = 0;
  for (const score of scores) mean += score / scores.length;
  let variance = 0;
  for (const score of scores) variance += (score - mean) ** 2 / scores.length;
  const deviation = Math.sqrt(variance);
  return scores.map((score) => (deviation > 1e-9 ? (score - mean) / deviation : 0));
}
