// Marked pieces of text for those who cannot take them as values: as HTML that is safe whatever the text holds, as offsets.
import { escapeHtml } from "../lib/html-text.ts";
import type { TextPart } from "./snippets.ts";

/** The text escaped, matching words in `<mark>`: safe as the content of an element and of an attribute in quotes. */
export function renderHighlights(parts: readonly TextPart[]): string {
  return parts.map(({ text, hit }) => (hit ? `<mark>${escapeText(text)}</mark>` : escapeText(text))).join("");
}

function escapeText(text: string): string {
  return escapeHtml(text.toWellFormed());
}

/** Where the matching words stand in the joined parts, in UTF-16 units, the end not included. */
export function listHighlights(parts: readonly TextPart[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let at = 0;
  for (const { text, hit } of parts) {
    if (hit) found.push({ start: at, end: at + text.length });
    at += text.length;
  }
  return found;
}
