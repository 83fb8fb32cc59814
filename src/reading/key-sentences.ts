// What an abstract says in short: it begins where the authors say what they did, and ends at a sentence's end.
import { splitSentences } from "./sentences.ts";

export interface AbstractCut {
  text: string;
  /** True when something of the abstract is left out, before or after. */
  cut: boolean;
}

/** A sentence may exceed the budget by this part before it is cut inside. */
const overrun = 4 / 3;

/** Characters of a letter's summary that fill two lines of its HTML part. */
const summaryBudget = 165;
/** A summary no longer than this leaves room for another sentence. */
const oneLine = 110;

const doing =
  "introduce|propose|present|develop|release|describe|formali[sz]e|design|build|create|contribute|unveil|study|investigate|explore|examine|revisit|devise|report on|open-source";
const finding =
  "show|find|argue|demonstrate|prove|observe|analy[sz]e|ask|derive|establish|identify|provide|report|evaluate|train|address";
const adverb = "(?:(?:\\w+ly|here|thus|first) )?";

/** "we introduce", "in this work, we study", "this paper presents": what the paper is. Not "we also propose". */
const contribution = new RegExp(
  `\\b(?:we ${adverb}(?:${doing})\\b|(?:this|the present|our) (?:\\w+ )?(?:paper|work|report|article|study|survey|thesis|tutorial)\\b|in this (?:\\w+ )?(?:paper|work|report|article|study|survey),? we\\b)`,
  "i",
);

/** "we show that": what it found; second choice. */
const result = new RegExp(`\\bwe ${adverb}(?:${finding})\\b`, "i");

/** "we also propose", "finally, we introduce": a part, not the whole. */
const furtherPart =
  /\b(?:we (?:also|further|additionally|then|finally)|^(?:finally|furthermore|additionally|moreover|lastly),)/i;

/** Where the summary begins: the first sentence that says what the paper does, else what it finds, else the first. */
function indexOfKeySentence(sentences: readonly string[]): number {
  for (const pattern of [contribution, result]) {
    const at = sentences.findIndex((s) => pattern.test(s) && !furtherPart.test(s));
    if (at >= 0) return at;
  }
  return 0;
}

/**
 * Cuts an abstract (clean text) to about `budgetChars`: whole when it fits, else from the key sentence on, as many whole
 * sentences as fit. One sentence is kept even when it is over by less than a third; a longer one ends in "…".
 */
export function cutAbstract(text: string, budgetChars: number): AbstractCut {
  const whole = text.length <= budgetChars * 2 ? text.replace(/\s+/g, " ").trim() : text;
  if (whole.length <= budgetChars) return { text: whole, cut: false };
  const sentences = splitSentences(text);
  const first = indexOfKeySentence(sentences);
  let kept = sentences[first] ?? "";
  if (kept.length > budgetChars * overrun) return { text: `${cutAtWord(kept, budgetChars)} …`, cut: true };
  let next = first + 1;
  for (; next < sentences.length; next++) {
    const longer = `${kept} ${sentences[next]}`;
    if (longer.length > budgetChars) break;
    kept = longer;
  }
  return { text: kept, cut: first > 0 || next < sentences.length };
}

/** Two lines for a letter, at most 220 characters; a second sentence when the first leaves a line free. */
export function shortSummary(text: string): string {
  const { text: short } = cutAbstract(text, summaryBudget);
  if (short.length > oneLine) return short;
  const longer = cutAbstract(text, summaryBudget * overrun).text;
  return longer.startsWith(short) && !longer.endsWith("…") ? longer : short;
}

/** At most `length` characters, ending before a space, and at a clause's end when one is near; no dangling punctuation. */
function cutAtWord(sentence: string, length: number): string {
  const head = sentence.slice(0, length + 1);
  const space = head.lastIndexOf(" ");
  const words = space > 0 ? head.slice(0, space) : wholeCharacters(sentence.slice(0, length));
  const clause = /^(.*[^\s,;:–—-])[,;:–—-]+ [^,;:]*$/u.exec(words)?.[1];
  const chosen = clause && clause.length >= length * 0.75 ? clause : words;
  return withoutOpenBracket(chosen, length).replace(/[\s,;:–—(-]+$/u, "");
}

/** Drops a bracket that the cut left open near the end. */
function withoutOpenBracket(text: string, length: number): string {
  const open = text.lastIndexOf(" (");
  return open >= length * 0.6 && !text.includes(")", open) ? text.slice(0, open) : text;
}

/** Without half of a surrogate pair at the end. */
function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
