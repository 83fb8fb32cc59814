// The papers of the day, made ready once for all readers: features laid out for scoring, names and categories for follows.
import type { Day } from "../../lib/clock.ts";
import { openRandom } from "../../lib/random.ts";
import { authorKey } from "../../papers/names.ts";
import type { Paper } from "../../papers/paper.ts";
import { listStems } from "../../search/analyzer.ts";
import type { FeatureReader, Features } from "./features.ts";
import { type Holders, holdersOf } from "./holders.ts";
import type { WordNumbers } from "./kept.ts";
import { openProducts, type Products } from "./products.ts";
import { roomForScores, type Scores } from "./score.ts";

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
  reader: WordNumbers;
  items: Candidate[];
  vectors: Products;
  /** Beside the items. */
  pks: Int32Array;
  /** Items that hold a word, and its weights there: a reader's few hundred words are all that is looked up. */
  holders: Holders;
  /** For the scores of the reader who is chosen for now. */
  room: Scores;
  /** What votes add, less what age takes away, beside the items; kept by what it is asked by. */
  standing(by: { today: Day; loudness: number }): Float32Array;
  /** Those with most votes first; where nobody voted, by a lot that is always the same for the same paper. */
  byVotes(): readonly number[];
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
  return layOutCandidates(reader, papers, readCandidates(reader, papers));
}

export function readCandidates(reader: FeatureReader, papers: readonly CandidatePaper[]): Features[] {
  return papers.map(({ paper }) =>
    reader.read({
      title: paper.titleText,
      abstract: paper.abstractText,
      authors: paper.authors.map(({ name }) => name),
    }),
  );
}

/** `features`: of the papers, beside them. */
export function layOutCandidates(
  reader: WordNumbers,
  papers: readonly CandidatePaper[],
  features: readonly Features[],
): Candidates {
  const vectors = openProducts(
    features.map(({ vector }) => vector),
    reader.model.dimension,
  );
  const most = Math.max(1, ...papers.map(({ votes }) => votes ?? 0));
  const items = papers.map((candidate) => describe(candidate, most));
  const pks = Int32Array.from(papers, ({ paper }) => paper.pk);
  const laidOut = { pks, vectors, holders: holdersOf(features), room: roomForScores(items.length) };
  return { reader, items, ...laidOut, ...memos(items, vectors) };
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
): Omit<Candidates, "reader" | "items" | "pks" | "vectors" | "holders" | "room"> {
  const byVotes = (a: number, b: number) => (items[b]!.votes ?? 0) - (items[a]!.votes ?? 0) || a - b;
  const select = (accepts: (item: Candidate) => boolean) =>
    [...items.keys()].filter((i) => accepts(items[i]!));
  const standing = memo((key: string) => {
    const [today, loudness] = [key.slice(0, 10), Number(key.slice(11))];
    return Float32Array.from(items, (item) => loudness * item.popularity - pointsOfAge(item.day, today));
  });
  const votesOrder = memo((_: "") => {
    const lots = items.map(({ paper }) => lotOf(paper.pk));
    return [...items.keys()].sort(
      (a, b) => items[b]!.popularity - items[a]!.popularity || lots[a]! - lots[b]!,
    );
  });
  return {
    standing: ({ today, loudness }) => standing(`${today} ${loudness}`),
    byVotes: () => votesOrder(""),
    cosinesOf: memo((i: number) => vectors.multiply(vectors.rowAt(i)).slice()),
    withAuthor: memo((key: string) => select(({ authorKeys }) => authorKeys.has(key))),
    inCategory: memo((key: string) => select(({ categoryKeys }) => categoryKeys.has(key)).sort(byVotes)),
    withKeyword: memo((stems: string) => select(({ stemText }) => stemText.includes(` ${stems} `))),
  };
}

/** Each day a paper is old takes away so much, for a fortnight at most. */
const perDayOld = 0.1;
const mostDaysOld = 14;

function pointsOfAge(day: Day, today: Day): number {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  return perDayOld * Math.min(mostDaysOld, Math.max(0, days));
}

function lotOf(pk: number): number {
  return openRandom(pk).below(2 ** 31) + pk / 2 ** 31;
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
