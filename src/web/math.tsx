// Shows titles and abstracts: plain text escaped by JSX, formulas as MathML.
import { raw } from "hono/html";
import { type Piece, splitRichText, type TextAsGiven } from "./rich-text.ts";

/** A text as given, with its formulas set as mathematics. */
export function RichText(text: TextAsGiven) {
  return <>{splitRichText(text).map(renderPiece)}</>;
}

export function renderPiece(piece: Piece) {
  return "mathml" in piece ? raw(piece.mathml) : piece.text;
}
