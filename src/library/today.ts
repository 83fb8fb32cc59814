// The reader's own edition: picks for one keeper out of the newest editions, each with its reason.
import type { Db } from "../database/dialect.ts";
import type { Day, Instant } from "../lib/clock.ts";
import type { Search } from "../search/search.ts";
import { findSettings, listMarks } from "./library.ts";
import type { NewPapers } from "./new-papers.ts";
import { selectOwnPapers } from "./own-papers-store.ts";
import type { FeatureReader } from "./taste/features.ts";
import { findSearched } from "./taste/find-searched.ts";
import { type Pick, pickFor } from "./taste/pick.ts";
import type { Taste } from "./taste/taste.ts";
import { loadTastes } from "./tastes.ts";

export interface TodayContext {
  db: Db;
  search: globalThis.Pick<Search, "search">;
  reader: FeatureReader;
  newPapers: NewPapers;
  /** arXiv categories whose announcements are followed. */
  categories: readonly string[];
}

export interface Today {
  /** The days of the editions that were chosen from, newest first; empty before there is any. */
  days: Day[];
  /** Papers that were chosen from. */
  papers: number;
  picks: Pick[];
  /** False: nothing is kept yet that anything could be chosen by. */
  known: boolean;
}

export async function findToday(
  context: TodayContext,
  keeper: string,
  { now, limit }: { now: Instant; limit: number },
): Promise<Today> {
  const { db, reader, search, newPapers, categories } = context;
  const { days, papers, candidates } = await newPapers.list({ now, categories });
  const taste = (await loadTastes(db, [keeper], { reader, now })).get(keeper);
  if (!taste || !speaks(taste)) return { days, papers: papers.length, picks: [], known: false };
  const pks = new Set(papers.map(({ paper }) => paper.pk));
  const exclude = await findJudged(db, keeper);
  const found = findSearched(search, taste.searches, pks);
  return {
    days,
    papers: papers.length,
    picks: pickFor(taste, candidates(reader), { limit, now, exclude, found }),
    known: true,
  };
}

/** Whether anything can be chosen by it. */
function speaks({ learned, authors, categories, keywords, searches }: Taste): boolean {
  return learned !== null || authors.size + categories.size + keywords.size + searches.length > 0;
}

/** What the keeper has said something of, or wrote himself, is not offered again. */
async function findJudged(db: Db, keeper: string): Promise<Set<number>> {
  const marks = await listMarks(db, keeper);
  const own = await selectOwnPapers(db, await findSettings(db, keeper));
  return new Set([...marks.map(({ paperPk }) => paperPk), ...own]);
}
