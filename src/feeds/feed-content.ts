// What every feed is made of, by its name: the papers or editions in it, and the page that shows the same to people.
import type { DoorDeps } from "../http/deps.ts";
import { links } from "../links.ts";
import { listPapersByAuthor, listPapersByCategories } from "../papers/browse-store.ts";
import { parseCategories } from "../papers/category-list.ts";
import { findList } from "../papers/lists-store.ts";
import { authorKey } from "../papers/names.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { resolvePaper } from "../papers/resolve-paper.ts";
import { findEditionFeed, findRankedFeed, isEditionsName, isRankedName } from "./edition-feeds.ts";
import type { FeedEntry } from "./feed.ts";
import type { FeedPaper } from "./feed-entries.ts";

export interface FeedContent {
  /** What its id is made of. */
  name: string;
  title: string;
  subtitle: string;
  /** Path of the page for people. */
  path: string;
  papers?: FeedPaper[];
  entries?: FeedEntry[];
}

export interface FeedAsked {
  name: string;
  /** The query, for "search". */
  q: string | undefined;
}

/** Entries of a feed. */
export const mostEntries = 50;

const longestQuery = 2_000;

/** Null: there is no such feed, or nothing that it could be of. A fixed number of queries, however many entries. */
export async function findFeedContent(deps: DoorDeps, { name, q }: FeedAsked): Promise<FeedContent | null> {
  if (isRankedName(name)) return findRankedFeed(deps, name);
  if (isEditionsName(name)) return findEditionFeed(deps, name);
  if (name === "search") return searchFeed(deps, q ?? "");
  const [kind = "", ...rest] = name.split("/");
  const what = rest.join("/");
  return what === "" ? null : ((await feedsOf.get(kind)?.(deps, what)) ?? null);
}

type FeedOf = (deps: DoorDeps, what: string) => Promise<FeedContent | null>;

/** By what stands before the first slash. */
const feedsOf: ReadonlyMap<string, FeedOf> = new Map([
  ["editions", findRankedFeed],
  ["categories", categoryFeed],
  ["authors", authorFeed],
  ["lists", listFeed],
  ["similar", similarFeed],
]);

async function categoryFeed({ db }: DoorDeps, what: string): Promise<FeedContent | null> {
  const categories = parseCategories(what);
  const shelf = await listPapersByCategories(db, categories, { limit: mostEntries });
  if (shelf.total === 0) return null;
  const title = categories.join(", ");
  return {
    name: `categories/${categories.join("+")}`,
    title,
    subtitle: `Papers in ${title}, newest first.`,
    path: links.category(categories),
    papers: shelf.papers.map((paper) => ({ paper })),
  };
}

async function authorFeed({ db }: DoorDeps, name: string): Promise<FeedContent | null> {
  const key = authorKey(name);
  const shelf = key === "" ? null : await listPapersByAuthor(db, key, { limit: mostEntries });
  if (!shelf || shelf.total === 0) return null;
  const authors = shelf.papers.flatMap(({ authors: each }) => each);
  const shown = authors.find((author) => authorKey(author.name) === key)?.name ?? name;
  return {
    name: `authors/${key}`,
    title: shown,
    subtitle: `Papers by ${shown}, newest first.`,
    path: links.author(shown),
    papers: shelf.papers.map((paper) => ({ paper })),
  };
}

async function listFeed({ db }: DoorDeps, id: string): Promise<FeedContent | null> {
  const list = await findList(db, id, { limit: mostEntries });
  if (!list) return null;
  return {
    name: `lists/${list.id}`,
    title: list.title,
    subtitle: `${list.title}: the first ${Math.min(list.total, mostEntries)} of ${list.total}, in the list's own order.`,
    path: links.list(list.id),
    papers: list.entries.map(({ paper }) => ({ paper })),
  };
}

async function similarFeed(deps: DoorDeps, id: string): Promise<FeedContent | null> {
  const paper = await resolvePaper(deps.db, id);
  if (!paper) return null;
  const text = { title: paper.titleText, abstract: paper.abstractText };
  const { hits } = deps.search.similar({ key: paper.pk, text, limit: mostEntries });
  return {
    name: `similar/${paper.id}`,
    title: `Like “${paper.titleText}”`,
    subtitle: `Papers near in meaning to “${paper.titleText}”, nearest first.`,
    path: links.similar(paper.id),
    papers: await papersOf(deps, hits),
  };
}

/** Newest first: what a reader of feeds waits for. */
async function searchFeed(deps: DoorDeps, given: string): Promise<FeedContent | null> {
  const query = given.trim().toWellFormed();
  if (query === "" || query.length > longestQuery) return null;
  const request = { query, sort: "newest", mode: "words", asTyped: true, limit: mostEntries } as const;
  const { hits } = deps.search.search(await deps.search.prepare(request));
  return {
    name: `search/${query}`,
    title: `Search: ${query}`,
    subtitle: `Papers found by ${query}, newest first.`,
    path: links.search(query, { sort: "newest" }),
    papers: await papersOf(deps, hits),
  };
}

async function papersOf({ db }: DoorDeps, hits: readonly { key: number }[]): Promise<FeedPaper[]> {
  const held = await findPapersByPk(
    db,
    hits.map(({ key }) => key),
  );
  return hits.flatMap(({ key }) => {
    const paper = held.get(key);
    return paper ? [{ paper }] : [];
  });
}
