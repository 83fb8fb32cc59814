// The state of reading TeX: where we are, what is written, which frames are open; and the few moves every reader makes.
import { closeFrame, type Frame, type FrameKind } from "./tex-frames.ts";

export interface Reader {
  text: string;
  position: number;
  /** Finished pieces; frames remember where theirs begin. */
  out: string[];
  frames: Frame[];
  /** End of the mathematics being read; -1 outside. */
  mathEnd: number;
  /** Characters to pass over at mathEnd ($ or $$). */
  mathCloser: number;
  /** Frames that were open where the mathematics began. */
  mathBase: number;
  /** The text shows signs of TeX, so -- and ~ mean what they mean there. */
  isTex: boolean;
  openQuotes: number;
  /** Groups beyond the depth limit, read as nothing. */
  overflow: number;
  /** The last thing written was a name ("log"), so a letter right after needs a space. */
  afterName: boolean;
  closeSingleQuoteAt: number;
  /** No \) or \] after this place was found, so none need be looked for again. */
  noCloser: Set<string>;
}

const deepest = 48;
export const letterOrDigit = /[\p{L}\p{N}]/u;

/** A reader at the beginning of a text. */
export function openReader(text: string): Reader {
  return {
    text,
    position: 0,
    out: [],
    frames: [],
    mathEnd: -1,
    mathCloser: 0,
    mathBase: 0,
    isTex: text.includes("\\") || text.includes("``") || /\$[^$]{1,200}\$/.test(text),
    openQuotes: 0,
    overflow: 0,
    afterName: false,
    closeSingleQuoteAt: -1,
    noCloser: new Set(),
  };
}

/** Writes an atom and moves on. */
export function emit(reader: Reader, written: string, consumed = written.length): boolean {
  if (reader.afterName && letterOrDigit.test(written.charAt(0))) reader.out.push(" ");
  reader.afterName = false;
  if (written !== "") reader.out.push(written);
  reader.position += consumed;
  return true;
}

/** Writes a space, unless a frame waits for its atom: x^ 2. */
export function space(reader: Reader, consumed: number): boolean {
  reader.position += consumed;
  if (reader.frames.at(-1)?.single) return false;
  reader.afterName = false;
  reader.out.push(" ");
  return false;
}

/** A macro we do not know, or a function: its name, kept apart from the letters around it. */
export function emitName(reader: Reader, name: string, consumed: number): boolean {
  const last = reader.out.at(-1) ?? "";
  const startsArgument = reader.frames.at(-1)?.start === reader.out.length;
  if (!startsArgument && letterOrDigit.test(last.slice(-1))) reader.out.push(" ");
  reader.afterName = false;
  emit(reader, name, consumed);
  reader.afterName = true;
  return true;
}

/** Moves on without a word. */
export function skip(reader: Reader, consumed: number): boolean {
  reader.position += consumed;
  return false;
}

/** Opens a frame; beyond the depth limit a group is read through as if it were not there. */
export function pushFrame(reader: Reader, kind: FrameKind, single: boolean, mark = ""): boolean {
  if (reader.frames.length < deepest) {
    reader.frames.push({ kind, single, mark, start: reader.out.length });
  } else if (!single) reader.overflow += 1;
  return false;
}

/** Closes the innermost frame; false when it continues (the lower half of a fraction). */
export function popFrame(reader: Reader, ended = false): boolean {
  const frame = reader.frames.pop();
  if (frame === undefined) return false;
  const content = reader.out.splice(frame.start).join("");
  const written = closeFrame(frame, content, ended);
  if (written !== "") reader.out.push(written);
  return frame.kind === "numerator" ? pushFrame(reader, "denominator", true) : true;
}

/** Enters mathematics that ends at `end`. */
export function beginMathematics(reader: Reader, start: number, end: number, closer: number): void {
  reader.position = start;
  reader.mathEnd = end;
  reader.mathCloser = closer;
  reader.mathBase = reader.frames.length;
  reader.afterName = false;
}

/** Leaves mathematics, closing what it left open. */
export function closeMathematics(reader: Reader): void {
  while (reader.frames.length > reader.mathBase) popFrame(reader);
  // A raw argument (an address) may have run past the end.
  reader.position = Math.max(reader.position, reader.mathEnd + reader.mathCloser);
  reader.mathEnd = -1;
  reader.overflow = 0;
  reader.afterName = false;
  settle(reader, true);
}

/** After an atom, frames that wait for one atom (an accent, x^2) are complete. */
export function settle(reader: Reader, atomDone: boolean): void {
  let done = atomDone;
  while (done && reader.frames.at(-1)?.single) done = popFrame(reader);
}
