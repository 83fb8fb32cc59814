// Which suggestions are shown for what was typed: some concepts, some authors, and titles.
import type { Suggestion } from "./search.ts";
import type { SuggestTables } from "./suggest-build.ts";
import { holdsBeginning, type NotedPapers } from "./suggest-noted.ts";
import { foldText } from "./suggest-text.ts";
import { readText } from "./text-pool.ts";

export type TitleReader = (key: number) => { id: string; title: string } | null;

export interface PickInput {
  /** Folded (foldTyped). */
  typed: string;
  limit: number;
  tables: SuggestTables | null;
  noted: NotedPapers;
  readTitle: TitleReader;
}

/** Of the places, concepts and authors take at most these shares; titles the rest. */
const conceptShare = 0.4;
const authorShare = 0.3;

export function pickSuggestions(input: PickInput): Suggestion[] {
  const { limit } = input;
  const titles = pickTitles(input);
  const concepts = pickConcepts(input).slice(0, Math.ceil(limit * conceptShare));
  const authors = pickAuthors(input).slice(0, Math.ceil(limit * authorShare));
  return [...concepts, ...authors, ...titles].slice(0, limit);
}

/** Papers whose title begins so come before those with a word inside that does. */
function pickTitles({ typed, limit, tables, noted, readTitle }: PickInput): Suggestion[] {
  const keys = new Set(noted.findPapers(typed, limit).map(({ key }) => key));
  for (const text of tables?.titles.top(typed, limit) ?? []) keys.add(tables!.keys[text]!);
  const seen = new Set<string>();
  const found: Suggestion[] = [];
  for (const key of keys) {
    const paper = readTitle(key);
    const folded = paper ? foldText(paper.title) : "";
    // The paper is gone or has another title since, or is a second one of the same title.
    if (!paper || seen.has(folded) || !holdsBeginning(`${folded} `, typed)) continue;
    seen.add(folded);
    found.push({ kind: "title", text: paper.title, id: paper.id });
  }
  return found.slice(0, limit);
}

function pickAuthors({ typed, limit, tables, noted }: PickInput): Suggestion[] {
  const names = new Map<string, { name: string; papers: number }>();
  const add = (name: string, papers: number) => {
    const folded = foldText(name);
    names.set(folded, {
      name: names.get(folded)?.name ?? name,
      papers: papers + (names.get(folded)?.papers ?? 0),
    });
  };
  for (const text of tables?.authors.top(typed, limit) ?? [])
    add(readText(tables!.names, text), tables!.authors.weights[text]!);
  for (const { name, papers } of noted.findNames(typed, limit)) add(name, papers);
  const best = [...names.values()].sort((a, b) => b.papers - a.papers);
  return best.map(({ name, papers }) => ({ kind: "author", text: name, papers }));
}

function pickConcepts({ typed, limit, tables, readTitle }: PickInput): Suggestion[] {
  if (!tables) return [];
  const { concepts, examples, titles, keys } = tables;
  const found = tables.concepts.top(typed, limit).flatMap((text): Suggestion[] => {
    const folded = readText(concepts, text);
    const title = readTitle(examples[text]!)?.title ?? "";
    const readOthers = () => titles.top(folded, titlesAsked).map((at) => readTitle(keys[at]!)?.title ?? "");
    if (isTail(folded, title) && readOthers().filter((other) => isTail(folded, other)).length > 1) return [];
    return [{ kind: "concept", text: writeConcept(folded, title), papers: concepts.weights[text]! }];
  });
  // Singular and plural are one concept, the more frequent.
  const seen = new Set<string>();
  return found.filter(({ text }) => {
    const one = text.toLowerCase().replace(/s\b/g, "");
    return !seen.has(one) && seen.add(one);
  });
}

/** Titles that are asked, where a concept's example doubts it, whether it begins within a word: "aware graphs" of "context-aware graphs". */
const titlesAsked = 3;
const joined = /[\p{L}\p{N}][-\u2010\u2011]$/u;

/** True where a hyphen joins the run to a word before it. */
function isTail(folded: string, title: string): boolean {
  const run = /[-\u2010\u2011]/.test(title) ? findRun(folded, title) : null;
  return run !== null && joined.test(title.slice(0, run.start));
}

/** Where the folded words stand in a title, as far as they stand there. */
function findRun(folded: string, title: string): { start: number; end: number } | null {
  const words = [...title.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  const count = folded.split(" ").length;
  for (let i = 0; i + count <= words.length; i++) {
    const run = words.slice(i, i + count);
    const last = run.at(-1)!;
    if (foldText(run.join(" ")) === folded) return { start: run[0]!.index, end: last.index + last[0].length };
  }
  return null;
}

/** A concept as a title writes it, but for the capitals that only stand at the beginning of words: "LLM agents". */
function writeConcept(folded: string, title: string): string {
  const run = findRun(folded, title);
  if (!run) return folded;
  const written = title.slice(run.start, run.end);
  return written.replace(/\p{Lu}[\p{Ll}\p{M}]+(?![\p{L}\p{N}])/gu, (word) => word.toLowerCase());
}
