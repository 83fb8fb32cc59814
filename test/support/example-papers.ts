// The papers of which the documents of the API give examples, written by us; and a Broadsheet that holds them.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Db } from "../../src/database/dialect.ts";
import type { SourceItem } from "../../src/papers/paper.ts";
import { shippedModelFile } from "../../src/search/meaning/shipped-model.ts";
import { openSearch } from "../../src/search/open-search.ts";
import { openPages, type Pages, type PagesOptions, save } from "./pages.ts";

interface ExamplePaper {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  votes?: number;
  position?: number;
}

const day = "2026-05-12";

const papers: ExamplePaper[] = [
  {
    id: "2605.10001",
    title: "Counting Sheep with Sparse Attention",
    abstract: "We count sheep with sparse attention. Its cost grows linearly with the $n$ sheep of a flock.",
    authors: ["Ada Lovelace", "Grace Hopper"],
    categories: ["cs.CL", "cs.LG"],
    votes: 42,
    position: 2,
  },
  {
    id: "2605.10002",
    title: "Sparse Attention for Very Long Flocks",
    abstract: "Attention over long flocks is dense and slow. We make it sparse, and it is fast.",
    authors: ["Emmy Noether"],
    categories: ["cs.CL"],
    votes: 7,
    position: 1,
  },
  {
    id: "2605.10003",
    title: "A Survey of Shepherds",
    abstract: "We ask forty shepherds how they count, and report what they said.",
    authors: ["Ada Lovelace"],
    categories: ["cs.CY"],
  },
];

function itemOf({ id, title, abstract, authors, categories, votes, position }: ExamplePaper): SourceItem {
  const observedAt = `${day}T08:30:00.000Z`;
  return {
    records: [
      {
        source: "arxiv",
        sourceId: id,
        identifiers: [{ scheme: "arxiv", value: id }],
        title,
        abstract,
        abstractKind: "abstract",
        authors: authors.map((name) => ({ name })),
        publishedOn: "2026-05-11",
        categories,
        versions: [{ number: 1, submittedAt: "2026-05-11T17:00:00.000Z" }],
        links: [{ kind: "abstract", url: `https://arxiv.org/abs/${id}` }],
        license: "http://creativecommons.org/licenses/by/4.0/",
      },
    ],
    submissions:
      votes === undefined
        ? []
        : [{ day, source: "hub", submitter: "ada", submittedAt: `${day}T06:00:00.000Z` }],
    announcements: categories.map((category, i) => ({
      source: "arxiv",
      category,
      day,
      kind: i === 0 ? "new" : "cross",
    })),
    signals: votes === undefined ? [] : [{ kind: "upvotes", source: "hub", observedAt, value: votes }],
    places:
      position === undefined
        ? []
        : [{ listId: "flocks", listTitle: "Reading on flocks", sourceFile: "flocks.txt", position }],
  };
}

const now = "2026-05-12T12:00:00.000Z";

/** Pages over the example papers at noon of their day, searched by words. */
export async function openExamples(db: Db, options: PagesOptions = {}): Promise<Pages> {
  await save(db, ...papers.map(itemOf));
  return openPages(db, { now, ...options });
}

/** The same, searched by meaning too, as the shipped model sees it. */
export async function openExamplesByMeaning(db: Db): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-examples-"));
  const models = { own: null, shipped: shippedModelFile };
  const meaning = { folder: join(folder, "vectors"), models };
  return openExamples(db, { search: await openSearch({ folder, readOnly: true, meaning }) });
}
