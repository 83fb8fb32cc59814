// What titles and abstracts are compared by. Keys forgive case, marks, punctuation and TeX; they never decide alone.
import { sha256Hex } from "../lib/hash.ts";
import { toPlainText } from "../lib/plain-text.ts";

/** Letters of the abstract that enter a listing's fingerprint. */
const fingerprintAbstractLength = 300;
// One at a time, or bounded: an unbounded \p{…}+ overflows the stack on megabytes of marks or signs.
const notLetterOrDigit = /[^\p{L}\p{N}]/gu;
const betweenWords = /[^\p{L}\p{N}]{1,100}/u;
const beyondAscii = /[^\0-\x7f]/;
const mark = /\p{M}/gu;
/** Beyond this the shorter text is taken for an extract, and shared words are counted against the longer one. */
const wildlyDifferent = 3;

/**
 * The normalised title: plain text, compatibility forms folded (ﬁ → fi, ² → 2, 𝛿 → δ), lower case, marks, punctuation
 * and white space gone. Greek and every other script stay. "A$^2$ATS: Retrieval" and "A2ATS Retrieval" agree.
 */
export function titleKey(title: string): string {
  return lettersAndDigits(toPlainText(title));
}

/** Letters and digits of a clean text, folded as in titleKey. */
function lettersAndDigits(text: string): string {
  return foldText(text).replace(notLetterOrDigit, "");
}

/** Compatibility forms folded, case and combining marks gone; punctuation and white space stay. */
export function foldText(text: string): string {
  // Nothing of ASCII folds but its case.
  if (!beyondAscii.test(text)) return text.toLowerCase();
  // Upper case in between, so that ß and SS, ς and σ and Σ agree; lower case first, as ẞ is upper case of ß and not SS.
  const folded = text.normalize("NFKD").replace(mark, "").toLowerCase().toUpperCase().toLowerCase();
  return folded.replace(/ς/g, "σ").normalize("NFKC");
}

/** The different words of an abstract, folded. */
export function abstractWords(text: string): Set<string> {
  const words = new Set(foldText(toPlainText(text)).split(betweenWords));
  words.delete("");
  return words;
}

/**
 * How much of their words two abstracts share, 0 to 1: |A ∩ B| ÷ min(|A|, |B|), because sources cut abstracts short;
 * ÷ max where one has more than three times as many different words, because a few common words are in every abstract.
 */
export function sharedWordPart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  return shared / (large.size > wildlyDifferent * small.size ? large.size : small.size);
}

/**
 * The identifier (scheme "listing") of an entry that has nothing but its texts: 24 hex digits of SHA-256 over the title
 * key, a newline, and the letters and digits of the abstract's first 300 characters.
 */
export function listingFingerprint(title: string, abstract: string): string {
  const beginning = toPlainText(abstract).slice(0, fingerprintAbstractLength).toWellFormed();
  return sha256Hex(`${titleKey(title)}\n${lettersAndDigits(beginning)}`).slice(0, 24);
}
