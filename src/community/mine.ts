// What somebody did here, to take along: votes, papers put forward, reports, the library; papers by id and title.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { exportLibrary } from "../library/document.ts";
import { listFeedKeys } from "../library/feed-keys.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { listReportsOf } from "./moderation-store.ts";
import { listProposalsOf } from "./proposals-store.ts";
import { listVotesOf } from "./votes-store.ts";

export async function exportActs(db: Db, accountId: string, now: Instant) {
  const votes = await listVotesOf(db, accountId);
  const proposals = await listProposalsOf(db, accountId);
  const reports = await listReportsOf(db, accountId);
  const pks = [
    ...votes.map(({ paperPk }) => paperPk),
    ...[...proposals, ...reports].map((row) => row.paper_pk),
  ];
  const papers = await findPapersByPk(db, [...new Set(pks)]);
  const named = (pk: number) => {
    const paper = papers.get(pk);
    return { paper: paper?.id ?? null, title: paper?.titleText ?? null };
  };
  return {
    votes: votes.map(({ paperPk, votedAt, state }) => ({ ...named(paperPk), votedAt, state })),
    papersPutForward: proposals.map(({ paper_pk, day, submitted_at, state }) => ({
      ...named(paper_pk),
      day,
      at: submitted_at,
      state,
    })),
    reports: reports.map(({ paper_pk, reason, reported_at, state }) => ({
      ...named(paper_pk),
      reason,
      at: reported_at,
      state,
    })),
    library: await exportLibrary(db, accountId, now),
    privateFeeds: (await listFeedKeys(db, accountId)).map(({ opens, createdAt }) => ({ opens, createdAt })),
  };
}
