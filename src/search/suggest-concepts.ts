// Concepts: runs of two to four words that stand in many titles. In the order of what follows a word's start, titles with a run
// in common are neighbours, so one walk over the entries of a table counts every run (as Yamamoto and Church 2001, "Using
// Suffix Arrays to Compute Term Frequency and Document Frequency for All Substrings", does for letters).
import type { CompletionTable } from "./completion-table.ts";
import { isStopWord } from "./suggest-text.ts";

export interface Concept {
  folded: string;
  /** Titles that hold it. */
  papers: number;
  /** Index of one of them. */
  text: number;
}

const fewestWords = 2;
const mostWords = 4;
/** A run is left to a longer one that has so much of its titles. */
const longerShare = 0.8;
const entriesPerStep = 4_096;
const decoder = new TextDecoder();

interface Run {
  /** Entry where it begins. */
  from: number;
  /** Most titles of a run one word longer. */
  longer: number;
}

/** The runs of words that at least `fewest` titles hold and that neither begin nor end with a stop word; yields between steps. */
export function* listConcepts(table: CompletionTable, fewest: number): Generator<void, Concept[]> {
  const concepts: Concept[] = [];
  const open: Run[] = Array.from({ length: mostWords + 1 }, () => ({ from: 0, longer: 0 }));
  const { length } = table.entries;
  for (let entry = 1; entry <= length; entry++) {
    const common = entry < length ? commonWords(table, entry - 1, entry) : 0;
    for (let words = mostWords; words > common; words--) {
      const { from, longer } = open[words]!;
      const papers = entry - from;
      open[words] = { from: entry, longer: 0 };
      open[words - 1]!.longer = Math.max(open[words - 1]!.longer, papers);
      if (words < fewestWords || papers < fewest || longer >= longerShare * papers) continue;
      const folded = readWords(table, from, words);
      if (folded !== null) concepts.push({ folded, papers, text: table.ownerOf(from) });
    }
    if (entry % entriesPerStep === 0) yield;
  }
  return concepts;
}

/** How many whole words two entries begin with in common, at most `mostWords`. */
function commonWords({ bytes, entries }: CompletionTable, a: number, b: number): number {
  const [first, second] = [entries[a]!, entries[b]!];
  let words = 0;
  for (let i = 0; words < mostWords; i++) {
    const [left, right] = [bytes[first + i]!, bytes[second + i]!];
    const [leftEnds, rightEnds] = [left <= 0x20, right <= 0x20];
    if (leftEnds && rightEnds) words++;
    if (left !== right || left === 0) break;
  }
  return words;
}

/** The first words of an entry; null when the text ends before, or the run begins or ends with a stop word. */
function readWords({ bytes, entries }: CompletionTable, entry: number, words: number): string | null {
  const from = entries[entry]!;
  let end = from;
  for (let left = words; ; end++) {
    const ended = bytes[end]! <= 0x20;
    if (ended && --left === 0) break;
    if (bytes[end] === 0) return null;
  }
  const run = decoder.decode(bytes.subarray(from, end));
  const list = run.split(" ");
  return isStopWord(list[0]!) || isStopWord(list.at(-1)!) ? null : run;
}
