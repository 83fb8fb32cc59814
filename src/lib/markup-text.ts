// Known markup in titles and abstracts (JATS, ACL, Crossref, simple HTML), taken off. Anything else with an angle
// bracket is text: "<0.5MB model size", "<image, question>" and "<script>" stay as they were written.
import { toSubscript, toSuperscript } from "./scripts.ts";

const inline = "i|b|u|em|strong|italic|bold|sc|scp|small|tt|sub|sup|inf|fixed-case|tex-math|url";
const knownTag = new RegExp(
  `<(/?)(?:(${inline})|(p|br|sec|title-group)|(?:jats|mml):[a-z][a-z-]{0,30})(?:\\s[^<>$\\\\]{0,300})?/?>`,
  "gi",
);
const block = /^<\/?(?:p|br|sec|title-group|jats:(?:p|sec|title|list|list-item|disp-quote))\b/i;
const script = /<(sub|sup|inf)>([^<>]{1,12})<\/\1>/gi;

/** Removes the known tags; what stood in <sub> and <sup> becomes Unicode scripts where they exist. */
export function stripMarkup(text: string): string {
  if (!text.includes("<")) return text;
  const scripted = text.replace(script, (_given, tag: string, inner: string) => {
    const mapped = tag.toLowerCase() === "sup" ? toSuperscript(inner) : toSubscript(inner);
    return mapped ?? inner;
  });
  return scripted.replace(knownTag, (tag) => (block.test(tag) ? " " : ""));
}
