// The rows of votes: one an account and paper, counted or held.
import { randomUUID } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export type VoteState = "counted" | "held";

export interface NewVote {
  paper_pk: number;
  account_id: string;
  voted_at: Instant;
  state: VoteState;
  new_account: number;
}

/** False when the account has voted for it before. */
export async function insertVote(trx: Db, vote: NewVote): Promise<boolean> {
  const result = await trx
    .insertInto("votes")
    .values(vote)
    .onConflict((c) => c.columns(["paper_pk", "account_id"]).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** False when there is none. */
export async function deleteVote(trx: Db, paperPk: number, accountId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom("votes")
    .where("paper_pk", "=", paperPk)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function findVote(db: Db, paperPk: number, accountId: string): Promise<VoteState | null> {
  const row = await db
    .selectFrom("votes")
    .select("state")
    .where("paper_pk", "=", paperPk)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return (row?.state as VoteState | undefined) ?? null;
}

export async function countVotes(db: Db, paperPk: number, state: VoteState): Promise<number> {
  const row = await db
    .selectFrom("votes")
    .select((e) => e.fn.countAll().as("votes"))
    .where("paper_pk", "=", paperPk)
    .where("state", "=", state)
    .executeTakeFirstOrThrow();
  return Number(row.votes);
}

/** Votes that new accounts gave the paper since then. */
export async function countNewcomers(db: Db, paperPk: number, since: Instant): Promise<number> {
  const row = await db
    .selectFrom("votes")
    .select((e) => e.fn.countAll().as("votes"))
    .where("paper_pk", "=", paperPk)
    .where("new_account", "=", 1)
    .where("voted_at", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(row.votes);
}

/** Holds what new accounts gave the paper since then. */
export async function holdNewcomers(trx: Db, paperPk: number, since: Instant): Promise<void> {
  await trx
    .updateTable("votes")
    .set({ state: "held" })
    .where("paper_pk", "=", paperPk)
    .where("new_account", "=", 1)
    .where("voted_at", ">=", since)
    .execute();
}

/** What is held of the paper counts from now on, and is no newcomers' any more; returns how many votes. */
export async function releaseHeld(trx: Db, paperPk: number): Promise<number> {
  const result = await trx
    .updateTable("votes")
    .set({ state: "counted", new_account: 0 })
    .where("paper_pk", "=", paperPk)
    .where("state", "=", "held")
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function dropHeld(trx: Db, paperPk: number): Promise<number> {
  const result = await trx
    .deleteFrom("votes")
    .where("paper_pk", "=", paperPk)
    .where("state", "=", "held")
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Papers with held votes, those held longest first. */
export async function listHeld(
  db: Db,
  limit: number,
): Promise<{ paperPk: number; votes: number; since: Instant }[]> {
  const rows = await db
    .selectFrom("votes")
    .select((e) => ["paper_pk", e.fn.countAll().as("votes"), e.fn.min("voted_at").as("since")])
    .where("state", "=", "held")
    .groupBy("paper_pk")
    .orderBy("since")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ paperPk: row.paper_pk, votes: Number(row.votes), since: row.since }));
}

/** All votes of an account, newest first. */
export async function listVotesOf(
  db: Db,
  accountId: string,
): Promise<{ paperPk: number; votedAt: Instant; state: string }[]> {
  const rows = await db
    .selectFrom("votes")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("voted_at", "desc")
    .orderBy("paper_pk")
    .execute();
  return rows.map((row) => ({ paperPk: row.paper_pk, votedAt: row.voted_at, state: row.state }));
}

/** An erased account's votes stay as counts: each under a name of its own that leads to nobody. What is held goes. */
export async function makeVotesAnonymous(trx: Db, accountId: string): Promise<void> {
  await trx.deleteFrom("votes").where("account_id", "=", accountId).where("state", "=", "held").execute();
  for (const { paperPk } of await listVotesOf(trx, accountId))
    await trx
      .updateTable("votes")
      .set({ account_id: nobody() })
      .where("account_id", "=", accountId)
      .where("paper_pk", "=", paperPk)
      .execute();
}

/** A new one each time, so that not even the votes of one person can be told to belong together. */
function nobody(): string {
  return `nobody ${randomUUID()}`;
}
