// The rows of papers that somebody here put forward for a day.
import type { Selectable } from "kysely";
import type { ProposalsTable } from "../database/community-schema.ts";
import type { Db } from "../database/dialect.ts";
import type { Day } from "../lib/clock.ts";

export type Proposal = Selectable<ProposalsTable>;

export async function findProposal(db: Db, paperPk: number, day: Day): Promise<Proposal | null> {
  const row = await db
    .selectFrom("proposals")
    .selectAll()
    .where("paper_pk", "=", paperPk)
    .where("day", "=", day)
    .executeTakeFirst();
  return row ?? null;
}

/** A new row, or the one of somebody who had taken his back. */
export async function saveProposal(trx: Db, proposal: Proposal): Promise<void> {
  const { account_id, submitted_at, state } = proposal;
  await trx
    .insertInto("proposals")
    .values(proposal)
    .onConflict((c) => c.columns(["paper_pk", "day"]).doUpdateSet({ account_id, submitted_at, state }))
    .execute();
}

export async function setProposalState(
  trx: Db,
  { paper_pk, day }: Pick<Proposal, "paper_pk" | "day">,
  state: "undone" | "removed",
): Promise<void> {
  await trx
    .updateTable("proposals")
    .set({ state })
    .where("paper_pk", "=", paper_pk)
    .where("day", "=", day)
    .execute();
}

/** How many the account put forward for a day, taken back or not. */
export async function countProposals(db: Db, accountId: string, day: Day): Promise<number> {
  const row = await db
    .selectFrom("proposals")
    .select((e) => e.fn.countAll().as("papers"))
    .where("account_id", "=", accountId)
    .where("day", "=", day)
    .executeTakeFirstOrThrow();
  return Number(row.papers);
}

/** All of an account, newest first. */
export function listProposalsOf(db: Db, accountId: string): Promise<Proposal[]> {
  return db
    .selectFrom("proposals")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("submitted_at", "desc")
    .orderBy("paper_pk")
    .execute();
}

/** Everything shown since a day, newest first. */
export function listProposalsSince(db: Db, day: Day, limit: number): Promise<Proposal[]> {
  return db
    .selectFrom("proposals")
    .selectAll()
    .where("day", ">=", day)
    .where("state", "=", "shown")
    .orderBy("submitted_at", "desc")
    .orderBy("paper_pk")
    .limit(limit)
    .execute();
}

export async function makeProposalsAnonymous(trx: Db, accountId: string): Promise<void> {
  await trx
    .updateTable("proposals")
    .set({ account_id: "nobody" })
    .where("account_id", "=", accountId)
    .execute();
}
