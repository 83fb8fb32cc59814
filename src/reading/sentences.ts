// Splits scientific English into sentences: abbreviations, initials, decimals and versions do not end one.

/** Words whose dot never ends a sentence: something always follows. */
const neverLast = new Set(
  (
    "e.g i.e cf vs viz fig figs eq eqs eqn eqns sec secs sect tab ref refs thm def prop lem cor alg ch chap vol pp " +
    "no nos resp approx ca dr prof mr mrs ms st dept univ assoc a.k.a w.r.t s.t"
  ).split(" "),
);

/** Words whose dot ends a sentence only when the next word could begin one. */
const sometimesLast = new Set("al etc inc ltd corp co jr sr u.s u.k ph.d".split(" "));

/** Words that commonly begin a sentence of an abstract and rarely follow "et al." or an initial within one. */
const openers = new Set(
  (
    "a an the this these that those it its we our in on to for from with by at as if when while since because although " +
    "however moreover furthermore additionally finally first second third then thus therefore hence here such unlike " +
    "compared experiments experimental extensive results recent existing despite code both each many most some all " +
    "there they their although nevertheless yet but and instead specifically notably importantly"
  ).split(" "),
);

/** A name of a system that begins small, like "minWM" or "nnU-Net": it begins a sentence as a capital does. */
const lowercaseName = /^\p{Ll}{1,8}\p{Lu}/u;

/** Longest text that is looked at; an abstract has at most a few thousand characters, a hostile one millions. */
const maxTextLength = 20_000;

/** Sentences in order, trimmed; together they are the text (white space aside). Pure, linear. */
export function splitSentences(text: string): string[] {
  const bounded = text.slice(0, maxTextLength).replace(/\s+/g, " ").trim();
  const sentences: string[] = [];
  let start = 0;
  for (const match of bounded.matchAll(/[.!?…]+["'”’)\]]{0,3}( |(?=\p{Lu}\p{Ll}))/gu)) {
    const end = match.index + match[0].length;
    const ends = match[1] ? endsSentence(bounded, match.index, end) : isGlued(bounded, match.index, end);
    if (!ends) continue;
    sentences.push(bounded.slice(start, end).trim());
    start = end;
  }
  if (start < bounded.length) sentences.push(bounded.slice(start));
  return sentences;
}

function endsSentence(text: string, stop: number, next: number): boolean {
  const following = text.slice(next, next + 24);
  if (/^\p{Ll}/u.test(following) && !lowercaseName.test(following)) return false;
  if (text[stop] !== ".") return true;
  const before = lastWord(text, stop);
  if (neverLast.has(before.toLowerCase())) return false;
  const mayContinue = sometimesLast.has(before.toLowerCase()) || /^\p{Lu}$/u.test(before);
  return !mayContinue || openers.has((/^\p{L}+/u.exec(following)?.[0] ?? "").toLowerCase());
}

/** "representations.However": the blank after the dot is missing. A file name or a product ("Node.In") is not one. */
function isGlued(text: string, stop: number, next: number): boolean {
  const following = /^\p{Lu}\p{Ll}*/u.exec(text.slice(next, next + 24))?.[0] ?? "";
  return /\p{Ll}{2}$/u.test(text.slice(Math.max(0, stop - 2), stop)) && openers.has(following.toLowerCase());
}

/** The word that ends at `stop`, with inner dots ("e.g") and without an opening bracket. */
function lastWord(text: string, stop: number): string {
  const tail = text.slice(Math.max(0, stop - 16), stop);
  return /[\p{L}.]+$/u.exec(tail)?.[0] ?? "";
}
