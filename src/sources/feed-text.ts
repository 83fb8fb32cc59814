// The prose of a feed's item: HTML or plain, an abstract or a teaser; feeds do not say which.
import { decodeEntities } from "../lib/entities.ts";
import { parseHtml, visibleText } from "../lib/html.ts";
import type { AbstractKind } from "../papers/paper.ts";

/** Below this a text is a teaser, not the authors' abstract. */
const shortestAbstract = 250;

/** The longer of two: one of them is often a teaser, or only says when the article was published. */
export function longestText(...texts: (string | undefined)[]): string | undefined {
  const plain = texts.map((text) => (text === undefined ? "" : readProse(text)));
  return plain.sort((a, b) => b.length - a.length)[0];
}

const htmlTag = /<\/?(?:p|br|div|span|a|b|i|em|strong|sub|sup|h[1-6]|ul|ol|li|img|table|section)\b[^<>]*>/i;

/** Formulas hold bare "<"; only where there are tags of HTML is a text read as HTML. */
function readProse(text: string): string {
  const visible = htmlTag.test(text)
    ? visibleText(parseHtml(text))
    : decodeEntities(text).replace(/\s+/g, " ").trim();
  return visible.replace(/^abstract(?:\s*[:.]\s*|$)/i, "");
}

/** A text that is short or breaks off is somebody's summary. */
export function textKind(abstract: string): AbstractKind {
  const isTeaser = abstract.length < shortestAbstract || /(?:\[?\.\.\.\]?|\[?…\]?)$/.test(abstract);
  return isTeaser ? "summary" : "abstract";
}
