// What editors do about held votes, reports and papers put forward; every action is logged with who, when and why.
import { type TurnLimit, takeTurn } from "../accounts/turns-store.ts";
import type { Db } from "../database/dialect.ts";
import { type Day, dayOf } from "../lib/clock.ts";
import { lockFacts, recordVotes, removeSubmission } from "../papers/people-store.ts";
import { closeReports, hasOpenReport, insertReport, logAction } from "./moderation-store.ts";
import type { Person } from "./person.ts";
import { findProposal, setProposalState } from "./proposals-store.ts";
import { countVotes, dropHeld, releaseHeld } from "./votes-store.ts";

/** count-votes and drop-votes: what is held. remove: today's paper off the page. close: the reports, nothing else. */
export const actions = ["count-votes", "drop-votes", "remove", "close"] as const;

export type Action = (typeof actions)[number];

export const longestReason = 500;

const reportsOfPerson: TurnLimit = { name: "reports", most: 20, windowMs: 24 * 3_600_000 };

export type ReportOutcome = "taken" | "again" | "empty" | "too-many";

/** Tells the editors of a paper that does not belong here. */
export async function report(
  db: Db,
  person: Person,
  { paperPk, reason }: { paperPk: number; reason: string },
  now: Date,
): Promise<ReportOutcome> {
  const why = reason.trim().slice(0, longestReason);
  if (why === "") return "empty";
  if (!(await takeTurn(db, reportsOfPerson, person.id, now))) return "too-many";
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    if (await hasOpenReport(trx, paperPk, person.id)) return "again";
    const at = now.toISOString();
    await insertReport(trx, { paper_pk: paperPk, account_id: person.id, reason: why, reported_at: at });
    return "taken";
  });
}

/** False when there was nothing to do any more: somebody else had done it. Then nothing is logged. */
export async function moderate(
  db: Db,
  person: Person,
  { action, paperPk, reason }: { action: Action; paperPk: number; reason: string },
  now: Date,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    const at = now.toISOString();
    if (!(await act(trx, { action, paperPk }, at))) return false;
    const why = reason.trim().slice(0, longestReason);
    const who = { account_id: person.id, actor: person.label };
    await logAction(trx, { at, ...who, action, paper_pk: paperPk, reason: why });
    return true;
  });
}

async function act(
  trx: Db,
  { action, paperPk }: { action: Action; paperPk: number },
  at: string,
): Promise<boolean> {
  switch (action) {
    case "count-votes": {
      const released = await releaseHeld(trx, paperPk);
      if (released > 0) await recordVotes(trx, paperPk, await countVotes(trx, paperPk, "counted"), at);
      return released > 0;
    }
    case "drop-votes":
      return (await dropHeld(trx, paperPk)) > 0;
    case "close":
      return (await closeReports(trx, paperPk)) > 0;
    case "remove": {
      const removed = await removeFromDay(trx, paperPk, dayOf(at));
      if (removed) await closeReports(trx, paperPk);
      return removed;
    }
  }
}

async function removeFromDay(trx: Db, paperPk: number, day: Day): Promise<boolean> {
  const known = await findProposal(trx, paperPk, day);
  if (known?.state !== "shown") return false;
  await setProposalState(trx, known, "removed");
  await removeSubmission(trx, paperPk, day);
  return true;
}
