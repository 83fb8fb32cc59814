// The words of a query as they were written, with their places, so that one can be put in another's stead.
import { forEachUnit } from "./analyzer.ts";
import { foldWord } from "./fold.ts";
import { quotationMarks } from "./query-parser.ts";
import { isStopStem } from "./stop-words.ts";

export interface WrittenWord {
  start: number;
  end: number;
  /** Folded: lower case, no accents. */
  word: string;
  stem: string;
  /** A word of the text looked for; false for stop words, and for what says where or what not to look for. */
  telling: boolean;
}

/** Fields whose words are words of papers. */
const wordFields = new Set(["title", "abstract", "author", "authors"]);

export function listWrittenWords(query: string): WrittenWord[] {
  const words: WrittenWord[] = [];
  forEachUnit(query, (unit, start) => {
    const plain = !isSyntax(query, start, start + unit.raw.length);
    unit.stems.forEach((stem, i) => {
      const from = start + unit.starts[i]!;
      const to = start + unit.ends[i]!;
      const folded = foldWord(query.slice(from, to));
      const word = folded.length === 1 ? folded[0]! : "";
      words.push({ start: from, end: to, word, stem, telling: plain && !isStopStem(stem) });
    });
  });
  return words;
}

/** The name of a field, the value of one that holds no words, a word that must not occur. */
function isSyntax(query: string, start: number, end: number): boolean {
  if (query[end] === ":" && /\S/.test(query[end + 1] ?? "")) return true;
  const token = query.slice(query.lastIndexOf(" ", start - 1) + 1, start);
  if (/^["(]*-/.test(token)) return true;
  const field = /^\(*([a-z]+):/.exec(token)?.[1];
  return field !== undefined && !wordFields.has(field);
}

/** Puts a word in the place of a written one, in its case unless it brings capitals of its own. */
export function replaceWord(query: string, { start, end }: WrittenWord, word: string): string {
  const written = query.slice(start, end);
  const upper = written.toUpperCase() === written && written.length > 1;
  const title = /^\p{Lu}/u.test(written);
  if (word !== word.toLowerCase()) return query.slice(0, start) + word + query.slice(end);
  const cased = upper ? word.toUpperCase() : title ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  return query.slice(0, start) + cased + query.slice(end);
}

/** Without a quotation mark that is never closed, which said nothing; behind a field it took the field with it and stays. */
export function dropOpenQuotation(query: string): string {
  const marks = query.replace(quotationMarks, '"');
  const last = marks.lastIndexOf('"');
  const isOpen = marks.split('"').length % 2 === 0;
  if (!isOpen || marks[last - 1] === ":") return query;
  return (query.slice(0, last) + query.slice(last + 1)).trim();
}
