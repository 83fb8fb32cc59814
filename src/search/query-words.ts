// The words of a query that results are ranked by, with their other spellings.
import { stemTerm, type Unit } from "./unit.ts";

/** One thing to rank by; a paper holds it when it holds all stems of one of the alternatives. */
export interface Word {
  /** Its own stem: what proximity looks at. */
  stem: string;
  alternatives: string[][];
  /** Times it stands in the query. */
  count: number;
  /** The beginning of a word that is still being typed, folded; absent for whole words. */
  prefix?: string;
  /** As typed. */
  text: string;
  /** It stands for itself, in no field, phrase or choice. */
  bare: boolean;
}

/** "pre-training" asks for pre (or pretrain) and train (or pretrain); "LongBench" for longbench, or long and bench. */
export function wordsOf(unit: Unit): Word[] {
  const { raw, stems, extras, starts, ends } = unit;
  if (stems.length === 1 && extras.length === 0) {
    const [stem, text] = [stems[0]!, raw.slice(starts[0], ends[0])];
    return [{ stem, alternatives: [[stem]], count: 1, text, bare: false }];
  }
  return stems.map((stem, i) => {
    const parts = extras.filter((extra) => extra.kind === "part" && extra.at === i);
    const joined = extras.filter((extra) => extra.kind === "joined");
    const alternatives = [[stem], ...joined.map((extra) => [extra.stem])];
    if (parts.length > 0) alternatives.push(parts.map((extra) => extra.stem));
    return { stem, alternatives, count: 1, text: raw.slice(starts[i], ends[i]), bare: false };
  });
}

/** Equal words become one that counts more. */
export function mergeEqual(words: Word[]): Word[] {
  if (words.length < 2) return words;
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
