// Choosing for many readers out of the same papers: the papers are read once, tastes and marks come in one go a batch.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { Search } from "../search/search.ts";
import { type BesideOptions, type ChooseBeside, openChoosing } from "./choose-beside.ts";
import { listKeepersAmong } from "./keepers-store.ts";
import { selectMarksOfMany } from "./marks-store.ts";
import { type FoundBySearch, type PickedForOne, type PickTask, pickOne } from "./pick-one.ts";
import { type CandidatePaper, type Candidates, prepareCandidates } from "./taste/candidates.ts";
import type { FeatureReader } from "./taste/features.ts";
import { findSearched } from "./taste/find-searched.ts";
import { tasteOf } from "./taste/taste.ts";
import { holdTastes, loadTastes } from "./tastes.ts";

export interface PickManyContext {
  db: Db;
  search: Pick<Search, "search">;
  /** Throws AppError "not-found" without a model of meaning. */
  reader(): FeatureReader;
  /** Threads to choose in; absent: the main one chooses. */
  beside?: BesideOptions;
}

export interface PickWish {
  keeper: string;
  /** Papers that are no picks: the reader had them. */
  had: ReadonlySet<number>;
  limit: number;
}

/** Readers that threads are worth their beginning for. */
const leastBeside = 100;

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
  let reader: FeatureReader | null = null;
  /** The same for all: another one numbers words in another way. */
  const readerOnce = () => {
    reader ??= context.reader();
    return reader;
  };
  const pks = new Set(papers.map(({ paper }) => paper.pk));
  const choose = openChoose({ ...context, reader: readerOnce }, papers, now);
  return async (wishes) => {
    const keepers = await listKeepersAmong(db, [...new Set(wishes.map(({ keeper }) => keeper))]);
    if (keepers.length === 0 || pks.size === 0)
      return wishes.map(() => ({ picks: [], hidden: new Set<number>() }));
    const tastes = await holdTastes(db, keepers, { reader: readerOnce(), now });
    const marks = Map.groupBy(await selectMarksOfMany(db, keepers, pks), (mark) => mark.keeper);
    const searches = [...tastes.values()].flatMap(
      ({ follows, settings }) => tasteOf(null, follows, settings).searches,
    );
    const tasks = wishes.map(({ keeper, had, limit }) => {
      return { keeper, taste: tastes.get(keeper) ?? null, marks: marks.get(keeper) ?? [], had, limit };
    });
    return await choose(tasks, findSearched(search, searches, pks));
  };
}

interface TaskOf extends PickTask {
  keeper: string;
}

function openChoose(
  context: PickManyContext,
  papers: readonly CandidatePaper[],
  now: Instant,
): (tasks: readonly TaskOf[], found: FoundBySearch) => Promise<PickedForOne[]> {
  let candidates: Candidates | null = null;
  let beside: ChooseBeside | null = null;
  const chooseHere: ChooseBeside = async (tasks, found) => {
    candidates ??= prepareCandidates(context.reader(), papers);
    return tasks.map((task) => pickOne(task, { candidates: candidates!, found, now }));
  };
  return async (tasks, found) => {
    const { threads = 0, leastReaders = leastBeside } = context.beside ?? {};
    const apart = threads > 0 && tasks.length >= leastReaders;
    if (apart) beside ??= openChoosing(context.reader(), { papers, now }, { threads, here: chooseHere });
    const picked = await (apart ? beside! : chooseHere)(tasks, found);
    const left = [...picked.keys()].filter((i) => !picked[i]);
    const anew = await chooseAnew(
      left.map((i) => tasks[i]!),
      found,
    );
    for (const [k, i] of left.entries()) picked[i] = anew[k]!;
    return picked as PickedForOne[];
  };

  /** What was damaged is learned anew; what a thread failed at is done without it. */
  async function chooseAnew(tasks: readonly TaskOf[], found: FoundBySearch) {
    if (tasks.length === 0) return [];
    const keepers = tasks.map(({ keeper }) => keeper);
    const tastes = await loadTastes(context.db, keepers, { reader: context.reader(), now });
    const known = tasks.map((task) => {
      const learned = tastes.get(task.keeper)?.learned ?? null;
      return { ...task, taste: task.taste && { ...task.taste, learned } };
    });
    return await chooseHere(known, found);
  }
}
