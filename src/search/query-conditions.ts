// What every answer must meet: the parts of a query that are no bare words, with their text as stems.
import { forEachUnit } from "./analyzer.ts";
import { foldWord } from "./fold.ts";
import { type ColumnTest, type QueryNode, textFields } from "./query-syntax.ts";
import { isStopStem } from "./stop-words.ts";
import type { Unit } from "./unit.ts";

export interface TextCondition {
  kind: "text";
  /** A paper meets it that holds one of them, stem after stem, in one field. */
  spellings: string[][];
  /** Index of the only field that counts; null for any. */
  field: number | null;
  /** Also every word that begins so. */
  prefix?: string;
}

export type Condition =
  | TextCondition
  | { kind: "column"; test: ColumnTest }
  | { kind: "not"; part: Condition }
  | { kind: "all"; parts: Condition[] }
  | { kind: "any"; parts: Condition[] };

/** The condition that a part of a query makes; null for what says nothing. */
export function readCondition(node: QueryNode): Condition | null {
  switch (node.kind) {
    case "word":
      return readWord(node.text, node.field && textFields.indexOf(node.field), node.beginning);
    case "phrase":
      return textCondition([stemsOf(node.text)], node.field && textFields.indexOf(node.field));
    case "column":
      return { kind: "column", test: node.test };
    case "like":
      return null;
    case "not": {
      const part = readCondition(node.part);
      return part && { kind: "not", part };
    }
    case "all":
    case "any":
      return readMany(node.kind, node.parts);
  }
}

function readMany(kind: "all" | "any", nodes: QueryNode[]): Condition | null {
  const read = nodes.map(readCondition).filter((part) => part !== null);
  // Stop words count among words only when there is nothing else.
  const telling = kind === "all" ? read.filter((part, i) => !isStopWord(part, nodes[i]!)) : read;
  const parts = telling.length > 0 ? telling : read;
  return parts.length > 1 ? { kind, parts } : (parts[0] ?? null);
}

function isStopWord(condition: Condition, node: QueryNode): boolean {
  return node.kind === "word" && node.field === null && condition.kind === "text" && !hasTelling(condition);
}

function hasTelling({ spellings, prefix }: TextCondition): boolean {
  return prefix !== undefined || spellings.some((stems) => !stems.every(isStopStem));
}

/** A hyphened word is its parts in a row or their joined form; a CamelCase one is itself or its parts in a row. */
function readWord(text: string, field: number | null, beginning: boolean): Condition | null {
  const units = unitsOf(text);
  const spellings = [units.flatMap((unit) => unit.stems)];
  if (units.length === 1) spellings.push(...otherSpellings(units[0]!));
  const condition = textCondition(spellings, field);
  if (!condition || !beginning) return condition;
  const prefix = unfinishedWord(text);
  // Only a single word can be unfinished.
  return spellings[0]!.length === 1 && prefix !== "" ? { ...condition, prefix } : condition;
}

function otherSpellings({ extras, stems }: Unit): string[][] {
  const joined = extras.filter((extra) => extra.kind === "joined").map((extra) => [extra.stem]);
  const parts = extras.filter((extra) => extra.kind === "part").map((extra) => extra.stem);
  return parts.length > 0 && stems.length === 1 ? [...joined, parts] : joined;
}

function textCondition(spellings: string[][], field: number | null): TextCondition | null {
  const said = spellings.filter((stems) => stems.length > 0);
  return said.length > 0 ? { kind: "text", spellings: said, field } : null;
}

export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  forEachUnit(text, (unit) => units.push(unit));
  return units;
}

export function stemsOf(text: string): string[] {
  return unitsOf(text).flatMap((unit) => unit.stems);
}

/** The letters at the end of what was typed, folded but not stemmed. */
export function unfinishedWord(text: string): string {
  const tail = /[\p{L}\p{M}\p{N}]{1,64}$/u.exec(text.slice(-64))?.[0] ?? "";
  return foldWord(tail).at(-1) ?? "";
}

/** True when every paper that meets it holds words of the query. */
export function isTextual(condition: Condition): boolean {
  switch (condition.kind) {
    case "text":
      return true;
    case "all":
      return condition.parts.some(isTextual);
    case "any":
      return condition.parts.every(isTextual);
    default:
      return false;
  }
}

/** Whether it tests a column so. */
export function holdsTest(condition: Condition, kind: ColumnTest["kind"]): boolean {
  if (condition.kind === "column") return condition.test.kind === kind;
  if (condition.kind === "not") return holdsTest(condition.part, kind);
  return condition.kind !== "text" && condition.parts.some((part) => holdsTest(part, kind));
}

/** Texts or tests of columns in it: what it costs to look it up. */
export function countConditions(condition: Condition, kind: "text" | "column"): number {
  if (condition.kind === "text" || condition.kind === "column") return Number(condition.kind === kind);
  if (condition.kind === "not") return countConditions(condition.part, kind);
  return condition.parts.reduce((sum, part) => sum + countConditions(part, kind), 0);
}

/** Words in it that stand for all that begin so. */
export function countPrefixes(condition: Condition): number {
  if (condition.kind === "text") return condition.prefix === undefined ? 0 : 1;
  if (condition.kind === "column") return 0;
  if (condition.kind === "not") return countPrefixes(condition.part);
  return condition.parts.reduce((sum, part) => sum + countPrefixes(part), 0);
}

/** Of the ways in which stems can meet a condition, at most so many are ranked by. */
const maxWays = 16;

/** The stems that meet a condition together, one list for each way; what is excluded and columns have none. */
export function listWays(condition: Condition): string[][] {
  switch (condition.kind) {
    case "text":
      return condition.spellings.map(tellingStems);
    case "any":
      return condition.parts.flatMap(listWays).slice(0, maxWays);
    case "all":
      return condition.parts.map(listWays).reduce(crossWays, []);
    default:
      return [];
  }
}

function crossWays(left: string[][], right: string[][]): string[][] {
  if (left.length === 0 || right.length === 0) return left.length === 0 ? right : left;
  return left.flatMap((a) => right.map((b) => [...new Set([...a, ...b])])).slice(0, maxWays);
}

/** Without stop words, unless there is nothing else. */
function tellingStems(stems: string[]): string[] {
  const telling = [...new Set(stems)].filter((stem) => !isStopStem(stem));
  return telling.length > 0 ? telling : [...new Set(stems)];
}

/** The beginning that an unfinished word in it has. */
export function findPrefix(condition: Condition): string | undefined {
  switch (condition.kind) {
    case "text":
      return condition.prefix;
    case "any":
      return condition.parts.map(findPrefix).find((prefix) => prefix !== undefined);
    default:
      return undefined;
  }
}
