// Names in BibTeX: "von Last, Jr, First", "First von Last", whole names in braces, joined by "and".
import { parseAuthorName } from "../papers/names.ts";
import type { Author } from "../papers/paper.ts";
import { bibtexToPlainText } from "./bibtex-text.ts";
import { dropUndefined } from "./record-fields.ts";

/** Reads an author field; "others" is nobody. */
export function parseBibtexAuthors(value: string): Author[] {
  const authors: Author[] = [];
  for (const name of splitOutsideBraces(value, /^\s+and\s+/i)) {
    const author = parseName(name.trim());
    if (author !== null) authors.push(author);
  }
  return authors;
}

function parseName(name: string): Author | null {
  if (name === "" || /^others$/i.test(name)) return null;
  if (isOneGroup(name)) {
    const whole = bibtexToPlainText(name);
    return whole === "" ? null : { name: whole, literal: true };
  }
  const parts = splitOutsideBraces(name, /^\s*,\s*/).map(bibtexToPlainText);
  if (parts.length === 1) return parseAuthorName(keepGroups(name));
  const [family = "", ...rest] = parts;
  const given = rest.at(-1) ?? "";
  const suffix = rest.length > 1 ? rest.slice(0, -1).join(" ") : "";
  if (family === "") return parseAuthorName(given);
  return dropUndefined({
    name: [given, family, suffix].filter((part) => part !== "").join(" "),
    family,
    given: given || undefined,
    suffix: suffix || undefined,
  });
}

/** "{LHCb Collaboration}", but not "{\'E}mile {Zola}". */
function isOneGroup(name: string): boolean {
  if (!name.startsWith("{") || !name.endsWith("}")) return false;
  let depth = 0;
  for (const [index, character] of [...name].entries()) {
    if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    if (depth === 0)
      return index === [...name].length - 1 && !/^\{\\[^\s{}]{1,12}(?:\{[^{}]*\})?\}$/.test(name);
  }
  return false;
}

/** "Jean {de La Fontaine}": what is in braces is one word of the name, so it is the family name. */
function keepGroups(name: string): string {
  const group = /\s\{([^\\{}]*\s[^{}]*)\}$/.exec(name);
  if (group === null) return bibtexToPlainText(name);
  const given = bibtexToPlainText(name.slice(0, group.index));
  return given === "" ? bibtexToPlainText(name) : `${bibtexToPlainText(group[1]!)}, ${given}`;
}

/** Splits where the separator stands at depth 0. */
function splitOutsideBraces(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === "\\") {
      index += 1;
      continue;
    }
    if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    else if (depth === 0 && /[\s,]/.test(character)) {
      const found = separator.exec(text.slice(index, index + 200))?.[0];
      if (found === undefined) continue;
      parts.push(text.slice(start, index));
      start = index + found.length;
      index = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}
