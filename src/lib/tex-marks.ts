// TeX's typing habits outside mathematics: ``quotes'', -- dashes, ties.
import { emit, letterOrDigit, type Reader, space } from "./tex-reader.ts";

const singleQuoted = /`(?:[^`']|'(?=\p{L})){1,200}'(?!\p{L})/uy;

/** ``double'' and `single' quotes; an apostrophe and a code span's backtick stay. */
export function readQuote(reader: Reader, character: string): boolean {
  const { text, position } = reader;
  if (text.startsWith("``", position)) {
    reader.openQuotes += 1;
    return emit(reader, "“", 2);
  }
  if (reader.openQuotes > 0 && text.startsWith("''", position)) {
    reader.openQuotes -= 1;
    return emit(reader, "”", 2);
  }
  if (position === reader.closeSingleQuoteAt) return emit(reader, "’", 1);
  if (character === "`" && !letterOrDigit.test(text.charAt(position - 1))) {
    singleQuoted.lastIndex = position;
    const found = singleQuoted.exec(text);
    if (found !== null) {
      reader.closeSingleQuoteAt = position + found[0].length - 1;
      return emit(reader, "‘", 1);
    }
  }
  return emit(reader, character, 1);
}

/** -- and --- are dashes, except where they begin a command's option. */
export function readDashes(reader: Reader): boolean {
  const { text, position } = reader;
  if (!text.startsWith("--", position)) return emit(reader, "-", 1);
  const length = text.startsWith("---", position) ? 3 : 2;
  const isOption =
    (position === 0 || /\s/.test(text.charAt(position - 1))) && /[a-z]/i.test(text.charAt(position + length));
  if (isOption) return emit(reader, "-".repeat(length));
  return emit(reader, length === 3 ? "—" : "–", length);
}

/** A tie between words is a space; before a number it is "about". */
export function readTie(reader: Reader, inMath: boolean): boolean {
  const before = reader.text.charAt(reader.position - 1);
  const after = reader.text.charAt(reader.position + 1);
  const isTie = inMath || (reader.isTex && /[\p{L}.)\]]/u.test(before) && /[\p{L}\p{N}$\\(]/u.test(after));
  return isTie ? space(reader, 1) : emit(reader, "~", 1);
}
