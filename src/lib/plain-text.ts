// Clean text: what a person would read aloud. Search, letters, feeds and comparisons use it; pages keep the text as given.
import { decodeEntities } from "./entities.ts";
import { stripMarkup } from "./markup-text.ts";
import { texToText } from "./tex-text.ts";

/** Anything but printable ASCII, two spaces, a space at an end, or a sign that markup, entities or TeX begin with. */
const unclean = /[^ !"#%'()*+,./0-9:;=>?@A-Z[\]a-z{|}-]| {2}|^ | $/;
/** Anything but printable ASCII and the ends of lines: the rest needs nothing more than its white space collapsed. */
const beyondLines = /[^\n\r -~]/;
/** Controls (white space aside), soft hyphen, zero-width space, bidi overrides, byte order mark, language tags, U+FFFE/F. */
const invisible =
  /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;
/** More marks on one letter than any script needs. Unbounded \p{M}+ would overflow the stack on megabytes of marks. */
const heapedMark = /\p{M}(?<=\p{M}{5})/gu;

/**
 * Plain text of a title, an abstract or a name: known markup off, entities decoded once, TeX to Unicode, invisible
 * characters gone, white space collapsed, NFC. Takes time in proportion to the length and never throws.
 */
export function toPlainText(given: string): string {
  if (!unclean.test(given)) return given;
  const wellFormed = given.toWellFormed();
  const written = texToText(decodeEntities(stripMarkup(wellFormed)));
  if (!beyondLines.test(written)) return joinLines(written);
  return collapse(written.replace(invisible, "")).replace(heapedMark, "").normalize("NFC");
}

/** Collapses a text of printable ASCII and ends of lines; in nearly all of them only single line ends are to be replaced. */
function joinLines(text: string): string {
  const joined = text.replaceAll("\n", " ");
  return joined.includes("  ") || joined.includes("\r") ? collapse(joined) : joined.trim();
}

/** Runs of \s and NEL that are not one space already: nearly all white space is. */
const whiteSpace = /[^\S ][\s\x85]*|\x85[\s\x85]*| [\s\x85]+/g;

/** \s and NEL, as one space; none at the ends. */
function collapse(text: string): string {
  return text.replace(whiteSpace, " ").trim();
}
