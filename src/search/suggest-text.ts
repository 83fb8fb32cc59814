// How titles, names and what is typed are folded for suggestions: lower case, no accents, one space between words.
import { foldWord } from "./fold.ts";
import { stemWord } from "./porter2.ts";
import { isStopStem } from "./stop-words.ts";

/** Longer beginnings are no beginnings. */
export const maxTypedLength = 120;
const maxFoldedLength = 300;
const plain = /^[a-z0-9 ]*$/;

/** "Hölder's  Token-level" → "holder s token level". A space at the end is kept as one: the word before it is finished. */
export function foldTyped(text: string): string {
  const ended = /[^\p{L}\p{M}\p{N}]$/u.test(text);
  const folded = foldText(text);
  return folded !== "" && ended ? `${folded} ` : folded;
}

export function foldText(text: string): string {
  const lower = text
    .slice(0, maxFoldedLength)
    .toLowerCase()
    .replace(/[^a-z0-9\u0080-\uffff]+/g, " ")
    .trim();
  if (plain.test(lower)) return lower;
  const words = lower
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap((word) => (plain.test(word) ? [word] : foldWord(word)));
  return words.filter(Boolean).join(" ");
}

const known = new Map<string, boolean>();
const maxKnown = 20_000;

/** Whether a folded word says so little that no suggestion begins with it. */
export function isStopWord(word: string): boolean {
  let stop = known.get(word);
  if (stop === undefined) {
    if (known.size >= maxKnown) known.clear();
    stop = word.length < 2 || isStopStem(stemWord(word));
    known.set(word, stop);
  }
  return stop;
}
