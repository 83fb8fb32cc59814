// What one written unit stands for: its folded and stemmed words, and the other spellings beside them.
import { foldWidth, foldWord } from "./fold.ts";
import { stemWord } from "./porter2.ts";

/** A unit as written ("token-level", "LongBench", "A²ATS") and what it is indexed as. */
export interface Unit {
  raw: string;
  /** Positions it takes: one a stem. */
  count: number;
  /** Stems in order. */
  stems: readonly string[];
  /** Where each stem's writing begins and ends within the unit (UTF-16 units). */
  starts: readonly number[];
  ends: readonly number[];
  /** Other spellings, at the position of the stem of index `at`: the joined form and the parts of CamelCase. */
  extras: readonly Extra[];
}

export interface Extra {
  kind: "joined" | "part";
  stem: string;
  at: number;
}

const maxJoinedLength = 32;
const noExtras: readonly Extra[] = [];
const simple = /^[A-Za-z]?[a-z]*$|^[A-Z]+$/;
const plain = /^(?:[A-Za-z0-9]+|\d[\d.]*\d|[A-Za-z](?:\+\+|#))$/;
const hyphens = /[-\u2010\u2011]/;

/** Gives the stems and spellings of a written unit. */
export function buildUnit(raw: string): Unit {
  if (simple.test(raw)) return wholeUnit(raw);
  const unit: GrowingUnit = { raw, count: 0, stems: [], starts: [], ends: [], extras: [] };
  const parts = hyphens.test(raw) ? raw.split(hyphens) : [raw];
  const folded: string[] = [];
  let start = 0;
  for (const part of parts) {
    const words = part !== "" && simple.test(part) ? [part.toLowerCase()] : readPart(part, unit);
    for (const word of words) addStem(unit, stemTerm(word), start, start + part.length);
    folded.push(...words);
    start += part.length + 1;
  }
  const joined = folded.join("");
  if (parts.length === 2 && folded.length === 2 && isWord(joined)) {
    unit.extras.push({ kind: "joined", stem: stemTerm(joined), at: 0 });
  }
  unit.count = unit.stems.length;
  return unit;
}

interface GrowingUnit extends Unit {
  stems: string[];
  starts: number[];
  ends: number[];
  extras: Extra[];
}

/** The words of what stands between hyphens, folded; adds those of a CamelCase one to the extras. */
function readPart(part: string, { stems, extras }: GrowingUnit): string[] {
  const bare = bareWord(part);
  for (const stem of camelStems(bare)) extras.push({ kind: "part", stem, at: stems.length });
  return plain.test(bare) ? [bare.toLowerCase()] : foldWord(bare);
}

/** Shared by all units that are one word: a hundred thousand are remembered. */
const wholeStarts: readonly number[] = [0];
const wholeEnds: (readonly number[])[] = [];

/** Most units are one plain word. */
function wholeUnit(raw: string): Unit {
  const { length } = raw;
  wholeEnds[length] ??= [length];
  const stems = [stemTerm(raw.toLowerCase())];
  return { raw, count: 1, stems, starts: wholeStarts, ends: wholeEnds[length], extras: noExtras };
}

function addStem(unit: GrowingUnit, stem: string, start: number, end: number): void {
  unit.stems.push(stem);
  unit.starts.push(start);
  unit.ends.push(end);
}

function isWord(joined: string): boolean {
  return joined.length <= maxJoinedLength && !/^[\d.]+$/.test(joined);
}

/** Porter2 keeps the s of words without a vowel; acronyms in the plural ("llms", "cnns") lose it here. */
export function stemTerm(word: string): string {
  return stemWord(
    word.endsWith("s") && /^[b-df-hj-np-tv-xz]{3,}s$/.test(word) && !word.endsWith("ss")
      ? word.slice(0, -1)
      : word,
  );
}

/** Without the possessive and the plural of an acronym. */
function bareWord(part: string): string {
  const whole = /['’]/.test(part) ? part.replace(/['’]s$/i, "").replace(/['’]/g, "") : part;
  return whole.endsWith("s") ? whole.replace(/^([A-Z]{2,})s$/, "$1") : whole;
}

/** The words of a CamelCase one: "LongBench" → long, bench; "BERTScore" → bert, score. Not "NeRF", "LLMs", "iPhone". */
function camelStems(word: string): string[] {
  if (!/[a-z][A-Z]|[A-Z]{2}[a-z]/.test(word)) return [];
  const parts = foldWidth(word).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const long = parts.filter((candidate) => candidate.length >= 3).length;
  if (parts.length < 2 || long === 0 || parts.some((candidate) => candidate.length < 2)) return [];
  return parts.map((candidate) => stemTerm(candidate.toLowerCase()));
}
