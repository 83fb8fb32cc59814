// Fits text for display without breaking characters as readers see them.
import { toPlainText } from "../lib/plain-text.ts";

/** Longest character, in UTF-16 units, that is looked at as one: heaped marks and joined emoji are longer than letters. */
const maxCharacterUnits = 64;

/** At most `maxChars` UTF-16 units of whole characters (a family emoji is one), with "…" when something is left out. */
export function cutAtCharacter(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  let end = 0;
  for (const { index, segment } of segmenter.segment(text.slice(0, maxChars + maxCharacterUnits))) {
    if (index + segment.length > maxChars) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** A name or note as a source gave it, fit for one line: no markup, no TeX, no heaped marks, not endless. */
export function toLine(given: string, maxChars = 200): string {
  return cutAtCharacter(toPlainText(given), maxChars);
}
