// A visit that did not get a day: the ledger hears why, and the next visit is put off.
import type { Day, Instant } from "../lib/clock.ts";
import { findStream } from "./harvest-streams-store.ts";
import { wholeDay } from "./ledger-accounts.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { retryAt } from "./plan.ts";
import type { Visited, Work } from "./sources.ts";

export interface DayTrouble {
  trouble: string;
  /** When the source wants to be asked again; null: it did not say. */
  until: Instant | null;
  /** The source was not asked. */
  resting?: boolean;
  outcome?: Look["outcome"];
}

/** What went wrong is told of the day at hand. `name`: of the stream. */
export async function failDay(
  work: Work,
  { name, source, day }: { name: string; source: string; day: Day },
  { trouble, until, resting = false, outcome = "failed" }: DayTrouble,
): Promise<Visited> {
  const now = work.clock();
  if (!resting) {
    const look: Look = { outcome, route: "api", trouble };
    const key = { source, category: wholeDay, day };
    await work.db.transaction().execute((trx) => enterLook(trx, key, { look, now: now.toISOString() }));
  }
  const failures = (await findStream(work.db, name))?.failures ?? 0;
  return { ok: false, resting, message: trouble, nextAt: retryAt(now, until, failures) };
}
