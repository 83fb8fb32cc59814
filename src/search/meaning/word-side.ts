// What the meaning room needs of the engine that searches by words, so that either can change without the other.
import type { NearStems } from "./near-stems.ts";

/** What words and their order say of one paper; see CandidateSigns in fusion.ts. */
export interface WordSigns {
  words: number;
  coverage: number;
  complete: boolean;
  pairs: number;
  /** Its title is the query. */
  isTitle: boolean;
}

/** One query, as the engine sees it. */
export interface WordSide {
  /** Stems of the query, stop words too. */
  stems: number;
  /** Stop words are among them. */
  running: boolean;
  /** The best papers by words, best first, at most `limit`; only accepted ones. */
  best(limit: number): number[];
  /** Signs of the given papers, beside them; with `nearStems`, words are judged by late interaction. Null: no such paper. */
  judge(keys: readonly number[], nearStems: NearStems | null): (WordSigns | null)[];
}
