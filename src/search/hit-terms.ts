// The terms of a hit's score, and what they are called.

/** What a hit was ranked by: the search's score, or what the answers were sorted by. */
export interface HitExplanation {
  score: number;
  /** They add up to the score. */
  terms: HitTerm[];
}

/** A term as explanations of editions have them: see ExplainedTerm in editions/explain.ts. */
export interface HitTerm {
  name: string;
  /** What it is, in words. */
  words: string;
  value: number;
  /** The value as people read it, where the number alone says little: "token 2, position 1". */
  said?: string;
  /** How points are made of the value. */
  weight: string;
  points: number;
  /** Part of the score; the parts add up to 1. */
  part: number;
}

/** What of a trend's value comes from where. */
export type TrendTerm = Pick<HitTerm, "name" | "value" | "weight" | "points">;

/** A term before it has its words and its part. */
export type RawTerm = Omit<HitTerm, "words" | "part">;

const words: Record<string, string> = {
  "exact title": "its title is the query",
  title: "words of the query in its title",
  abstract: "words of the query in its abstract",
  authors: "words of the query among its authors",
  "near words": "words near those of the query",
  complete: "it holds all the words",
  pairs: "neighbours of the query stand together",
  meaning: "near in meaning",
  like: "like the paper",
  votes: "votes",
  day: "its day",
  trend: "talked of lately",
};

/** Adds up the terms. */
export function finishTerms(terms: readonly RawTerm[]): HitExplanation {
  const score = terms.reduce((sum, { points }) => sum + points, 0);
  const finished = terms.map((term) => ({
    ...term,
    words: words[term.name] ?? term.name,
    part: score > 0 ? term.points / score : 0,
  }));
  return { score, terms: finished };
}
