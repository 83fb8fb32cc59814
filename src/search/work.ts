// The account of what a query cost, so that tests can bound it without a clock.

export interface Work {
  /** Postings walked or looked up. */
  postings: number;
  /** Papers whose score was computed exactly. */
  scored: number;
  /** Papers whose places were read for words that stand together. */
  placed: number;
}

export function startWork(): Work {
  return { postings: 0, scored: 0, placed: 0 };
}
