// What the meaning model reads of a text: sentences of stems, the same stems as the index has, with gaps at stop words.
import { forEachUnit } from "../analyzer.ts";
import { isStopStem } from "../stop-words.ts";

/** Part of every model file: another number means that rows no longer match what texts give. */
export const tokenVersion = 1;

/** A stem, or null where a stop word stood (a pair across it is no phrase). */
export type Token = string | null;

/** Stems looked at in one text: bounds the work a hostile record can cause. */
export const mostStems = 4_000;
const sentenceEnd = /(?<=[.!?])\s+(?=[\p{Lu}\p{Nd}("“])/u;

/** The sentences of a clean text, each with at least one stem. */
export function readSentences(text: string): Token[][] {
  const sentences: Token[][] = [];
  let left = mostStems;
  for (const sentence of splitSentences(text)) {
    if (left <= 0) break;
    const tokens = readTokens(sentence, left);
    left -= tokens.length;
    if (tokens.some((token) => token !== null)) sentences.push(tokens);
  }
  return sentences;
}

/** A clean text cut where sentences end. */
export function splitSentences(text: string): string[] {
  return text.split(sentenceEnd);
}

/** The tokens of one sentence, at most `limit` (a unit is never cut). */
export function readTokens(sentence: string, limit = mostStems): Token[] {
  const tokens: Token[] = [];
  forEachUnit(
    sentence,
    (unit) => {
      for (const stem of unit.stems) tokens.push(isStopStem(stem) ? null : stem);
    },
    limit,
  );
  return tokens;
}
