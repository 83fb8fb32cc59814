// The words one slip of the finger away from a written one: a letter left out, added, wrong, or changed places with its
// neighbour (Damerau 1964: four of five misspellings are one of these).

/** Shorter words are left alone: nearly everything is one letter from them. */
export const minLetters = 4;
/** Longer ones are no words. */
const maxLetters = 32;
const letters = "abcdefghijklmnopqrstuvwxyz";

/** Whether a folded word is of the kind that is repaired: plain letters, long enough. Numbers are never guessed. */
export function isRepairable(word: string): boolean {
  return word.length >= minLetters && word.length <= maxLetters && /^[a-z]+$/.test(word);
}

/**
 * Calls `visit` with every word one slip away, the word itself left out, some more than once: at most 54 a letter. The likeliest
 * slips come first: neighbours changed, one left out or doubled, then the rest.
 */
export function forEachEdit(word: string, visit: (edited: string) => void): void {
  const { length } = word;
  for (let at = 0; at + 1 < length; at++) {
    if (word[at] === word[at + 1]) continue;
    visit(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
  }
  // Of equal neighbours, taking away any gives the same.
  for (let at = 0; at < length; at++) {
    if (word[at] !== word[at + 1]) visit(word.slice(0, at) + word.slice(at + 1));
  }
  for (let at = 0; at <= length; at++) {
    const before = word.slice(0, at);
    const after = word.slice(at);
    const rest = word.slice(at + 1);
    for (const letter of letters) {
      // Before an equal letter is the same as behind it.
      if (letter !== word[at]) visit(before + letter + after);
      if (at < length && letter !== word[at]) visit(before + letter + rest);
    }
  }
}
