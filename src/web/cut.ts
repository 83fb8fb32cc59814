// Cuts text for display without breaking characters as readers see them.

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
