// TeX as it occurs in titles, abstracts and names, turned into plain text in one linear pass. Never a full TeX: what it
// does not know keeps its name, so that a reader can still make it out. Depth and look-ahead are bounded.
import { toSuperscript } from "./scripts.ts";
import { readMacro } from "./tex-commands.ts";
import { openMathematics } from "./tex-dollars.ts";
import { readDashes, readQuote, readTie } from "./tex-marks.ts";
import {
  beginMathematics,
  closeMathematics,
  emit,
  openReader,
  popFrame,
  pushFrame,
  type Reader,
  settle,
  space,
} from "./tex-reader.ts";

const trigger = /[\\$^`]|_\{/;
const ordinary = /[^\\${}^_`'\-~&\s]+/y;
const whiteSpace = /\s/;
const prose = /[^\\${}^_`'\-~&]+/y;
const otherWhiteSpace = /[^\S ]/g;
const plainScript = /[+-]?\d+|[+-]/y;

/** Gives the text without TeX: "$A^2$ATS" → "A²ATS", "H\"{o}lder" → "Hölder". Text without TeX comes back as it is. */
export function texToText(text: string): string {
  if (!trigger.test(text)) return text;
  const reader = openReader(text);
  while (reader.position < text.length) {
    if (reader.mathEnd !== -1 && reader.position >= reader.mathEnd) closeMathematics(reader);
    else settle(reader, step(reader));
  }
  while (reader.frames.length > 0) popFrame(reader, true);
  return reader.out.join("");
}

/** Reads one thing; true when it was an atom (not space, not the beginning of something). */
function step(reader: Reader): boolean {
  const { text, position } = reader;
  const inMath = reader.mathEnd !== -1;
  const character = text.charAt(position);
  const waiting = reader.frames.at(-1)?.single === true;
  switch (character) {
    case "\\":
      return readMacro(reader);
    case "$":
      return inMath ? emit(reader, "$", 1) : readDollar(reader);
    case "{":
      return openBrace(reader, inMath, waiting);
    case "}":
      return closeBrace(reader, inMath);
    case "^":
    case "_":
      return readScript(reader, character, inMath);
    case "`":
    case "'":
      return inMath ? emit(reader, character, 1) : readQuote(reader, character);
    case "-":
      return inMath || !reader.isTex ? emit(reader, "-", 1) : readDashes(reader);
    case "~":
      return readTie(reader, inMath);
    case "&":
      return inMath ? space(reader, 1) : emit(reader, "&", 1);
  }
  if (!inMath && reader.frames.length === 0) return readProse(reader);
  if (whiteSpace.test(character)) return space(reader, 1);
  if (waiting) return emit(reader, String.fromCodePoint(text.codePointAt(position) ?? 0));
  ordinary.lastIndex = position;
  const run = ordinary.exec(text)?.[0] ?? character;
  return emit(reader, inMath ? run.slice(0, Math.max(1, reader.mathEnd - position)) : run);
}

/** Words and the white space between them, up to the next sign that may mean something: most of any text. */
function readProse(reader: Reader): boolean {
  prose.lastIndex = reader.position;
  const run = prose.exec(reader.text)![0];
  return emit(reader, run.replace(otherWhiteSpace, " "));
}

function readDollar(reader: Reader): boolean {
  const found = openMathematics(reader.text, reader.position);
  if (found === null) return emit(reader, "$", 1);
  beginMathematics(reader, found.start, found.end, found.closer);
  return false;
}

/** Braces group after a macro, before one and in mathematics; elsewhere they are text ("{1, 2}"). */
function openBrace(reader: Reader, inMath: boolean, waiting: boolean): boolean {
  const inGroup = reader.frames.at(-1)?.kind === "group";
  const groups = inMath || waiting || inGroup || reader.text.charAt(reader.position + 1) === "\\";
  reader.position += 1;
  return pushFrame(reader, groups ? "group" : "literal", false);
}

function closeBrace(reader: Reader, inMath: boolean): boolean {
  if (reader.overflow > 0) {
    reader.overflow -= 1;
    reader.position += 1;
    return false;
  }
  while (reader.frames.length > (inMath ? reader.mathBase : 0) && reader.frames.at(-1)?.single)
    popFrame(reader);
  if (reader.frames.length <= (inMath ? reader.mathBase : 0)) {
    if (!inMath) return emit(reader, "}", 1);
    reader.position += 1;
    return false;
  }
  reader.position += 1;
  return popFrame(reader);
}

function readScript(reader: Reader, character: "^" | "_", inMath: boolean): boolean {
  const kind = character === "^" ? "superscript" : "subscript";
  const next = reader.text.charAt(reader.position + 1);
  if (inMath || next === "{") {
    reader.position += 1;
    reader.afterName = false;
    return pushFrame(reader, kind, true);
  }
  if (character === "^") {
    plainScript.lastIndex = reader.position + 1;
    const found = plainScript.exec(reader.text)?.[0];
    const written = found === undefined ? null : toSuperscript(found);
    if (found !== undefined && written !== null) return emit(reader, written, found.length + 1);
  }
  return emit(reader, character, 1);
}
