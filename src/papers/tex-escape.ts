// Text made safe for TeX and BibTeX: nothing in it ends a field, starts a comment or calls a command it did not call before.

import { toPlainText } from "../lib/plain-text.ts";

const escapes: Record<string, string> = {
  "\\": "\\textbackslash{}",
  // Not "\\{": BibTeX counts braces without regard to backslashes.
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "%": "\\%",
  "&": "\\&",
  "#": "\\#",
  _: "\\_",
  $: "\\$",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Combining marks and the TeX accent that sets them. */
const accents: Record<string, string> = {
  "\u0300": "`",
  "\u0301": "'",
  "\u0302": "^",
  "\u0303": "~",
  "\u0304": "=",
  "\u0306": "u",
  "\u0307": ".",
  "\u0308": '"',
  "\u030a": "r",
  "\u030b": "H",
  "\u030c": "v",
  "\u0323": "d",
  "\u0327": "c",
  "\u0328": "k",
  "\u0331": "b",
};

/** Letters that no accent makes, and dashes. Curly quotes stay: as TeX's they could not be told from straight ones. */
const letters: Record<string, string> = {
  ß: "{\\ss}",
  æ: "{\\ae}",
  Æ: "{\\AE}",
  œ: "{\\oe}",
  Œ: "{\\OE}",
  ø: "{\\o}",
  Ø: "{\\O}",
  ł: "{\\l}",
  Ł: "{\\L}",
  ı: "{\\i}",
  "–": "--",
  "—": "---",
};

/** Plain text as TeX writes it. Accented Latin letters become TeX's, which every BibTeX sorts and prints; others stay. */
export function escapePlainText(text: string): string {
  return writeAccents(text.replace(/[\\{}%&#_$~^]/g, (character) => escapes[character]!));
}

/**
 * Text that already holds TeX (a title as given): formulas stay, what is between them is written anew from its clean text,
 * so that it is the same when it was read back. Text whose braces do not balance is taken as plain, because it would
 * swallow what follows it.
 */
export function escapeGivenTex(text: string): string {
  const parts = splitFormulas(text);
  if (!parts || !bracesBalance(text)) return escapePlainText(text);
  return parts.map(({ isFormula, text: part }) => (isFormula ? part : escapeProse(part))).join("");
}

interface Part {
  isFormula: boolean;
  text: string;
}

/** Splits at unescaped dollar signs; null when one is left open, or a formula holds what ends a line or a field. */
function splitFormulas(text: string): Part[] | null {
  const pieces = text.split(/(?<!\\)\$/);
  if (pieces.length % 2 === 0) return null;
  const parts = pieces.map((piece, i): Part => ({ isFormula: i % 2 === 1, text: piece }));
  const formulas = parts.filter((part) => part.isFormula);
  if (formulas.some(({ text: formula }) => /(?<!\\)[%#&~]/.test(formula) || !bracesBalance(formula)))
    return null;
  return parts.map((part) => (part.isFormula ? { ...part, text: `$${part.text}$` } : part));
}

/** Blanks at its ends stand between it and a formula. */
function escapeProse(prose: string): string {
  const [before = ""] = /^\s*/.exec(prose)!;
  const [after = ""] = /\s*$/.exec(prose.slice(before.length))!;
  return before + escapePlainText(toPlainText(prose)) + after;
}

/** As TeX counts them, passing over "\\{", and as BibTeX does, which knows no backslash. */
function bracesBalance(text: string): boolean {
  const endsInBackslash = /(?<!\\)(?:\\\\)*\\$/.test(text);
  return !endsInBackslash && isBalanced(text) && isBalanced(text.replace(/\\./gs, ""));
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function writeAccents(text: string): string {
  return text
    .normalize("NFC")
    .replace(
      /[\u00c0-\u024f\u1e00-\u1eff\u2010-\u201f]/g,
      (character) => letters[character] ?? accented(character),
    );
}

/** "é" -> "{\'e}"; a letter with a mark TeX has no accent for, or with several, stays. */
function accented(character: string): string {
  const [base, mark, ...more] = character.normalize("NFD");
  const accent = mark === undefined ? undefined : accents[mark];
  if (accent === undefined || more.length > 0) return character;
  // The dot of i and j gives way to the accent.
  const letter = base === "i" ? "\\i" : base === "j" ? "\\j" : base!;
  return /[a-zA-Z]/.test(accent) || letter.length > 1 ? `{\\${accent}{${letter}}}` : `{\\${accent}${letter}}`;
}
