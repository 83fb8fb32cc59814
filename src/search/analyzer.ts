// From clean text to index terms: where written units begin and end; what they stand for is in unit.ts. Text and queries
// pass through the same functions, so that they meet.
import type { Unit } from "./unit.ts";
import { emptyHash, mixHash, UnitTable } from "./unit-table.ts";

/** Part of the index files: another number means that the index must be built anew. */
export const analysisVersion = 1;

export type UnitVisitor = (unit: Unit, start: number, end: number) => void;

/** Longer written units are cut; the rest of such a run is not looked at. */
const maxUnitLength = 64;
/** Every unit met lately. */
export const knownUnits = new UnitTable();

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
  forEachNumber(text, (number, start, end) => visit(knownUnits.units[number]!, start, end), maxStems);
}

export type NumberVisitor = (number: number, start: number, end: number) => void;

/** The same by the units' numbers in `knownUnits`, for whoever keeps notes on units; valid until the next text. */
export function forEachNumber(text: string, visit: NumberVisitor, maxStems = Number.POSITIVE_INFINITY): void {
  const sheet = takeSheet(text);
  const { codes } = sheet;
  const { length } = text;
  knownUnits.tidy();
  let seen = 0;
  let start = 0;
  while (start < length && seen < maxStems) {
    let code = codes[start]!;
    if (classOf(code) === other) {
      start++;
      continue;
    }
    let hash = emptyHash;
    let end = start;
    const hashed = start + maxUnitLength;
    do {
      if (end < hashed) hash = mixHash(hash, code);
      code = codes[++end]!;
    } while (classOf(code) !== other || joins(codes, end));
    if (end === start + 1) {
      const signs = signLength(codes, end);
      for (let i = 0; i < signs; i++) hash = mixHash(hash, codes[end + i]!);
      end += signs;
    }
    const number = knownUnits.find(codes, start, Math.min(end, hashed), hash);
    seen += knownUnits.counts.data[number]!;
    visit(number, start, end);
    start = end;
  }
  spare = sheet;
}

/** The characters of a text, with a few zeros behind them. */
interface Sheet {
  codes: Uint16Array;
  bytes: Buffer;
}

const zerosBehind = 4;
let spare: Sheet | null = null;

/** Writes the text out: an array is read several times faster than a string. The sheet is put back after use. */
function takeSheet(text: string): Sheet {
  const least = text.length + zerosBehind;
  let sheet = spare;
  // Whoever visits may analyse another text meanwhile.
  spare = null;
  if (!sheet || sheet.codes.length < least || sheet.codes.length > maxKeptLength) sheet = newSheet(least);
  sheet.bytes.write(text, 0, "utf16le");
  sheet.codes.fill(0, text.length, least);
  return sheet;
}

const ordinaryLength = 16_384;
const maxKeptLength = 1 << 20;

function newSheet(least: number): Sheet {
  const codes = new Uint16Array(Math.max(ordinaryLength, least));
  return { codes, bytes: Buffer.from(codes.buffer) };
}

/** Whether a mark holds together what stands around it: a hyphen or apostrophe letters or digits, a point digits. */
function joins(codes: Uint16Array, at: number): boolean {
  const code = codes[at]!;
  if (code === 0x20) return false; // nearly always
  if (code !== 0x2e && !hyphenCodes.has(code) && !apostropheCodes.has(code)) return false;
  const before = classOf(codes[at - 1]!);
  const after = classOf(codes[at + 1]!);
  return code === 0x2e ? before === digit && after === digit : before !== other && after !== other;
}

/** The "++" of C++, the "#" of C#, after a single letter. */
function signLength(codes: Uint16Array, at: number): number {
  if (classOf(codes[at - 1]!) !== letter) return 0;
  if (codes[at] === 0x2b && codes[at + 1] === 0x2b) return 2;
  return codes[at] === 0x23 ? 1 : 0;
}

/** The stems of a text in order, other spellings left out. */
export function listStems(text: string): string[] {
  const stems: string[] = [];
  forEachUnit(text, (unit) => stems.push(...unit.stems));
  return stems;
}
