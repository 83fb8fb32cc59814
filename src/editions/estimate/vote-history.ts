// What earlier papers did, in memory: read once, then asked day after day what was known when each began.
import type { Db } from "../../database/dialect.ts";
import { addDays, type Day, type Instant } from "../../lib/clock.ts";
import { fieldOfCategories } from "../../reading/field.ts";
import { type Baseline, baselineDays, baselineOf } from "../baselines.ts";
import { startOf } from "../standing.ts";
import type { EstimateModel } from "./estimate-model.ts";
import {
  countStarHistories,
  listAuthorNames,
  listCategories,
  listHistory,
  listOrganisations,
  listVoteCounts,
} from "./history-store.ts";
import { PastVotes } from "./past-votes.ts";
import { type CountedPaper, type LaterVotes, PastReplay } from "./voted-papers.ts";

export interface VoteHistory {
  papers: CountedPaper[];
  later: Map<string, LaterVotes[]>;
  categories: ReadonlyMap<number, string[]>;
}

/** Papers put forward between two days, both included, whose votes were ever counted. Five queries. */
export async function readVoteHistory(db: Db, range: { from: Day; to: Day }): Promise<VoteHistory> {
  const rows = await listHistory(db, range);
  const pks = [...new Set(rows.map((row) => row.paper_pk))];
  const counts = Map.groupBy(await listVoteCounts(db, pks), (row) => row.paper_pk);
  const organisations = new Map((await listOrganisations(db, pks)).map((row) => [row.paper_pk, row.detail]));
  const authors = await listAuthorNames(db, pks);
  const later = new Map<string, LaterVotes[]>();
  const papers = rows.flatMap(({ paper_pk: pk, day, submitter }): CountedPaper[] => {
    const totals = totalsOf(counts.get(pk) ?? []);
    const first = totals[0];
    if (!first) return [];
    later.set(String(pk), totals.slice(1));
    const credits = {
      submitter,
      organisation: organisations.get(pk) ?? null,
      authors: authors.get(pk) ?? [],
    };
    return [{ id: String(pk), day, votes: first.votes, observedAt: first.at, ...credits }];
  });
  return { papers, later, categories: await listCategories(db, pks) };
}

/** What all sources together had counted, at each count. */
function totalsOf(counts: readonly { source: string; observed_at: Instant; value: number }[]): LaterVotes[] {
  const latest = new Map<string, number>();
  return counts.map(({ source, observed_at: at, value }) => {
    latest.set(source, value);
    return { at, votes: [...latest.values()].reduce((sum, votes) => sum + votes, 0) };
  });
}

/** The record of earlier papers as it stood at the beginning of one day after the other. */
export function openPast({ papers, later }: VoteHistory, model: EstimateModel): PastReplay {
  return new PastReplay(papers, later, { past: new PastVotes(model.past), until: model.trainedUntil });
}

/** What was usual before the day, as known when it began. */
export async function readBaseline(db: Db, history: VoteHistory, day: Day): Promise<Baseline> {
  const until = startOf(day);
  const [from, to] = [addDays(day, -baselineDays.from), addDays(day, -baselineDays.to)];
  const counted = history.papers.flatMap((paper) => {
    if (paper.day < from || paper.day >= to || paper.observedAt > until) return [];
    const last = (history.later.get(paper.id) ?? []).findLast(({ at }) => at <= until);
    const field = fieldOfCategories(history.categories.get(Number(paper.id)) ?? []);
    return [{ day: paper.day, votes: last?.votes ?? paper.votes, field }];
  });
  const histories = await countStarHistories(db, { since: startOf(addDays(day, -30)), until });
  return baselineOf(day, counted, histories);
}
