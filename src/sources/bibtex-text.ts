// The values of BibTeX as text: TeX to Unicode, protective braces off, but formulas as they stand, because pages set them.
import { texToText } from "../lib/tex-text.ts";

/** "{Cu$_2$O} in {\"U}ber" → "Cu$_2$O in Über". White space is collapsed. */
export function bibtexToText(value: string): string {
  const parts = splitFormulas(withoutProtection(value));
  const written = parts.map((part, index) => (index % 2 === 1 ? `$${part}$` : proseToText(part)));
  return written.join("").replace(/\s+/g, " ").trim();
}

/** Everything to plain text, formulas too: for names, journals, years. */
export function bibtexToPlainText(value: string): string {
  return proseToText(withoutProtection(value)).replace(/\s+/g, " ").trim();
}

/** In TeX two hyphens are a dash and a tilde is a space, also where nothing else looks like TeX. */
function proseToText(prose: string): string {
  const marked = prose
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/(?<!\\)~/g, " ");
  // texToText looks only at texts that show signs of TeX, and then takes every brace for a group.
  return texToText(marked);
}

/** Odd places hold what stood between dollars; a dollar without its partner, or behind a backslash, is a character. */
function splitFormulas(text: string): string[] {
  const parts = text.split(/(?<!\\)\$/);
  if (parts.length % 2 === 1) return parts;
  const last = parts.pop()!;
  parts[parts.length - 1] += `\\$${last}`;
  return parts;
}

/**
 * Takes off the braces that only keep capitals: those that neither follow a command or a script nor hold a command
 * ("{\o}"), nor stand in a formula.
 */
function withoutProtection(value: string): string {
  let text = "";
  const kept: boolean[] = [];
  let inFormula = false;
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index]!;
    if (character === "\\") {
      text += value.slice(index, index + 2);
      index += 1;
      continue;
    }
    if (character === "$") inFormula = !inFormula;
    if (character === "{") {
      const isArgument = /(?:\\[a-zA-Z]+\s*|\\[^a-zA-Z]|[\^_}])$/.test(text.slice(-40));
      kept.push(inFormula || isArgument || value[index + 1] === "\\");
      if (!kept.at(-1)) continue;
    }
    if (character === "}" && kept.pop() === false) continue;
    text += character;
  }
  return text;
}
