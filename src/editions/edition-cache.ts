// Editions that were computed, kept for as long as nothing they were computed from has changed. What changes a paper, or what
// was said or observed of it, takes a change number in the same transaction, and estimates take a number of their own; so
// the last ones given out say whether an edition still holds, and none is ever stale.
import type { Db } from "../database/dialect.ts";
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { isPatient } from "../lib/pace.ts";
import type { Edition, EditionKey, EmptyEdition } from "./edition.ts";
import { getEdition, listEditionDays } from "./editions.ts";
import { findEditionsMark } from "./editions-store.ts";
import { rankTrending, readTrending, type Trending, type TrendingPart } from "./trending-papers.ts";

/** A day has some hundreds of papers, each of some kilobytes. */
const mostItems = 6_000;
const mostEditions = 24;

export interface EditionCache {
  /** As `getEdition` would answer now: the same value while nothing has changed. */
  get(key: EditionKey, options: CacheOptions): Promise<Edition | EmptyEdition | null>;
  /** As `listEditionDays` would. */
  days(options: Omit<CacheOptions, "asOf">): Promise<readonly Day[]>;
  /** The last of them; null without any. */
  latestDay(options: Omit<CacheOptions, "asOf">): Promise<Day | null>;
  /** As `trendingPapers` would: the order is kept, the texts of the part asked for are read. */
  trending(options: CacheOptions & TrendingPart): Promise<Trending>;
}

export interface CacheOptions {
  now: Instant;
  /** The page as it stood then. */
  asOf?: Instant;
  /** arXiv categories whose announcements are followed. */
  categories: readonly string[];
}

interface Kept {
  answer: Promise<unknown>;
  isThere: boolean;
  /** Papers in it; none until it is there. */
  items: number;
}

/**
 * One query while nothing has changed. Those asked for least lately go first. Programs that walk the archive have a cache of
 * their own beside the readers', whose editions they would push out; and readers never wait for an edition that stands back
 * for them.
 */
export function cacheEditions(db: Db): EditionCache {
  const forReaders = new Map<string, Kept>();
  const forWalkers = new Map<string, Kept>();
  let keptFor: string | null = null;
  const recall = async <T>(
    name: string,
    { now, asOf, categories }: CacheOptions,
    compute: () => Promise<T>,
  ) => {
    // Read first: what changes meanwhile makes the answer newer than its number, never older.
    const changeNumber = await findEditionsMark(db);
    if (changeNumber !== keptFor) for (const each of [forReaders, forWalkers]) each.clear();
    keptFor = changeNumber;
    const whole = [name, dayOf(now), asOf ?? "", ...categories].join(" ");
    const [kept, others] = isPatient() ? [forWalkers, forReaders] : [forReaders, forWalkers];
    const known = kept.get(whole) ?? findMade(others, whole);
    if (!known) return keep(kept, whole, compute());
    kept.delete(whole);
    kept.set(whole, known);
    return known.answer as Promise<T>;
  };
  const listDays = (options: Omit<CacheOptions, "asOf">): Promise<readonly Day[]> =>
    recall("days", options, () => listEditionDays(db, options));
  return {
    get: (key, options) => recall(key, options, () => getEdition(db, key, options)),
    days: listDays,
    latestDay: async (options) => (await listDays(options)).at(-1) ?? null,
    trending: async ({ limit, offset, ...options }) => {
      const ranking = await recall("trending", options, () => rankTrending(db, options));
      return readTrending(db, ranking, { limit, ...(offset === undefined ? {} : { offset }) });
    },
  };
}

function findMade(kept: ReadonlyMap<string, Kept>, name: string): Kept | undefined {
  const found = kept.get(name);
  return found?.isThere ? found : undefined;
}

function keep<T>(kept: Map<string, Kept>, name: string, answer: Promise<T>): Promise<T> {
  const entry: Kept = { answer, isThere: false, items: 0 };
  kept.set(name, entry);
  const forget = () => {
    if (kept.get(name) === entry) kept.delete(name);
  };
  // What failed is not kept.
  answer.then((value) => {
    entry.isThere = true;
    entry.items = (value as Edition | null)?.items?.length ?? 0;
    trim(kept);
  }, forget);
  return answer;
}

/** An edition that is larger than all room there is goes too. */
function trim(kept: Map<string, Kept>): void {
  let items = [...kept.values()].reduce((sum, entry) => sum + entry.items, 0);
  for (const [name, entry] of kept) {
    if (items <= mostItems && kept.size <= mostEditions) return;
    kept.delete(name);
    items -= entry.items;
  }
}
