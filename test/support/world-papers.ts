// Papers for tests: records with only what a test is about, and small random bibliographies.

import type { Db } from "../../src/database/dialect.ts";
import type { Origin } from "../../src/papers/facts-store.ts";
import type { Author, PaperRecord, SourceItem, SourceName } from "../../src/papers/paper.ts";
import { type ItemOutcome, saveItems } from "../../src/papers/save-store.ts";
import { fc } from "./properties.ts";

export const testNow = "2026-05-12T12:00:00.000Z";

/** "Ada Lovelace" -> family and given name. */
export function author(name: string): Author {
  const words = name.split(" ");
  return { name, family: words.at(-1)!, given: words.slice(0, -1).join(" ") };
}

export interface RecordGiven extends Partial<Omit<PaperRecord, "authors">> {
  authors?: (string | Author)[];
}

let counter = 0;

/** A record with an id of its own and nothing else that could match anything. */
export function paperRecord(given: RecordGiven = {}): PaperRecord {
  counter += 1;
  const { authors = [], ...fields } = given;
  return {
    source: "conference",
    sourceId: `test2020:${counter}`,
    identifiers: [],
    title: `A Title That Only Test Paper Number ${counter} Has`,
    categories: [],
    versions: [],
    links: [],
    ...fields,
    authors: authors.map((name) => (typeof name === "string" ? author(name) : name)),
  };
}

export function paperItem(given: RecordGiven = {}, facts: Partial<SourceItem> = {}): SourceItem {
  return {
    records: [paperRecord(given)],
    submissions: [],
    announcements: [],
    signals: [],
    places: [],
    ...facts,
  };
}

/** As arXiv would say it. */
export function arxivRecord(id: string, given: RecordGiven = {}): PaperRecord {
  const identifiers = [{ scheme: "arxiv" as const, value: id }, ...(given.identifiers ?? [])];
  return paperRecord({ source: "arxiv", sourceId: id, ...given, identifiers });
}

/** Saves in one transaction, as an import would. */
export function save(
  db: Db,
  items: readonly SourceItem[],
  { now = testNow, origin = "import" }: { now?: string; origin?: Origin } = {},
): Promise<ItemOutcome[]> {
  return db.transaction().execute((trx) => saveItems(trx, items, { now, origin }));
}

/** "added,merged" */
export async function saveKinds(db: Db, items: readonly SourceItem[], options = {}): Promise<string> {
  return (await save(db, items, options)).map((outcome) => outcome.kind).join();
}

const sources: SourceName[] = ["arxiv", "conference", "hub", "listing", "sample"];
const titles = ["Withdrawn", "Attention over Very Long Sequences", "A Different Paper about Something Else"];
const abstracts = [
  undefined,
  "We read very long sequences with attention that forgets what it does not need any more.",
  "Nothing of this is alike: other words stand here, one after the other, until the end.",
];

/** Items that often are the same paper: few titles, authors, identifiers and source ids. */
export function itemArbitrary(): fc.Arbitrary<SourceItem> {
  return fc
    .record({
      source: fc.constantFrom(...sources),
      number: fc.integer({ min: 1, max: 6 }),
      title: fc.constantFrom(...titles),
      abstract: fc.constantFrom(...abstracts),
      author: fc.constantFrom(undefined, "Ada Lovelace", "Alan Turing"),
      year: fc.constantFrom(undefined, 2019, 2020, 2024),
      arxiv: fc.constantFrom(undefined, "2001.00001", "2001.00002"),
      doi: fc.constantFrom(undefined, "10.1234/a", "10.1234/b"),
      day: fc.constantFrom(undefined, "2026-05-11", "2026-05-12"),
      upvotes: fc.constantFrom(undefined, 3, 7),
      isListed: fc.boolean(),
    })
    .map(({ source, number, title, abstract, year, arxiv, doi, day, upvotes, isListed, ...rest }) => {
      const record = paperRecord({
        source,
        sourceId: `${source}-${number}`,
        title,
        authors: rest.author ? [rest.author] : [],
        identifiers: [
          ...(arxiv ? [{ scheme: "arxiv" as const, value: arxiv }] : []),
          ...(doi ? [{ scheme: "doi" as const, value: doi }] : []),
        ],
        ...(abstract ? { abstract, abstractKind: "abstract" as const } : {}),
        ...(year ? { year } : {}),
      });
      return {
        records: [record],
        submissions: day ? [{ day, source: "hub" }] : [],
        announcements: [],
        // One observation says one thing, and one place holds one record.
        signals: upvotes
          ? [
              {
                kind: "upvotes" as const,
                source: "hub",
                observedAt: `2026-05-12T08:00:0${upvotes}.000Z`,
                value: upvotes,
              },
            ]
          : [],
        places: isListed
          ? [
              {
                listId: "l",
                listTitle: "A list",
                sourceFile: "l.txt",
                position: sources.indexOf(source) * 10 + number,
              },
            ]
          : [],
      };
    });
}
