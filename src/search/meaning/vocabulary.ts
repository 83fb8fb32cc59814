// The rows of the meaning model by name: stems first, then phrases ("stem stem"), each with the number of papers it is in.
import { PhraseTable } from "./phrase-table.ts";
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
  /** Rows of phrases by the rows of their two stems: first x 65,536 + second. */
  phraseOf: Pick<PhraseTable, "get">;
}

/** What a vocabulary is built from and stored as. */
export type VocabularyParts = Omit<Vocabulary, "rowOf" | "phraseOf">;

/** Above every row of a stem. */
const stemFactor = 65_536;

/** What `phraseOf` has a phrase by: the rows of its two stems. */
export function phraseKey(first: number, second: number): number {
  return first * stemFactor + second;
}

/** The look-ups are made when first used: a program that never searches by meaning does not pay for them. */
export function openVocabulary(parts: VocabularyParts): Vocabulary {
  let rowOf: Map<string, number> | null = null;
  let phraseOf: PhraseTable | null = null;
  return {
    ...parts,
    get rowOf() {
      rowOf ??= new Map(parts.names.map((name, row) => [name, row] as const));
      return rowOf;
    },
    get phraseOf() {
      phraseOf ??= mapPhrases(parts, this.rowOf);
      return phraseOf;
    },
  };
}

function mapPhrases({ names, stems }: VocabularyParts, rowOf: ReadonlyMap<string, number>): PhraseTable {
  const entries: [key: number, row: number][] = [];
  for (let row = stems; row < names.length; row++) {
    const [first, second] = names[row]!.split(" ").map((stem) => rowOf.get(stem));
    if (first !== undefined && second !== undefined) entries.push([phraseKey(first, second), row]);
  }
  return new PhraseTable(entries);
}

/** The name of the phrase of two adjacent stems. Stems hold no space. */
export function phraseName(first: string, second: string): string {
  return `${first} ${second}`;
}

/**
 * Rows of a sentence in order: each known stem, and directly after the second stem of a known phrase the phrase's row.
 * Unknown stems and stop words are left out.
 */
export function rowsOfSentence({ rowOf, phraseOf }: Vocabulary, tokens: readonly Token[]): number[] {
  const rows: number[] = [];
  let before: number | undefined;
  for (const token of tokens) {
    const row = token === null ? undefined : rowOf.get(token);
    if (row !== undefined) {
      rows.push(row);
      const phrase = before === undefined ? undefined : phraseOf.get(phraseKey(before, row));
      if (phrase !== undefined) rows.push(phrase);
    }
    before = row;
  }
  return rows;
}
