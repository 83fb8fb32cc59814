// From clean text to index terms: where written units begin and end; what they stand for is in unit.ts. Text and queries
// pass through the same functions, so that they meet.
import type { Unit } from "./unit.ts";
import { UnitCache } from "./unit-cache.ts";

/** Part of the index files: another number means that the index must be built anew. */
export const analysisVersion = 1;

export type UnitVisitor = (unit: Unit, start: number, end: number) => void;

/** Longer written units are cut; the rest of such a run is not looked at. */
const maxUnitLength = 64;
const units = new UnitCache();

const other = 1;
const letter = 2;
const digit = 3;
const classes = new Uint8Array(65_536);

/** Class of a UTF-16 unit; surrogates count as letters and are judged when their unit is folded. */
function classOf(code: number): number {
  const known = classes[code]!;
  if (known !== 0) return known;
  classes[code] = classify(code);
  return classes[code]!;
}

function classify(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return letter;
  const character = String.fromCharCode(code);
  if (/\p{Nd}/u.test(character)) return digit;
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? letter : other;
}

const hyphenCodes = new Set([0x2d, 0x2010, 0x2011]);
const apostropheCodes = new Set([0x27, 0x2019]);

/** Calls `visit` for every unit of the text in order; stops when it has seen `maxStems` stems. Linear in the text. */
export function forEachUnit(text: string, visit: UnitVisitor, maxStems = Number.POSITIVE_INFINITY): void {
  let seen = 0;
  let i = 0;
  while (i < text.length && seen < maxStems) {
    if (classOf(text.charCodeAt(i)) === other) {
      i++;
      continue;
    }
    const end = endOfUnit(text, i);
    const unit = units.get(text, i, Math.min(end, i + maxUnitLength));
    visit(unit, i, end);
    seen += unit.count;
    i = end;
  }
}

/** End of the run of letters and digits that begins at `start`, with the marks inside it that hold it together. */
function endOfUnit(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (classOf(code) !== other) continue;
    if (!joins(code, text.charCodeAt(i - 1), text.charCodeAt(i + 1))) break;
  }
  return i === start + 1 ? i + signLength(text, i) : i;
}

/** A hyphen or apostrophe between letters or digits, a point between digits. `after` may be NaN. */
function joins(code: number, before: number, after: number): boolean {
  if (!(after >= 0) || classOf(after) === other || classOf(before) === other) return false;
  if (code === 0x2e) return classOf(before) === digit && classOf(after) === digit;
  return hyphenCodes.has(code) || apostropheCodes.has(code);
}

/** The "++" of C++, the "#" of C#, after a single letter. */
function signLength(text: string, at: number): number {
  if (classOf(text.charCodeAt(at - 1)) !== letter) return 0;
  if (text.startsWith("++", at)) return 2;
  return text[at] === "#" ? 1 : 0;
}

/** The stems of a text in order, other spellings left out. */
export function listStems(text: string): string[] {
  const stems: string[] = [];
  forEachUnit(text, (unit) => stems.push(...unit.stems));
  return stems;
}
