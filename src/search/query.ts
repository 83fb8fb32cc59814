// From what was typed to what is looked for: words with their other spellings, phrases, the order of all stems. Never throws.
import { forEachUnit } from "./analyzer.ts";
import { foldWord } from "./fold.ts";
import { isStopStem } from "./stop-words.ts";
import type { Unit } from "./unit.ts";
import { stemTerm } from "./unit.ts";

/** Longer queries are refused. */
export const maxQueryLength = 2_000;

/** One thing asked for; a paper holds it when it holds all stems of one of the alternatives. */
export interface Word {
  /** Its own stem: what proximity looks at. */
  stem: string;
  alternatives: string[][];
  /** Times it stands in the query. */
  count: number;
  /** The beginning of a word that is still being typed, folded; absent for whole words. */
  prefix?: string;
}

export interface ParsedQuery {
  /** Different words that say something; stop words only when there is nothing else. */
  words: Word[];
  /** Stems of each quoted phrase, in sequence. */
  phrases: string[][];
  /** Every stem in order, stop words too. */
  stems: string[];
}

/** Reads a query; with `prefix`, its last word may be unfinished. An unpaired quotation mark is ignored. */
export function parseQuery(query: string, prefix = false): ParsedQuery {
  const pieces = query.replace(/[“”„‟«»＂]/g, '"').split('"');
  const paired = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
  const phrases = pieces.filter((_, i) => i % 2 === 1 && i < paired).map(stemsOf);
  const units = pieces.flatMap(unitsOf);
  const words = units.flatMap(wordsOf);
  const typing = prefix && /[\p{L}\p{N}]$/u.test(query) ? words.at(-1) : undefined;
  if (typing) typing.prefix = unfinishedWord(query);
  const telling = words.filter((word) => !isStopStem(word.stem) || word === typing);
  return {
    words: mergeEqual(telling.length > 0 ? telling : words),
    phrases: phrases.filter((phrase) => phrase.length > 0),
    stems: units.flatMap((unit) => unit.stems),
  };
}

function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  forEachUnit(text, (unit) => units.push(unit));
  return units;
}

function stemsOf(text: string): string[] {
  return unitsOf(text).flatMap((unit) => unit.stems);
}

/** "pre-training" asks for pre (or pretrain) and train (or pretrain); "LongBench" for longbench, or long and bench. */
function wordsOf(unit: Unit): Word[] {
  return unit.stems.map((stem, i) => {
    const parts = unit.extras.filter((extra) => extra.kind === "part" && extra.at === i);
    const joined = unit.extras.filter((extra) => extra.kind === "joined");
    const alternatives = [[stem], ...joined.map((extra) => [extra.stem])];
    if (parts.length > 0) alternatives.push(parts.map((extra) => extra.stem));
    return { stem, alternatives, count: 1 };
  });
}

/** The letters at the end of what was typed, folded but not stemmed. */
function unfinishedWord(query: string): string {
  const tail = /[\p{L}\p{M}\p{N}]{1,64}$/u.exec(query.slice(-64))?.[0] ?? "";
  return foldWord(tail).at(-1) ?? "";
}

function mergeEqual(words: Word[]): Word[] {
  const merged = new Map<string, Word>();
  for (const word of words) {
    const name = `${word.prefix ?? ""}*${word.alternatives.map((stems) => stems.join("+")).join("|")}`;
    const known = merged.get(name);
    if (known) known.count++;
    else merged.set(name, word);
  }
  return [...merged.values()];
}

/** Stems under which an unfinished word may be indexed although they are shorter than it: "generaliza" → "general". */
export function stemsBehind(prefix: string): string[] {
  const stems = new Set<string>();
  for (let length = Math.max(3, prefix.length - 6); length < prefix.length; length++) {
    const stem = prefix.slice(0, length);
    const rest = prefix.slice(length);
    const fits = suffixes.some((suffix) => suffix.startsWith(rest) && stemTerm(stem + suffix) === stem);
    if (fits) stems.add(stem);
  }
  return [...stems];
}

const suffixes =
  "s es ed er ers ing ings ment ments ation ations ization izations ize izes ized izing izer ity ities ive ively al ally ness ful fully able ible ance ence ant ent ly ion ions ional ally ous ously ist ism".split(
    " ",
  );
