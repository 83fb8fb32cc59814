// Makes the tables of suggestions: titles from the segments, names and votes from where they are kept, concepts from the titles.
import { buildTable, type CompletionTable } from "./completion-table.ts";
import { IntList } from "./int-list.ts";
import type { Segment } from "./segment.ts";
import { type Concept, listConcepts } from "./suggest-concepts.ts";
import { foldText } from "./suggest-text.ts";
import { type TextColumns, TextPool } from "./text-pool.ts";

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
  names: NameColumns;
  concepts: CompletionTable;
  /** Beside the concepts: the key of a paper with it in the title. */
  examples: Uint32Array;
  /** Bytes. */
  memory: number;
}

export type NameColumns = Pick<TextColumns, "bytes" | "starts">;

/** So many of the newest papers, and of the authors with most papers, are suggested: bounds the memory. */
export interface SuggestLimits {
  titles: number;
  names: number;
}

export const ordinaryLimits: SuggestLimits = { titles: 250_000, names: 400_000 };
export const smallLimits: SuggestLimits = { titles: 50_000, names: 50_000 };
const papersPerStep = 128;
const pageSize = 250;
/** Rows that a page of authors stands for, about: a database reads one for every paper of each, four microseconds in a large one. */
const rowsPerPage = 1_000;
const namesPerStep = 8_192;
/** A concept stands in so many titles, and more in a large collection. */
const fewestPapers = 3;
const fewestShare = 1 / 20_000;

export interface SuggestBuild {
  segments(): readonly Segment[];
  source?: SuggestSource | undefined;
  limits?: SuggestLimits;
}

/** Yields between steps; null when the segments changed under it, to be tried again. */
export async function* buildSuggestTables(build: SuggestBuild): AsyncGenerator<void, SuggestTables | null> {
  const { source, limits = ordinaryLimits } = build;
  const read = yield* readTitles(build, limits.titles);
  if (!read) return null;
  const { titles, keys } = read;
  const fewest = Math.max(fewestPapers, Math.floor(titles.size * fewestShare));
  const found = yield* listConcepts(titles, fewest);
  const runs = new TextPool();
  for (const { folded, papers } of found) runs.add(folded, papers);
  const concepts = yield* buildTable(runs);
  const examples = Uint32Array.from(found, ({ text }: Concept) => keys[text]!);
  const { authors, names } = yield* readAuthors(source, limits.names);
  const memory =
    titles.memory +
    authors.memory +
    concepts.memory +
    4 * (keys.length + examples.length + names.starts.length) +
    names.bytes.length;
  return { titles, keys, authors, names, concepts, examples, memory };
}

/** A part of its own, so that what it works with is given back before the next begins; so are those below. */
async function* readTitles(
  { segments, source }: SuggestBuild,
  most: number,
): AsyncGenerator<void, { titles: CompletionTable; keys: Int32Array } | null> {
  const votes = yield* readVotes(source);
  // Beside each other, so that nothing has to be copied at once.
  const texts = new TextPool();
  const keys = new IntList();
  for (const segment of [...segments()].reverse()) {
    for (let doc = segment.size - 1; doc >= 0 && texts.size < most; doc--) {
      if (doc % papersPerStep === 0) yield;
      if (!segments().includes(segment)) return null;
      if (segment.removed.has(doc)) continue;
      const folded = foldText(segment.readPaper(doc).title);
      if (folded === "") continue;
      const key = segment.keyOf(doc);
      texts.add(folded, weigh({ key, votes: votes.get(key) ?? 0, year: segment.columns.years[doc]! }));
      keys.push(key);
    }
  }
  return { titles: yield* buildTable(texts), keys: keys.data.slice(0, keys.length) };
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

const fewestAuthors = 8;

/** As many as the last ones let expect to be read in one step. */
function authorsPerPage(last: readonly { papers: number }[]): number {
  const rows = last.reduce((sum, { papers }) => sum + papers, 0);
  return Math.min(pageSize, Math.max(fewestAuthors, Math.floor((last.length * rowsPerPage) / rows)));
}

async function* readAuthors(
  source: SuggestSource | undefined,
  most: number,
): AsyncGenerator<void, { authors: CompletionTable; names: NameColumns }> {
  let named = new NamedTexts();
  let limit = fewestAuthors;
  for (let after = ""; source; ) {
    const page = await source.listAuthors(after, limit);
    for (const { name, papers } of page) named.add(name, papers);
    if (page.length === 0) break;
    limit = authorsPerPage(page);
    after = page.at(-1)!.key;
    yield;
    // Seldom, so that a name is copied once or twice.
    if (named.texts.size >= 2 * most) named = yield* named.heaviest(most);
  }
  if (named.texts.size > most) named = yield* named.heaviest(most);
  const { bytes, starts } = named.names.take();
  return { authors: yield* buildTable(named.texts), names: { bytes, starts } };
}

/** Names as written beside the texts by which they are found. */
class NamedTexts {
  readonly texts = new TextPool();
  readonly names = new TextPool();

  add(name: string, papers: number): void {
    const folded = foldText(name);
    if (folded === "") return;
    // Twice, so that "lecun y" goes on from the family name to the given one.
    this.texts.add(`${folded} ${folded}`, papers);
    this.names.add(name, papers);
  }

  /** The `most` with most papers, in their order; yields between steps. */
  *heaviest(most: number): Generator<void, NamedTexts> {
    const kept = new NamedTexts();
    yield;
    for (const place of this.texts.heaviest(most)) {
      kept.texts.addFrom(this.texts, place);
      kept.names.addFrom(this.names, place);
      if (kept.texts.size % namesPerStep === 0) yield;
    }
    return kept;
  }
}
