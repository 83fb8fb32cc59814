// Votes: one an account and paper, taken back at will, each change recorded as an observation, so that editions count them by
// the time they are as of. A burst of new accounts is held until an editor has looked.
import { type TurnLimit, takeTurn } from "../accounts/turns-store.ts";
import type { Db } from "../database/dialect.ts";
import { lockFacts, recordVotes } from "../papers/people-store.ts";
import { isNew, type Person } from "./person.ts";
import {
  countNewcomers,
  countVotes,
  deleteVote,
  findVote,
  holdNewcomers,
  insertVote,
} from "./votes-store.ts";

const votesOfPerson: TurnLimit = { name: "votes", most: 100, windowMs: 3_600_000 };

/** So many votes of new accounts for one paper within an hour may be friends; more are a burst. */
const mostNewcomers = 3;
const burstMs = 3_600_000;

/** "held": a burst; it counts once an editor lets it. "again": there was one already. */
export type VoteOutcome = "counted" | "held" | "again" | "too-many";

export async function castVote(db: Db, person: Person, paperPk: number, now: Date): Promise<VoteOutcome> {
  if (!(await takeTurn(db, votesOfPerson, person.id, now))) return "too-many";
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    const fresh = isNew(person, now);
    const since = new Date(now.getTime() - burstMs).toISOString();
    const isBurst = fresh && (await countNewcomers(trx, paperPk, since)) >= mostNewcomers;
    const state = isBurst ? "held" : "counted";
    const at = now.toISOString();
    const vote = {
      paper_pk: paperPk,
      account_id: person.id,
      voted_at: at,
      state,
      new_account: fresh ? 1 : 0,
    } as const;
    if (!(await insertVote(trx, vote))) return "again";
    if (isBurst) await holdNewcomers(trx, paperPk, since);
    await recordVotes(trx, paperPk, await countVotes(trx, paperPk, "counted"), at);
    return state;
  });
}

/** False when there was none. */
export async function undoVote(db: Db, person: Person, paperPk: number, now: Date): Promise<boolean> {
  if (!(await takeTurn(db, votesOfPerson, person.id, now))) return false;
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    const state = await findVote(trx, paperPk, person.id);
    if (state === null) return false;
    await deleteVote(trx, paperPk, person.id);
    if (state === "counted")
      await recordVotes(trx, paperPk, await countVotes(trx, paperPk, "counted"), now.toISOString());
    return true;
  });
}
