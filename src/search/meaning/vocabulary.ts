// The rows of the meaning model by name: stems first, then phrases ("stem stem"), each with the number of papers it is in.
import type { Token } from "./tokens.ts";

export interface Vocabulary {
  /** Stems, then phrases; the place in this list is the row. */
  names: readonly string[];
  /** How many of `names` are stems. */
  stems: number;
  /** Papers that hold the row, beside names. */
  frequencies: Uint32Array;
  /** Papers that were counted. */
  papers: number;
  rowOf: ReadonlyMap<string, number>;
}

/** What a vocabulary is built from and stored as. */
export type VocabularyParts = Omit<Vocabulary, "rowOf">;

/** The look-up by name is made when it is first used: a program that never searches by meaning does not pay for it. */
export function openVocabulary(parts: VocabularyParts): Vocabulary {
  let rowOf: Map<string, number> | null = null;
  return {
    ...parts,
    get rowOf() {
      rowOf ??= new Map(parts.names.map((name, row) => [name, row] as const));
      return rowOf;
    },
  };
}

/** The name of the phrase of two adjacent stems. Stems hold no space. */
export function phraseName(first: string, second: string): string {
  return `${first} ${second}`;
}

/**
 * Rows of a sentence in order: each known stem, and directly after the second stem of a known phrase the phrase's row.
 * Unknown stems and stop words are left out.
 */
export function rowsOfSentence(vocabulary: Vocabulary, tokens: readonly Token[]): number[] {
  const rows: number[] = [];
  let before: Token = null;
  for (const token of tokens) {
    if (token !== null) {
      const row = vocabulary.rowOf.get(token);
      if (row !== undefined) rows.push(row);
      const phrase = before === null ? undefined : vocabulary.rowOf.get(phraseName(before, token));
      if (phrase !== undefined) rows.push(phrase);
    }
    before = token;
  }
  return rows;
}
