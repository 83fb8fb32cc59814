// Putting a paper forward for today's edition: a paper once a day, by whoever may, so many a day; taken back by who did it.
import type { Db } from "../database/dialect.ts";
import { dayOf } from "../lib/clock.ts";
import { addSubmission, isSubmitted, lockFacts, removeSubmission } from "../papers/people-store.ts";
import type { Person } from "./person.ts";
import { countProposals, findProposal, saveProposal, setProposalState } from "./proposals-store.ts";

/** Editors are trusted; a script of theirs that ran wild is still stopped. */
const mostOfEditor = 200;

export type ProposalOutcome =
  | "shown"
  /** It is on today's page already, by whomever. */
  | "there"
  /** An editor took it off today's page. */
  | "removed"
  | "not-allowed"
  | "too-many";

export interface ProposalRules {
  /** Papers a reader may put forward a day; 0: none. */
  readersMayADay: number;
}

/** True when the role may put papers forward at all. */
export function maySubmit({ role }: Person, { readersMayADay }: ProposalRules): boolean {
  return role !== "reader" || readersMayADay > 0;
}

export async function propose(
  db: Db,
  person: Person,
  paperPk: number,
  { now, ...rules }: ProposalRules & { now: Date },
): Promise<ProposalOutcome> {
  if (!maySubmit(person, rules)) return "not-allowed";
  const most = person.role === "reader" ? rules.readersMayADay : mostOfEditor;
  const [day, at] = [dayOf(now), now.toISOString()];
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    const known = await findProposal(trx, paperPk, day);
    if (known?.state === "removed" && person.role === "reader") return "removed";
    if (await isSubmitted(trx, paperPk, day)) return "there";
    const isOwn = known?.account_id === person.id;
    if (!isOwn && (await countProposals(trx, person.id, day)) >= most) return "too-many";
    await saveProposal(trx, {
      paper_pk: paperPk,
      day,
      account_id: person.id,
      submitted_at: at,
      state: "shown",
    });
    await addSubmission(trx, { paperPk, day, submitter: person.name }, at);
    return "shown";
  });
}

/** Takes back what the person put forward today; false when that is nothing of his. */
export async function undoProposal(db: Db, person: Person, paperPk: number, now: Date): Promise<boolean> {
  const day = dayOf(now);
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    const known = await findProposal(trx, paperPk, day);
    if (known?.state !== "shown" || known.account_id !== person.id) return false;
    await setProposalState(trx, known, "undone");
    await removeSubmission(trx, paperPk, day);
    return true;
  });
}
