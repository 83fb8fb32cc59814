// The latest editions there are, and what is talked of in them.

import type { Edition, EditionItem, EditionKey, EditionKind } from "./edition.ts";
import type { CacheOptions, EditionCache } from "./edition-cache.ts";
import { periodOf } from "./edition-key.ts";
import { trendingOrder } from "./trending-order.ts";

/** The latest of a kind that have papers, the latest first; one at a time, so that nobody computes more than is read. */
export async function* latestEditions(
  editions: Pick<EditionCache, "get" | "latestDay">,
  { kind, most }: { kind: EditionKind; most: number },
  options: CacheOptions,
): AsyncGenerator<Edition> {
  const latest = await editions.latestDay(options);
  let key: EditionKey | null = latest && periodOf(kind, latest).key;
  for (let n = 0; key !== null && n < most; n += 1) {
    const edition = await editions.get(key, options);
    if (edition && "counts" in edition) yield edition;
    key = edition?.previous ?? null;
  }
}

/** Days with papers that are compared for what is talked of. */
const comparedDays = 7;

export interface TalkedOfItem {
  /** Of the days it was on that on which it stands best. */
  edition: Edition;
  item: EditionItem;
}

/**
 * As search sorts by trending: votes that lose half their worth in a week; each paper once, the best first. Only of the items
 * that are wanted.
 */
export async function listTalkedOf(
  editions: Pick<EditionCache, "get" | "latestDay">,
  options: CacheOptions,
  isWanted: (item: EditionItem) => boolean = () => true,
): Promise<TalkedOfItem[]> {
  const best = new Map<number, TalkedOfItem & { score: number }>();
  for await (const edition of latestEditions(editions, { kind: "day", most: comparedDays }, options))
    for (const item of edition.items) {
      const score = trendingOrder({ votes: item.votes ?? 0, day: edition.from });
      const known = best.get(item.paper.pk);
      if (isWanted(item) && (!known || known.score < score))
        best.set(item.paper.pk, { score, edition, item });
    }
  return [...best.values()].sort((a, b) => b.score - a.score);
}
