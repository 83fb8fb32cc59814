// The reader's own edition: picks for one keeper out of the newest editions, each with its reason.
import type { Db } from "../database/dialect.ts";
import { addDays } from "../editions/edition-key.ts";
import { getEdition, listEditionDays } from "../editions/editions.ts";
import type { Day, Instant } from "../lib/clock.ts";
import type { Search } from "../search/search.ts";
import { findSettings, listMarks } from "./library.ts";
import { selectOwnPapers } from "./own-papers-store.ts";
import { type CandidatePaper, prepareCandidates } from "./taste/candidates.ts";
import type { FeatureReader } from "./taste/features.ts";
import { findSearched } from "./taste/find-searched.ts";
import { type Pick, pickFor } from "./taste/pick.ts";
import { loadTastes } from "./tastes.ts";

export interface TodayContext {
  db: Db;
  search: globalThis.Pick<Search, "search">;
  reader: FeatureReader;
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

/** The newest days that are chosen from, so that a weekend or a thin day leaves something. */
const mostDays = 3;
const spanDays = 4;

export async function findToday(
  context: TodayContext,
  keeper: string,
  { now, limit }: { now: Instant; limit: number },
): Promise<Today> {
  const { db, reader, search } = context;
  const { days, papers } = await listNewPapers(context, now);
  const taste = (await loadTastes(db, [keeper], { reader, now })).get(keeper);
  if (!taste) return { days, papers: papers.length, picks: [], known: false };
  const candidates = prepareCandidates(reader, papers);
  const pks = new Set(papers.map(({ paper }) => paper.pk));
  const exclude = await findJudged(db, keeper);
  const found = findSearched(search, taste.searches, pks);
  return {
    days,
    papers: papers.length,
    picks: pickFor(taste, candidates, { limit, now, exclude, found }),
    known: true,
  };
}

/** Papers of the newest editions, each once, of its newest day. */
export async function listNewPapers(
  { db, categories }: globalThis.Pick<TodayContext, "db" | "categories">,
  now: Instant,
): Promise<{ days: Day[]; papers: CandidatePaper[] }> {
  const all = await listEditionDays(db, { now, categories });
  const newest = all.at(-1);
  const days = newest ? all.slice(-mostDays).filter((day) => day > addDays(newest, -spanDays)) : [];
  const papers = new Map<number, CandidatePaper>();
  for (const day of days.toReversed()) {
    const edition = await getEdition(db, day, { now, categories });
    for (const { paper, votes } of edition?.items ?? [])
      if (!papers.has(paper.pk)) papers.set(paper.pk, { paper, day, votes });
  }
  return { days: days.toReversed(), papers: [...papers.values()] };
}

/** What the keeper has said something of, or wrote himself, is not offered again. */
async function findJudged(db: Db, keeper: string): Promise<Set<number>> {
  const marks = await listMarks(db, keeper);
  const own = await selectOwnPapers(db, await findSettings(db, keeper));
  return new Set([...marks.map(({ paperPk }) => paperPk), ...own]);
}
