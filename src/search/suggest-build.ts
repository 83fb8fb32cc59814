// Makes the tables of suggestions: titles from the segments, names and votes from where they are kept, concepts from the titles.
import { buildTable, type CompletionTable, type CompletionText } from "./completion-table.ts";
import { IntList } from "./int-list.ts";
import type { Segment } from "./segment.ts";
import { type Concept, listConcepts } from "./suggest-concepts.ts";
import { foldText } from "./suggest-text.ts";

export interface AuthorName {
  /** By which names are ordered and told apart. */
  key: string;
  name: string;
  papers: number;
}

/** What the index does not keep, given in pages; "" and 0 begin. */
export interface SuggestSource {
  listAuthors(afterKey: string, limit: number): Promise<AuthorName[]>;
  listVotes(afterKey: number, limit: number): Promise<{ key: number; votes: number }[]>;
}

export interface SuggestTables {
  titles: CompletionTable;
  /** Beside the titles: the papers' keys. */
  keys: Int32Array;
  authors: CompletionTable;
  /** Beside the authors: names as written. */
  names: readonly string[];
  concepts: CompletionTable;
  /** Beside the concepts: the key of a paper with it in the title. */
  examples: Uint32Array;
  /** Bytes. */
  memory: number;
}

/** So many of the newest papers, and of the authors with most papers, are suggested: bounds the memory. */
const maxTitles = 250_000;
const maxNames = 400_000;
const papersPerStep = 128;
const pageSize = 250;
/** A concept stands in so many titles, and more in a large collection. */
const fewestPapers = 3;
const fewestShare = 1 / 20_000;

/** Yields between steps; null when the segments changed under it, to be tried again. */
export async function* buildSuggestTables(
  segments: () => readonly Segment[],
  source?: SuggestSource,
): AsyncGenerator<void, SuggestTables | null> {
  const votes = yield* readVotes(source);
  // Beside each other, so that nothing has to be copied at once.
  const texts: CompletionText[] = [];
  const keys = new IntList();
  for (const segment of [...segments()].reverse()) {
    for (let doc = segment.size - 1; doc >= 0 && texts.length < maxTitles; doc--) {
      if (doc % papersPerStep === 0) yield;
      if (!segments().includes(segment)) return null;
      if (segment.removed.has(doc)) continue;
      const folded = foldText(segment.readPaper(doc).title);
      const key = segment.keyOf(doc);
      const weight = weigh({ key, votes: votes.get(key) ?? 0, year: segment.columns.years[doc]! });
      if (folded === "") continue;
      texts.push({ folded, weight });
      keys.push(key);
    }
  }
  const titles = yield* buildTable(texts);
  const fewest = Math.max(fewestPapers, Math.floor(texts.length * fewestShare));
  const found = yield* listConcepts(titles, fewest);
  const concepts = yield* buildTable(found.map(({ folded, papers }) => ({ folded, weight: papers })));
  const examples = Uint32Array.from(found, ({ text }: Concept) => keys.data[text]!);
  const { authors, names } = yield* readAuthors(source);
  const memory =
    titles.memory +
    authors.memory +
    concepts.memory +
    4 * (keys.data.length + examples.length) +
    sizeOf(names);
  return { titles, keys: keys.data, authors, names, concepts, examples, memory };
}

/** The first year that counts: what is older, or of no known year, stands behind. */
const firstYear = 1990;

/** Twice the votes are worth a year; of equal papers the one that came later. `year` is 0 where it is not known. */
function weigh({ key, votes, year }: { key: number; votes: number; year: number }): number {
  return Math.log2(1 + votes) + Math.max(0, year - firstYear) + key / 2 ** 32;
}

async function* readVotes(source: SuggestSource | undefined): AsyncGenerator<void, Map<number, number>> {
  const votes = new Map<number, number>();
  for (let after = 0; source; ) {
    const page = await source.listVotes(after, pageSize);
    for (const { key, votes: count } of page) votes.set(key, count);
    if (page.length === 0) break;
    after = page.at(-1)!.key;
    yield;
  }
  return votes;
}

async function* readAuthors(
  source: SuggestSource | undefined,
): AsyncGenerator<void, { authors: CompletionTable; names: string[] }> {
  const named: { name: string; text: CompletionText }[] = [];
  for (let after = ""; source; ) {
    const page = await source.listAuthors(after, pageSize);
    for (const { name, papers } of page) {
      const folded = foldText(name);
      // Twice, so that "lecun y" goes on from the family name to the given one.
      if (folded !== "") named.push({ name, text: { folded: `${folded} ${folded}`, weight: papers } });
    }
    if (page.length === 0) break;
    after = page.at(-1)!.key;
    yield;
  }
  if (named.length > maxNames) named.sort((a, b) => b.text.weight - a.text.weight).length = maxNames;
  const authors = yield* buildTable(named.map(({ text }) => text));
  return { authors, names: named.map(({ name }) => name) };
}

function sizeOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + name.length + 24, 0);
}
