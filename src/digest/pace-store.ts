// How fast letters leave: counted in the database, so that all processes on it keep the owner's rates together.
import { sql } from "kysely";
import type { Db } from "../database/dialect.ts";

export interface Rate {
  /** "second" */
  name: string;
  most: number;
  windowMs: number;
}

export type Permits = { letters: number } | { letters: 0; freeAt: Date };

/**
 * Takes leave for up to `wanted` letters; fewer when a rate is nearly used up, and then when there is more. A stretch of
 * time begins with its first letter. One transaction: the rates' rows are locked in the order given.
 */
export async function takePermits(
  db: Db,
  rates: readonly Rate[],
  { wanted, now }: { wanted: number; now: Date },
): Promise<Permits> {
  if (rates.length === 0) return { letters: wanted };
  return await db.transaction().execute(async (trx) => {
    let letters = wanted;
    let freeAt = now;
    for (const rate of rates) {
      const { taken, startedAt } = await openWindow(trx, rate, now);
      const left = rate.most - taken;
      if (left <= 0) freeAt = new Date(Math.max(freeAt.getTime(), startedAt.getTime() + rate.windowMs));
      letters = Math.max(0, Math.min(letters, left));
    }
    if (letters === 0) return { letters: 0, freeAt };
    for (const { name } of rates) {
      await trx
        .updateTable("mail_pace")
        .set((e) => ({ taken: e("taken", "+", letters) }))
        .where("name", "=", name)
        .execute();
    }
    return { letters };
  });
}

/** The stretch that now is in, begun anew when the last is over (or lies in the future: the clock was set back). */
async function openWindow(trx: Db, { name, windowMs }: Rate, now: Date) {
  const nowAt = now.toISOString();
  const overAt = new Date(now.getTime() - windowMs).toISOString();
  const isOver = sql<boolean>`(mail_pace.started_at <= ${overAt} or mail_pace.started_at > ${nowAt})`;
  const row = await trx
    .insertInto("mail_pace")
    .values({ name, started_at: nowAt, taken: 0 })
    .onConflict((c) =>
      c.column("name").doUpdateSet({
        taken: sql<number>`case when ${isOver} then 0 else mail_pace.taken end`,
        started_at: sql<string>`case when ${isOver} then ${nowAt} else mail_pace.started_at end`,
      }),
    )
    .returning(["taken", "started_at"])
    .executeTakeFirstOrThrow();
  return { taken: Number(row.taken), startedAt: new Date(row.started_at) };
}
