// What people here add to a paper's facts: it was put forward for a day, so many voted. Followers hear of each change.
import { type Db, takeNumbers } from "../database/dialect.ts";
import type { Day, Instant } from "../lib/clock.ts";

/** As the source of submissions and observations: this instance itself. */
const here = "broadsheet";

/** Votes and submissions take turns, with imports too: whoever comes second sees what the first has written. */
export async function lockFacts(trx: Db): Promise<void> {
  await takeNumbers(trx, "changes", 0);
}

/** Records how many voted here, as of now; never over an earlier observation. Needs the lock. */
export async function recordVotes(trx: Db, paperPk: number, votes: number, now: Instant): Promise<void> {
  const latest = await trx
    .selectFrom("signals")
    .select((e) => e.fn.max("observed_at").as("at"))
    .where("paper_pk", "=", paperPk)
    .where("kind", "=", "upvotes")
    .where("source", "=", here)
    .executeTakeFirst();
  const after = latest?.at ? new Date(Date.parse(latest.at) + 1).toISOString() : now;
  const observed_at = after > now ? after : now;
  const named = { paper_pk: paperPk, kind: "upvotes", source: here, observed_at };
  await trx
    .insertInto("signals")
    .values({ ...named, value: votes, detail: null, approximate: 0, origin: "import", recorded_at: now })
    .execute();
  await renumber(trx, paperPk);
}

/** Puts the paper into the day's edition. `submitter` is shown there; null shows none. Needs the lock. */
export async function addSubmission(
  trx: Db,
  { paperPk, day, submitter }: { paperPk: number; day: Day; submitter: string | null },
  now: Instant,
): Promise<void> {
  await trx
    .insertInto("submissions")
    .values({
      paper_pk: paperPk,
      day,
      source: here,
      submitter,
      submitted_at: now,
      origin: "import",
      recorded_at: now,
    })
    .onConflict((c) => c.columns(["paper_pk", "day", "source"]).doNothing())
    .execute();
  await renumber(trx, paperPk);
}

/** Takes it out again; what other sources said of the day stays. Needs the lock. */
export async function removeSubmission(trx: Db, paperPk: number, day: Day): Promise<void> {
  await trx
    .deleteFrom("submissions")
    .where("paper_pk", "=", paperPk)
    .where("day", "=", day)
    .where("source", "=", here)
    .execute();
  await renumber(trx, paperPk);
}

/** Whether the paper is in the day's edition because somebody put it forward, here or elsewhere. */
export async function isSubmitted(db: Db, paperPk: number, day: Day): Promise<boolean> {
  const row = await db
    .selectFrom("submissions")
    .select("day")
    .where("paper_pk", "=", paperPk)
    .where("day", "=", day)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes the name from what somebody had put forward. Needs the lock. */
export async function removeSubmitter(trx: Db, paperPks: readonly { pk: number; day: Day }[]): Promise<void> {
  for (const { pk, day } of paperPks) {
    await trx
      .updateTable("submissions")
      .set({ submitter: null })
      .where("paper_pk", "=", pk)
      .where("day", "=", day)
      .where("source", "=", here)
      .execute();
    await renumber(trx, pk);
  }
}

async function renumber(trx: Db, paperPk: number): Promise<void> {
  const change_number = await takeNumbers(trx, "changes", 1);
  await trx.updateTable("papers").set({ change_number }).where("pk", "=", paperPk).execute();
}
