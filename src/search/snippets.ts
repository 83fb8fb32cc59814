// Pieces of text for results, with the words that matched marked as values, never as HTML.
import { forEachHolder, forEachUnit } from "./analyzer.ts";

export interface TextPart {
  text: string;
  /** True for a word that matched. */
  hit: boolean;
}

export interface SnippetOptions {
  /** Length aimed at, in UTF-16 units; default 240. */
  length?: number;
}

/** Place of a matching word in the text. */
interface Match {
  start: number;
  end: number;
  stem: string;
}

const defaultLength = 240;
const ellipsis = "… ";

/** The whole text in parts, matching words marked. Joined, the parts are the text. */
export function highlight(text: string, stems: readonly string[]): TextPart[] {
  return cut(text, findMatches(text, stems), 0, text.length);
}

/** The whole text in parts, with each phrase marked where its stems follow one another; at one place the longest counts. */
export function highlightPhrases(text: string, phrases: readonly (readonly string[])[]): TextPart[] {
  const places: Match[] = [];
  forEachUnit(text, (unit, start) => {
    unit.stems.forEach((stem, i) => {
      places.push({ start: start + unit.starts[i]!, end: start + unit.ends[i]!, stem });
    });
  });
  const longestFirst = phrases.toSorted((a, b) => b.length - a.length);
  const matches: Match[] = [];
  for (let at = 0; at < places.length; at++) {
    const phrase = longestFirst.find((stems) => isAt(places, at, stems));
    if (!phrase || places[at]!.start < (matches.at(-1)?.end ?? 0)) continue;
    const last = places[at + phrase.length - 1]!;
    matches.push({ start: places[at]!.start, end: last.end, stem: last.stem });
    at += phrase.length - 1;
  }
  return cut(text, matches, 0, text.length);
}

function isAt(places: readonly Match[], at: number, stems: readonly string[]): boolean {
  return stems.length > 0 && stems.every((stem, i) => places[at + i]?.stem === stem);
}

/** The stretch of the text that holds most of the different stems, marked; whole words, "…" where something is left out. */
export function makeSnippet(
  text: string,
  stems: readonly string[],
  options: SnippetOptions = {},
): TextPart[] {
  const length = options.length ?? defaultLength;
  const matches = findMatches(text, stems);
  if (text.length <= length) return cut(text, matches, 0, text.length);
  const start = bestStart(text, matches, length);
  const end = wordEnd(text, Math.min(text.length, start + length));
  const parts = cut(text, matches, start, end);
  if (start > 0) parts.unshift({ text: ellipsis, hit: false });
  if (end < text.length) parts.push({ text: ` ${ellipsis.trim()}`, hit: false });
  return parts;
}

function findMatches(text: string, stems: readonly string[]): Match[] {
  const wanted = new Set(stems);
  const matches: Match[] = [];
  forEachHolder(text, wanted, (unit, start, end) => {
    const extra = unit.extras.find((candidate) => wanted.has(candidate.stem));
    if (extra && !unit.stems.some((stem) => wanted.has(stem))) matches.push({ start, end, stem: extra.stem });
    else {
      unit.stems.forEach((stem, i) => {
        const place = { start: start + unit.starts[i]!, end: start + unit.ends[i]!, stem };
        if (wanted.has(stem) && place.start >= (matches.at(-1)?.end ?? 0)) matches.push(place);
      });
    }
  });
  return matches;
}

/** Where the window begins that holds the most different stems, then the most matches; early ones win. */
function bestStart(text: string, matches: readonly Match[], length: number): number {
  let best = { start: 0, worth: 0 };
  const inside = new Map<string, number>();
  let last = 0;
  for (const [first, match] of matches.entries()) {
    for (; last < matches.length && matches[last]!.end <= match.start + length; last++) {
      inside.set(matches[last]!.stem, (inside.get(matches[last]!.stem) ?? 0) + 1);
    }
    const worth = inside.size * 1_000 + (last - first);
    if (worth > best.worth) best = { start: match.start, worth };
    const left = inside.get(match.stem)! - 1;
    if (left > 0) inside.set(match.stem, left);
    else inside.delete(match.stem);
  }
  return sentenceStart(text, best.start, length);
}

/** Steps back to the beginning of the sentence when it is near, else by a few words. */
function sentenceStart(text: string, at: number, length: number): number {
  const reach = Math.floor(length / 3);
  const from = Math.max(0, at - reach);
  if (from === 0) return 0;
  const before = text.slice(from, at);
  const sentence = Math.max(before.lastIndexOf(". "), before.lastIndexOf("? "), before.lastIndexOf("! "));
  if (sentence >= 0) return from + sentence + 2;
  const word = before.indexOf(" ", Math.floor(reach / 2));
  return word >= 0 ? from + word + 1 : at;
}

/** The end of the last whole word before `end`. */
function wordEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const space = text.lastIndexOf(" ", end);
  return space > end - 40 ? space : end - (isLowSurrogate(text, end) ? 1 : 0);
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

function cut(text: string, matches: readonly Match[], start: number, end: number): TextPart[] {
  const parts: TextPart[] = [];
  let at = start;
  for (const match of matches) {
    if (match.start < at || match.end > end) continue;
    if (match.start > at) parts.push({ text: text.slice(at, match.start), hit: false });
    parts.push({ text: text.slice(match.start, match.end), hit: true });
    at = match.end;
  }
  if (at < end) parts.push({ text: text.slice(at, end), hit: false });
  return parts;
}
