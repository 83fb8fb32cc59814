// Choosing for many readers out of the same papers: the papers are read once, tastes and marks come in one go a batch.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { Search } from "../search/search.ts";
import { listKeepersAmong } from "./keepers-store.ts";
import { selectMarksOfMany } from "./marks-store.ts";
import { type CandidatePaper, type Candidates, prepareCandidates } from "./taste/candidates.ts";
import type { FeatureReader } from "./taste/features.ts";
import { findSearched } from "./taste/find-searched.ts";
import { pickFor } from "./taste/pick.ts";
import type { Reason } from "./taste/reasons.ts";
import type { Taste } from "./taste/taste.ts";
import { loadTastes } from "./tastes.ts";

export interface PickManyContext {
  db: Db;
  search: Pick<Search, "search">;
  /** Throws AppError "not-found" without a model of meaning. */
  reader(): FeatureReader;
}

export interface PickWish {
  keeper: string;
  /** Papers that are no picks: the reader had them. */
  had: ReadonlySet<number>;
  limit: number;
}

export interface PickedForOne {
  /** Best first; `reason` is the weightiest of its reasons. */
  picks: { pk: number; reason: string; reasons: string[] }[];
  /** Papers the keeper has hidden. */
  hidden: ReadonlySet<number>;
}

/**
 * The returned function answers wishes in their order; who keeps nothing gets nothing. Its queries are the same in number
 * however many wish, but for those whose taste is learned anew. Nothing is read before somebody keeps something.
 */
export function openPicks(
  context: PickManyContext,
  papers: readonly CandidatePaper[],
  now: Instant,
): (wishes: readonly PickWish[]) => Promise<PickedForOne[]> {
  const { db, search } = context;
  const pks = new Set(papers.map(({ paper }) => paper.pk));
  let candidates: Candidates | null = null;
  return async (wishes) => {
    const keepers = await listKeepersAmong(db, [...new Set(wishes.map(({ keeper }) => keeper))]);
    if (keepers.length === 0 || pks.size === 0) return wishes.map(() => nothing);
    candidates ??= prepareCandidates(context.reader(), papers);
    const tastes = await loadTastes(db, keepers, { reader: candidates.reader, now });
    const marks = Map.groupBy(await selectMarksOfMany(db, keepers, pks), (mark) => mark.keeper);
    const searches = [...tastes.values()].flatMap((taste) => taste.searches);
    const found = findSearched(search, searches, pks);
    const options = { candidates, found, now };
    return wishes.map((wish) =>
      pickOne(wish, { ...options, taste: tastes.get(wish.keeper), marks: marks.get(wish.keeper) ?? [] }),
    );
  };
}

const nothing: PickedForOne = { picks: [], hidden: new Set() };

interface OneReader {
  taste: Taste | undefined;
  marks: readonly { paper_pk: number; kind: string }[];
  candidates: Candidates;
  found: ReadonlyMap<string, ReadonlySet<number>>;
  now: Instant;
}

function pickOne(
  { had, limit }: PickWish,
  { taste, marks, candidates, found, now }: OneReader,
): PickedForOne {
  const hidden = new Set(marks.flatMap(({ kind, paper_pk }) => (kind === "hide" ? [paper_pk] : [])));
  if (!taste) return { picks: [], hidden };
  const exclude = new Set([...had, ...marks.map(({ paper_pk }) => paper_pk)]);
  const picks = pickFor(taste, candidates, { limit, now, exclude, found });
  return { picks: picks.map(({ paper, reasons }) => ({ pk: paper.pk, ...inWords(reasons) })), hidden };
}

function inWords(reasons: readonly Reason[]): { reason: string; reasons: string[] } {
  const words = reasons.map(({ text }) => text);
  return { reason: words[0]!, reasons: words };
}
