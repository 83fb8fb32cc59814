// Cuts a given title or abstract into plain text and formulas; what is no mathematics becomes plain text.
import { decodeEntities } from "../lib/entities.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { openMathematics } from "../lib/tex-dollars.ts";
import { renderFormula } from "./mathml.ts";

/** Plain text to be escaped, or MathML to be inserted as it is. */
export type Piece = { text: string } | { mathml: string; text: string };

export interface TextAsGiven {
  /** With TeX and entities. */
  given: string;
  /** Its plain text. */
  plain: string;
}

const maxFormulas = 40;
const maxTexChars = 4_000;

interface Formula {
  start: number;
  end: number;
  tex: string;
  display: boolean;
}

/** Pieces in order. Text without formulas, or with more than a page should carry, is one piece: the plain text. */
export function splitRichText({ given, plain }: TextAsGiven): Piece[] {
  const formulas = findFormulas(given);
  const texChars = formulas.reduce((sum, formula) => sum + formula.tex.length, 0);
  if (formulas.length === 0 || formulas.length > maxFormulas || texChars > maxTexChars)
    return [{ text: plain }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const formula of formulas) {
    pieces.push(...textPiece(given.slice(from, formula.start)), formulaPiece(given, formula));
    from = formula.end;
  }
  return [...pieces, ...textPiece(given.slice(from))];
}

function formulaPiece(given: string, { start, end, tex, display }: Formula): Piece {
  const source = given.slice(start, end);
  const mathml = renderFormula(decodeEntities(tex), display);
  return mathml === null ? { text: source } : { mathml, text: toPlainText(source) };
}

/** The plain text of a part, with the space at its ends that the whole text has there. */
function textPiece(part: string): Piece[] {
  const plain = toPlainText(part);
  if (plain === "") return /\s/.test(part) ? [{ text: " " }] : [];
  return [{ text: (/^\s/.test(part) ? " " : "") + plain + (/\s$/.test(part) ? " " : "") }];
}

const opening = /\\[([]|\\.|\$/gs;

function findFormulas(text: string): Formula[] {
  const formulas: Formula[] = [];
  if (!text.includes("$") && !text.includes("\\")) return formulas;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const formula = match[0] === "$" ? dollarFormula(text, match.index) : bracketFormula(text, match.index);
    if (!formula) continue;
    formulas.push(formula);
    if (formulas.length > maxFormulas) break;
    opening.lastIndex = formula.end;
  }
  return formulas;
}

function dollarFormula(text: string, position: number): Formula | null {
  const found = openMathematics(text, position);
  if (!found) return null;
  const tex = text.slice(found.start, found.end);
  return { start: position, end: found.end + found.closer, tex, display: found.closer === 2 };
}

/** \( … \) and \[ … \] */
function bracketFormula(text: string, position: number): Formula | null {
  const opener = text.charAt(position + 1);
  if (opener !== "(" && opener !== "[") return null;
  const start = position + 2;
  const length = text.slice(start, start + maxTexChars).indexOf(opener === "(" ? "\\)" : "\\]");
  if (length <= 0) return null;
  const end = start + length;
  return { start: position, end: end + 2, tex: text.slice(start, end), display: opener === "[" };
}
