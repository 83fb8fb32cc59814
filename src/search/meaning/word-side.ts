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

/** A paper and where the engine keeps it. */
export interface PlacedPaper {
  key: number;
  segment: number;
  doc: number;
  /** What its words that stand together are worth, where the search by words has read that already. */
  pairs?: number | undefined;
}

/** One query, as the engine sees it. */
export interface WordSide {
  /** Stems of the query, stop words too. */
  stems: number;
  /** Stop words are among them. */
  running: boolean;
  /** The best papers by words, best first, at most `limit`; only accepted ones. */
  best(limit: number): readonly PlacedPaper[];
  /** Where a paper is kept; null when the engine has none of this key. */
  find(key: number): PlacedPaper | null;
  /** Signs of the given papers, beside them; with `nearStems`, words are judged by late interaction. */
  judge(papers: readonly PlacedPaper[], nearStems: NearStems | null): WordSigns[];
}

/** Judges a paper once, however often it is among the candidates of a query. */
export function rememberSigns(words: WordSide): WordSide {
  const known = new Map<number, WordSigns>();
  return {
    ...words,
    judge(papers, nearStems) {
      const unknown = papers.filter(({ key }) => !known.has(key));
      const signs = words.judge(unknown, nearStems);
      for (let i = 0; i < unknown.length; i++) known.set(unknown[i]!.key, signs[i]!);
      return papers.map(({ key }) => known.get(key)!);
    },
  };
}
