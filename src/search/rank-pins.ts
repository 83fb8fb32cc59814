// What scores hang on beside the papers themselves. Kept from the first page of a search to the next ones, it makes every
// paper's score the same on all of them, whatever is added to the index meanwhile.

export interface RankPins {
  /** Papers in the index. */
  documents: number;
  /** Papers that hold each word of the plan. */
  words: number[];
  /** Papers that hold each stem of the pairs. */
  pairs: number[];
  /**
   * Of the papers that hold some of the words, the last that was looked at for pairs: those that score (by words) at least as
   * much are looked at again. Null: all were.
   */
  floor: { score: number; key: number } | null;
}
