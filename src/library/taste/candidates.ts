// The papers of the day, made ready once for all readers: features laid out for scoring, names and categories for follows.
import type { Day } from "../../lib/clock.ts";
import { authorKey } from "../../papers/names.ts";
import type { Paper } from "../../papers/paper.ts";
import { listStems } from "../../search/analyzer.ts";
import type { FeatureReader, Features } from "./features.ts";
import { openProducts, type Products } from "./products.ts";

/** A new paper, and what its day says of it. */
export interface CandidatePaper {
  paper: Pick<Paper, "pk" | "id" | "titleText" | "abstractText" | "authors" | "categories">;
  /** Of its day's edition. */
  day: Day;
  /** As of the edition; null when nobody counted. */
  votes: number | null;
}

export interface Candidate extends CandidatePaper {
  authorKeys: Set<string>;
  /** Categories in lower case; "cs.cl" and what it begins with, "cs". */
  categoryKeys: Set<string>;
  /** Title and abstract as stems between blanks, for keywords. */
  stemText: string;
  /** log(1 + votes), as part of the day's largest. */
  popularity: number;
}

export interface Candidates {
  reader: FeatureReader;
  items: Candidate[];
  vectors: Products;
  /** The different days of the items. */
  days: ReadonlySet<string>;
  /** Items that hold a word, by its number, and its weights there: a reader's few hundred words are all that is looked up. */
  holders: ReadonlyMap<number, Holders>;
  /** Cosines of item i with all items; kept, because the same papers are chosen for many readers. */
  cosinesOf(i: number): Float32Array;
  /** Items by what is followed of them, kept likewise. Of categories those with most votes first, the others behind. */
  withAuthor(key: string): readonly number[];
  inCategory(key: string): readonly number[];
  /** Items that hold the stems in a row, in title or abstract. */
  withKeyword(stems: string): readonly number[];
}

/** Reads each paper once (about 0.2 ms each); every reader's choice is then cheap. Papers are those of a paper only once. */
export function prepareCandidates(reader: FeatureReader, papers: readonly CandidatePaper[]): Candidates {
  const features = papers.map(({ paper }) =>
    reader.read({
      title: paper.titleText,
      abstract: paper.abstractText,
      authors: paper.authors.map(({ name }) => name),
    }),
  );
  const vectors = openProducts(
    features.map(({ vector }) => vector),
    reader.model.dimension,
  );
  const most = Math.max(1, ...papers.map(({ votes }) => votes ?? 0));
  const items = papers.map((candidate) => describe(candidate, most));
  const days = new Set(papers.map(({ day }) => day));
  return { reader, items, days, vectors, holders: holdersOf(features), ...memos(items, vectors) };
}

/** Beside each other. */
interface Holders {
  items: number[];
  weights: number[];
}

function holdersOf(features: readonly Features[]): Map<number, Holders> {
  const holders = new Map<number, Holders>();
  for (const [i, { stems, weights }] of features.entries()) {
    for (const [at, stem] of stems.entries()) {
      const held = holders.get(stem) ?? { items: [], weights: [] };
      held.items.push(i);
      held.weights.push(weights[at]!);
      holders.set(stem, held);
    }
  }
  return holders;
}

function describe(given: CandidatePaper, most: number): Candidate {
  const { paper, votes } = given;
  const categories = paper.categories.map((category) => category.toLowerCase());
  const archives = categories.flatMap((category) => category.split(".").slice(0, 1));
  return {
    ...given,
    authorKeys: new Set(paper.authors.map(({ name }) => authorKey(name))),
    categoryKeys: new Set([...categories, ...archives]),
    stemText: ` ${listStems(paper.titleText).join(" ")} . ${listStems(paper.abstractText).join(" ")} `,
    popularity: Math.log1p(Math.max(0, votes ?? 0)) / Math.log1p(most),
  };
}

function memos(
  items: readonly Candidate[],
  vectors: Products,
): Pick<Candidates, "cosinesOf" | "withAuthor" | "inCategory" | "withKeyword"> {
  const byVotes = (a: number, b: number) => (items[b]!.votes ?? 0) - (items[a]!.votes ?? 0) || a - b;
  const select = (accepts: (item: Candidate) => boolean) =>
    [...items.keys()].filter((i) => accepts(items[i]!));
  return {
    cosinesOf: memo((i: number) => vectors.multiply(vectors.rowAt(i)).slice()),
    withAuthor: memo((key: string) => select(({ authorKeys }) => authorKeys.has(key))),
    inCategory: memo((key: string) => select(({ categoryKeys }) => categoryKeys.has(key)).sort(byVotes)),
    withKeyword: memo((stems: string) => select(({ stemText }) => stemText.includes(` ${stems} `))),
  };
}

function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}
