// TeX's macros, read: symbols, accents, fonts, fractions, links; an unknown one leaves its name.

import type { FrameKind } from "./tex-frames.ts";
import { accents, dropped, silent, spaces, symbols } from "./tex-macros.ts";
import {
  beginMathematics,
  emit,
  emitName,
  letterOrDigit,
  pushFrame,
  type Reader,
  skip,
  space,
} from "./tex-reader.ts";

const macroName = /[A-Za-z]+/y;
const rawArgument = /\s*\{([^{}]{0,2000})\}/y;
const bracketArgument = /\[[^[\]]{0,200}\]/y;

/** Reads the macro at the reader's position; true when it was an atom. */
export function readMacro(reader: Reader): boolean {
  macroName.lastIndex = reader.position + 1;
  const name = macroName.exec(reader.text)?.[0];
  return name === undefined ? readControlSymbol(reader) : readNamedMacro(reader, name, name.length + 1);
}

function readControlSymbol(reader: Reader): boolean {
  const character = reader.text.charAt(reader.position + 1);
  const inMath = reader.mathEnd !== -1;
  if ((character === "(" || character === "[") && !inMath) return readDelimited(reader, character);
  if (character === "" || /[()[\]]/.test(character))
    return emit(reader, inMath ? "" : `\\${character}`, 1 + character.length);
  if (/[,;:!\s\\>]/.test(character)) return character === "!" ? skip(reader, 2) : space(reader, 2);
  if (/[/@-]/.test(character)) return skip(reader, 2);
  const mark = inMath ? undefined : accents.get(character);
  if (mark !== undefined) return readAccent(reader, mark, 2);
  if (character === "|") return emit(reader, "‖", 2);
  return emit(reader, character, 2);
}

/** \( … \) and \[ … \]; without its closer the opener is text. */
function readDelimited(reader: Reader, opener: "(" | "["): boolean {
  const closer = opener === "(" ? "\\)" : "\\]";
  const end = reader.noCloser.has(closer) ? -1 : reader.text.indexOf(closer, reader.position + 2);
  if (end === -1) {
    reader.noCloser.add(closer);
    return emit(reader, opener, 2);
  }
  beginMathematics(reader, reader.position + 2, end, 2);
  return false;
}

/** don\'t and \"quoted\" are escapes of a careless export, not accents: nothing there takes the mark. */
function readAccent(reader: Reader, mark: string, consumed: number): boolean {
  const next = reader.text.charAt(reader.position + consumed);
  const takesMark =
    next === "{" ||
    next === "\\" ||
    (letterOrDigit.test(next) && (next + mark).normalize("NFC").length === 1);
  if (consumed === 2 && !takesMark) {
    return emit(reader, reader.text.charAt(reader.position + 1), 2);
  }
  reader.position += consumed;
  return pushFrame(reader, "accent", true, mark);
}

function readNamedMacro(reader: Reader, name: string, consumed: number): boolean {
  const inMath = reader.mathEnd !== -1;
  const symbol = symbols.get(name);
  if (symbol !== undefined) return readSymbol(reader, symbol, consumed, inMath);
  const mark = accents.get(name);
  if (mark !== undefined && (name.length > 1 || takesArgument(reader, consumed)))
    return readAccent(reader, mark, consumed);
  if (name === "frac" || name === "tfrac" || name === "dfrac" || name === "nicefrac")
    return open(reader, "numerator", consumed);
  if (name === "sqrt") return open(reader, "root", consumed);
  if (name === "mathbb" || name === "mathds") return open(reader, "blackboard", consumed);
  if (name === "textsuperscript") return open(reader, "superscript", consumed);
  if (name === "textsubscript") return open(reader, "subscript", consumed);
  if (name === "footnote") return open(reader, "footnote", consumed);
  if (name === "not") return open(reader, "negation", consumed);
  if (name === "href") return readAddress(reader, consumed, true);
  if (name === "url" || name === "nolinkurl") return readAddress(reader, consumed, false);
  if (silent.has(name)) return readSilent(reader, consumed);
  if (spaces.has(name)) return space(reader, consumed);
  if (dropped.has(name)) return dropArgument(reader, consumed);
  emitName(reader, withoutGluedFont(name), consumed);
  return reader.text.charAt(reader.position) === "{" ? openArgument(reader) : true;
}

/** An export that lost its braces left "\emphn" and "\textitmonotone". */
function withoutGluedFont(name: string): string {
  return name.replace(/^(?:emph|text(?:bf|it|tt|sc|rm|sf)|math(?:cal|bf|bb|rm|sf))(?=.)/, "");
}

function open(reader: Reader, kind: FrameKind, consumed: number): boolean {
  reader.position += consumed;
  return pushFrame(reader, kind, true);
}

function openArgument(reader: Reader): boolean {
  reader.position += 1;
  return pushFrame(reader, "group", false);
}

/** \v{c}, \v c: but "\v" before anything else is a name. */
function takesArgument(reader: Reader, consumed: number): boolean {
  return /[\s{\\]/.test(reader.text.charAt(reader.position + consumed));
}

/** TeX swallows the space after a macro; we keep it where people meant it: in text, and in "x \in X". */
function readSymbol(reader: Reader, symbol: string, consumed: number, inMath: boolean): boolean {
  const { text } = reader;
  const spaceBefore = text.charAt(reader.position - 1) === " ";
  emit(reader, symbol, consumed);
  let end = reader.position;
  while (text.charAt(end) === " ") end += 1;
  const swallows =
    inMath && (letterOrDigit.test(symbol) ? letterOrDigit.test(text.charAt(end)) : !spaceBefore);
  if (text.startsWith("{}", reader.position)) reader.position += 2;
  else if (swallows) reader.position = end;
  return true;
}

/** The argument of \emph and its like is read as a group; a switch ({\it …}) swallows the space after it. */
function readSilent(reader: Reader, consumed: number): boolean {
  const { text } = reader;
  reader.position += consumed + starLength(text, reader.position + consumed);
  while (text.charAt(reader.position) === " ") reader.position += 1;
  if (text.charAt(reader.position) !== "{") return false;
  return openArgument(reader);
}

/** The * of \operatorname* and \hspace*. */
function starLength(text: string, position: number): number {
  return text.charAt(position) === "*" ? 1 : 0;
}

/** \cite[p. 3]{key} goes; of \textcolor{red}{text} the text stays. */
function dropArgument(reader: Reader, consumed: number): boolean {
  reader.position += consumed + starLength(reader.text, reader.position + consumed);
  bracketArgument.lastIndex = reader.position;
  if (bracketArgument.test(reader.text)) reader.position = bracketArgument.lastIndex;
  rawArgument.lastIndex = reader.position;
  if (rawArgument.test(reader.text)) reader.position = rawArgument.lastIndex;
  return reader.text.charAt(reader.position) === "{" ? openArgument(reader) : false;
}

/** Addresses are read raw: their _ % ~ are no TeX. */
function readAddress(reader: Reader, consumed: number, hasText: boolean): boolean {
  rawArgument.lastIndex = reader.position + consumed;
  const found = rawArgument.exec(reader.text);
  if (found === null) return emitName(reader, "", consumed);
  const address = (found[1] ?? "").trim().replace(/\\([_%~#&])/g, "$1");
  reader.position = rawArgument.lastIndex;
  if (hasText) return pushFrame(reader, "address-text", true, address);
  return emit(reader, address, 0);
}
