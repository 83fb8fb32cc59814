// From what was typed to what is looked for: words with their other spellings, the order of all stems, and what every answer
// must meet. Never throws.
import {
  type Condition,
  countConditions,
  countPrefixes,
  findPrefix,
  holdsTest,
  isTextual,
  listWays,
  readCondition,
  unfinishedWord,
  unitsOf,
} from "./query-conditions.ts";
import { parseTree } from "./query-parser.ts";
import { listTexts, reasonsOf } from "./query-reasons.ts";
import type { QueryNode, QueryProblem } from "./query-syntax.ts";
import { mergeEqual, type Word, wordsOf } from "./query-words.ts";
import type { MatchReason } from "./search.ts";
import { isStopStem } from "./stop-words.ts";

/** Longer queries are refused. */
export const maxQueryLength = 2_000;
/** A query with more phrases, words in fields and excluded words is read as plain words. */
export const maxConditions = 64;
/** So is one with more years, venues and the like: each looks at every paper. */
export const maxColumnTests = 16;
/** Each stands for many words: with more of them in its conditions, a query is read as plain words. */
export const maxPrefixes = 8;

export interface ParsedQuery {
  /** Different words that say something; stop words only when there is nothing else. A choice (OR) is one word. */
  words: Word[];
  /** True: an answer must hold at least one of the words. Else the condition alone decides. */
  needsWord: boolean;
  /** What every answer must meet; null: nothing. */
  condition: Condition | null;
  /** Stems of each quoted phrase that stands for itself, in sequence. */
  phrases: string[][];
  /** What every answer was found by, as typed. */
  reasons: MatchReason[];
  /** Every stem of the bare words and phrases in order, stop words too; "" where something else stands between. */
  stems: string[];
  /** The words and phrases asked for, as typed, without fields and signs: what meaning is taken from. */
  text: string;
  /** Id of the paper that the answers are to be like. */
  like: string | null;
  problem: QueryProblem | null;
}

/** Reads a query; with `typing`, its last word may be unfinished. */
export function parseQuery(query: string, typing = false): ParsedQuery {
  const tree = parseTree(query, typing);
  const read = new QueryReader().read(tree.parts);
  const problem = findExcess(read.condition);
  if (problem === null) return { ...read, problem: tree.problem ?? read.problem };
  return { ...parsePlain(query, typing), problem: { message: problem, at: 0 } };
}

/** Whether it asks, in whatever spelling, for what its reader saved. */
export function asksForLibrary(query: string): boolean {
  if (query.length > maxQueryLength) return false;
  const { condition } = parseQuery(query);
  return condition !== null && holdsTest(condition, "library");
}

/** Reads a query as words, whatever signs it holds. */
export function parsePlain(query: string, typing = false): ParsedQuery {
  return parseQuery(query.replace(/["()“”„‟«»＂（）：:*-]/g, " ").replace(/\bOR\b/g, "or"), typing);
}

/** Why a condition costs more than is done for one query; null when it does not. */
function findExcess(condition: Condition | null): string | null {
  if (condition === null) return null;
  if (countConditions(condition, "text") > maxConditions)
    return `More than ${maxConditions} conditions; they were read as plain words.`;
  if (countConditions(condition, "column") > maxColumnTests)
    return `More than ${maxColumnTests} years, names and the like; they were read as plain words.`;
  if (countPrefixes(condition) > maxPrefixes)
    return `More than ${maxPrefixes} unfinished words in conditions; they were read as plain words.`;
  return null;
}

/** Gathers what the parts of a query say, in their order. */
class QueryReader {
  private readonly ranked: Word[] = [];
  private readonly conditions: Condition[] = [];
  private readonly known = new Set<string>();
  private readonly phrases: string[][] = [];
  private readonly reasons: MatchReason[] = [];
  private readonly stems: string[] = [];
  private readonly texts: string[] = [];
  private like: string | null = null;
  private problem: QueryProblem | null = null;

  read(parts: QueryNode[]): ParsedQuery {
    for (const part of parts) this.readPart(part);
    const { conditions, phrases, reasons, texts, like, problem } = this;
    const telling = this.ranked.filter((word) => word.prefix !== undefined || !isStopStem(word.stem));
    const words = telling.length > 0 ? telling : this.ranked;
    return {
      needsWord: !conditions.some(isTextual) && like === null && words.some((word) => word.bare),
      words: mergeEqual(words),
      condition: conditions.length > 1 ? { kind: "all", parts: conditions } : (conditions[0] ?? null),
      phrases,
      reasons,
      stems: this.stems.at(-1) === "" ? this.stems.slice(0, -1) : this.stems,
      text: texts.join(" "),
      like,
      problem,
    };
  }

  private readPart(node: QueryNode): void {
    if (node.kind === "all") for (const part of node.parts) this.readPart(part);
    else if (node.kind === "like") this.like ??= node.id;
    else if (node.kind === "word" && node.field === null) this.readBare(node.text, node.beginning);
    else {
      if (node.kind === "phrase" && node.field === null) this.readPhrase(node.text);
      const like = findLike(node);
      if (like) this.problem ??= { message: likeAlone, at: like.at };
      const condition = readCondition(node);
      if (condition !== null) this.require(node, condition);
    }
  }

  private readBare(text: string, beginning: boolean): void {
    const units = unitsOf(text);
    const words = units.flatMap(wordsOf);
    for (const word of words) word.bare = true;
    const last = words.at(-1);
    if (beginning && last) last.prefix = unfinishedWord(text);
    this.ranked.push(...words);
    this.stems.push(...units.flatMap((unit) => unit.stems));
    if (words.length > 0) this.texts.push(text);
  }

  private readPhrase(text: string): void {
    const units = unitsOf(text);
    if (units.length === 0) return;
    const stems = units.flatMap((unit) => unit.stems);
    this.phrases.push(stems);
    this.reasons.push({ kind: "phrase", detail: text.trim() });
    this.ranked.push(...units.flatMap(wordsOf));
    this.stems.push(...stems);
    this.texts.push(text);
  }

  /** A condition that is text also ranks: each of its words, or a choice as one word. */
  private require(node: QueryNode, condition: Condition): void {
    const name = JSON.stringify(condition);
    if (this.known.has(name)) return;
    this.known.add(name);
    this.conditions.push(condition);
    this.reasons.push(...reasonsOf(node));
    if (node.kind === "phrase" && node.field === null) return;
    if (node.kind === "word" || node.kind === "phrase") this.readFielded(node);
    else if (node.kind === "any") this.readChoice(condition, node);
  }

  private readFielded(node: QueryNode & { kind: "word" | "phrase" }): void {
    const words = unitsOf(node.text).flatMap(wordsOf);
    const last = words.at(-1);
    if (node.kind === "word" && node.beginning && last) last.prefix = unfinishedWord(node.text);
    this.ranked.push(...words);
    this.interrupt();
    if (node.field !== "author") this.texts.push(node.text);
  }

  private readChoice(condition: Condition, node: QueryNode): void {
    const alternatives = listWays(condition);
    if (alternatives.length === 0) return;
    const prefix = findPrefix(condition);
    const stem = alternatives.flat().find((each) => !isStopStem(each)) ?? alternatives[0]![0]!;
    const word: Word = { stem, alternatives, count: 1, text: listTexts(node).join(" OR "), bare: false };
    this.ranked.push(prefix === undefined ? word : { ...word, prefix });
    this.interrupt();
    this.texts.push(...listTexts(node));
  }

  /** Words on both sides of it do not stand together. */
  private interrupt(): void {
    if (this.stems.length > 0 && this.stems.at(-1) !== "") this.stems.push("");
  }
}

const likeAlone = '"like:" stands for itself: not excluded, and not in a choice.';

function findLike(node: QueryNode): (QueryNode & { kind: "like" }) | undefined {
  if (node.kind === "like") return node;
  if (node.kind === "not") return findLike(node.part);
  return node.kind === "all" || node.kind === "any" ? node.parts.map(findLike).find(Boolean) : undefined;
}
