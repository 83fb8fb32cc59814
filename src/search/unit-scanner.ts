// Where written units begin and end in a text, and which they are: the loop that every character of every text passes.
import { emptyHash, mixHash, mostUnits, UnitTable } from "./unit-table.ts";

/** Longer written units are cut; the rest of such a run is not looked at. */
const maxUnitLength = 64;
/** Every unit met lately. */
export const knownUnits = new UnitTable();

/** Kinds of characters. Those that make words are below the others. */
const letter = 1;
const digit = 2;
/** Not looked at yet; taken for a letter until it was. */
const unmet = 4;
const leastMark = 8;
const hyphenOrApostrophe = 8;
const point = 16;
const other = 32;
/** By UTF-16 unit. */
const kinds = new Uint8Array(65_536).fill(unmet);
// What ends a text must be known from the start: reading on behind it would make the loop slow for good.
kinds[0] = other;
// Plain letters are told without looking them up.
kinds.fill(letter, 0x41, 0x5b).fill(letter, 0x61, 0x7b);

/** From a to z, small or capital. */
function isPlainLetter(code: number): boolean {
  return ((code | 32) - 0x61) >>> 0 < 26;
}

function kindOf(code: number): number {
  if (kinds[code] === unmet) kinds[code] = classify(code);
  return kinds[code]!;
}

/** Surrogates count as letters and are judged when their unit is folded. */
function classify(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return letter;
  const character = String.fromCharCode(code);
  if (/\p{Nd}/u.test(character)) return digit;
  if (/[\p{L}\p{M}\p{N}]/u.test(character)) return letter;
  if (/[-\u2010\u2011'’]/.test(character)) return hyphenOrApostrophe;
  return character === "." ? point : other;
}

/** Units side by side: their numbers in `knownUnits`, and where they begin and end in their text. */
export class UnitList {
  length = 0;
  numbers: Int32Array = new Int32Array(1024);
  starts: Int32Array = new Int32Array(1024);
  ends: Int32Array = new Int32Array(1024);

  grow(): void {
    this.numbers = doubled(this.numbers);
    this.starts = doubled(this.starts);
    this.ends = doubled(this.ends);
  }
}

function doubled(numbers: Int32Array): Int32Array {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/**
 * Adds the units of the text in order to the list; stops when it has seen `maxStems` stems, of which it returns the number.
 * Linear in the text. A list is no longer than the units that are remembered: units may stand for no stem. The numbers are valid until `knownUnits` is tidied.
 */
export function scanUnits(text: string, into: UnitList, maxStems = Number.POSITIVE_INFINITY): number {
  const { length } = text;
  const codes = writeOut(text);
  let seen = 0;
  for (let at = 0; at < length && seen < maxStems && into.length < mostUnits; ) {
    if (kinds[codes[at]!]! >= leastMark) {
      at++;
      continue;
    }
    let code = codes[at]!;
    let end = at;
    let hash = emptyHash;
    let met = 0;
    do {
      do {
        met |= kinds[code]!;
        do {
          hash = mixHash(hash, code);
          code = codes[++end]!;
        } while (isPlainLetter(code));
      } while (kinds[code]! < leastMark);
    } while (joins(codes, end));
    if ((met & unmet) !== 0) {
      // Characters seen for the first time: what they are is found out, and the unit looked at again.
      for (let i = at; i < end; i++) kindOf(codes[i]!);
      continue;
    }
    if (end === at + 1) {
      const signs = signLength(codes, end);
      for (let i = 0; i < signs; i++) hash = mixHash(hash, codes[end + i]!);
      end += signs;
    }
    const cut = end - at > maxUnitLength ? at + maxUnitLength : end;
    if (cut < end) hash = hashOf(codes, at, cut);
    const number = knownUnits.find(codes, at, cut, hash);
    seen += knownUnits.countAt(number);
    if (into.length === into.numbers.length) into.grow();
    into.numbers[into.length] = number;
    into.starts[into.length] = at;
    into.ends[into.length++] = end;
    at = end;
  }
  return seen;
}

const zerosBehind = 4;
const ordinaryLength = 16_384;
const maxKeptLength = 1 << 20;
let sheet = new Uint16Array(ordinaryLength);
let sheetBytes = Buffer.from(sheet.buffer);

/** The characters of a text, with a few zeros behind them: an array is read several times faster than a string. */
function writeOut(text: string): Uint16Array {
  const least = text.length + zerosBehind;
  if (sheet.length < least || sheet.length > maxKeptLength) {
    sheet = new Uint16Array(Math.max(ordinaryLength, least));
    sheetBytes = Buffer.from(sheet.buffer);
  }
  sheetBytes.write(text, 0, "utf16le");
  sheet.fill(0, text.length, least);
  return sheet;
}

/** Whether a mark behind a word holds together what stands around it: a hyphen or apostrophe anything, a point digits. */
function joins(codes: Uint16Array, at: number): boolean {
  const kind = kinds[codes[at]!]!;
  if (kind === other) return false; // nearly always
  const after = kindOf(codes[at + 1]!);
  return kind === point ? after === digit && kindOf(codes[at - 1]!) === digit : after < leastMark;
}

/** The "++" of C++, the "#" of C#, after a single letter. */
function signLength(codes: Uint16Array, at: number): number {
  if (kinds[codes[at - 1]!] !== letter) return 0;
  if (codes[at] === 0x2b && codes[at + 1] === 0x2b) return 2;
  return codes[at] === 0x23 ? 1 : 0;
}

function hashOf(codes: Uint16Array, start: number, end: number): number {
  let hash = emptyHash;
  for (let i = start; i < end; i++) hash = mixHash(hash, codes[i]!);
  return hash;
}
