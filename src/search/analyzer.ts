// From clean text to index terms: where words begin and end, how they are folded and stemmed, and which other spellings
// stand beside them. Text and queries pass through the same functions, so that they meet.
import { foldWidth, foldWord } from "./fold.ts";
import { stemWord } from "./porter2.ts";

/** Part of the index files: another number means that the index must be built anew. */
export const analysisVersion = 1;

/** What one written unit ("token-level", "LongBench", "A²ATS") stands for. */
export interface Unit {
  /** Stems in order; each takes one position. */
  stems: string[];
  /** Where each stem's writing begins and ends within the unit (UTF-16 units). */
  starts: number[];
  ends: number[];
  /** Other spellings, at the position of the stem of index `at`: the joined form and the parts of CamelCase. */
  extras: Extra[];
}

export interface Extra {
  kind: "joined" | "part";
  stem: string;
  at: number;
}

export type UnitVisitor = (unit: Unit, start: number, end: number) => void;

/** Longer written units are cut; the rest of such a run is not looked at. */
const maxUnitLength = 64;
const maxJoinedLength = 32;
const maxCachedUnits = 200_000;
const cache = new Map<string, Unit>();

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

const hyphens = /[-\u2010\u2011]/;
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
    const unit = analyseUnit(text.slice(i, Math.min(end, i + maxUnitLength)));
    visit(unit, i, end);
    seen += unit.stems.length;
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

/** Gives the stems and spellings of a written unit; remembers them. */
export function analyseUnit(raw: string): Unit {
  const known = cache.get(raw);
  if (known) return known;
  if (cache.size >= maxCachedUnits) cache.clear();
  const unit = buildUnit(raw);
  // A slice would keep its whole text alive as long as the cache lives; a copy does not.
  cache.set(Buffer.from(raw, "utf16le").toString("utf16le"), unit);
  return unit;
}

function buildUnit(raw: string): Unit {
  const unit: Unit = { stems: [], starts: [], ends: [], extras: [] };
  const parts = raw.split(hyphens);
  let start = 0;
  const folded: string[] = [];
  for (const part of parts) {
    folded.push(...addPart(unit, part, start));
    start += part.length + 1;
  }
  const joined = folded.join("");
  if (
    parts.length === 2 &&
    folded.length === 2 &&
    joined.length <= maxJoinedLength &&
    !/^[\d.]+$/.test(joined)
  ) {
    unit.extras.push({ kind: "joined", stem: stemTerm(joined), at: 0 });
  }
  return unit;
}

/** Adds what stands between hyphens; returns its folded words, unstemmed. */
function addPart(unit: Unit, part: string, start: number): string[] {
  const bare = part
    .replace(/['’]s$/i, "")
    .replace(/['’]/g, "")
    .replace(/^([A-Z]{2,})s$/, "$1");
  const words = foldPart(bare);
  for (const word of camelParts(bare)) {
    unit.extras.push({ kind: "part", stem: stemTerm(word), at: unit.stems.length });
  }
  for (const word of words) {
    unit.stems.push(stemTerm(word));
    unit.starts.push(start);
    unit.ends.push(start + part.length);
  }
  return words;
}

/** Porter2 keeps the s of words without a vowel; acronyms in the plural ("llms", "cnns") lose it here. */
function stemTerm(word: string): string {
  return stemWord(/^[b-df-hj-np-tv-xz]{3,}s$/.test(word) && !word.endsWith("ss") ? word.slice(0, -1) : word);
}

function foldPart(part: string): string[] {
  if (/^(?:[A-Za-z0-9]+|\d[\d.]*\d|[A-Za-z](?:\+\+|#))$/.test(part)) return [part.toLowerCase()];
  return foldWord(part);
}

/** The words of a CamelCase one: "LongBench" → long, bench; "BERTScore" → bert, score. Not "NeRF", "LLMs", "iPhone". */
function camelParts(word: string): string[] {
  if (!/[a-z][A-Z]|[A-Z]{2}[a-z]/.test(word) || /^[A-Z]+s$/.test(word)) return [];
  const parts = foldWidth(word).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const long = parts.filter((part) => part.length >= 3).length;
  if (parts.length < 2 || long === 0 || parts.some((part) => part.length < 2)) return [];
  return parts.map((part) => part.toLowerCase());
}

/** The stems of a text in order, other spellings left out. */
export function listStems(text: string): string[] {
  const stems: string[] = [];
  forEachUnit(text, (unit) => stems.push(...unit.stems));
  return stems;
}
