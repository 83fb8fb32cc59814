// What a page "as it stood" is made from: what had been observed by then, and what was in the records at the time.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { type DayRange, findHeldSince, findSettledAt, type ObservationCut } from "./editions-store.ts";

export interface Cut extends ObservationCut {
  observedUntil: Instant;
  /**
   * True when nothing of the page was held at the instant asked for: there was no page yet. It is then made from what had
   * been observed by then as recorded when its day was settled, the first time the day was found over (null: not yet).
   */
  reconstructed: boolean;
}

/** The cut of a page as of an instant; two queries. */
export async function findCut(
  db: Db,
  range: DayRange,
  { asOf, categories }: { asOf: Instant; categories: readonly string[] },
): Promise<Cut> {
  const heldSince = await findHeldSince(db, range, categories);
  const reconstructed = heldSince !== null && asOf < heldSince;
  const recordedUntil = reconstructed ? await findSettledAt(db, range) : asOf;
  return { observedUntil: asOf, recordedUntil, reconstructed };
}
