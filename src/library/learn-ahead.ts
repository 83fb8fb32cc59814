// Tastes learned before they are asked for: who changed what he keeps during the day finds his taste known in the morning, and
// letters need not wait for thousands to be learned at once.
import { setImmediate } from "node:timers/promises";
import type { Db } from "../database/dialect.ts";
import type { Clock } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { FeatureReader } from "./taste/features.ts";
import { holdTastes } from "./tastes.ts";
import { selectUnlearned } from "./tastes-store.ts";

export interface AheadSubject {
  db: Db;
  clock: Clock;
  /** Throws AppError "not-found" without a model of meaning. */
  reader(): FeatureReader;
}

/** Whoever is marking papers right now is waited for. */
const quietMs = 120_000;
/** A day before what was learned is too old to choose with (tastes.ts). */
const aheadDays = 6;
/** Keepers looked at in one query, and learned of before others get their turn: five may mean a hundred texts to read. */
const pageSize = 500;
const atATime = 5;

/** Learns what is to be learned, all keepers once; how many. Harmless twice, and whenever it is interrupted. */
export async function learnAhead(
  { db, clock, ...given }: AheadSubject,
  signal: AbortSignal,
): Promise<number> {
  const reader = readerOf(given);
  if (!reader) return 0;
  let learned = 0;
  const nowMs = clock().getTime();
  const by = {
    learnedWith: reader.name,
    learnedBefore: new Date(nowMs - aheadDays * 86_400_000).toISOString(),
    changedBefore: new Date(nowMs - quietMs).toISOString(),
  };
  for (let after: string | null = ""; after !== null && !signal.aborted; ) {
    const page = await selectUnlearned(db, by, { after, limit: pageSize });
    for (let from = 0; from < page.keepers.length && !signal.aborted; from += atATime) {
      const some = page.keepers.slice(from, from + atATime);
      await holdTastes(db, some, { reader, now: clock().toISOString(), anew: true });
      learned += some.length;
      await setImmediate();
    }
    after = page.last;
    await setImmediate();
  }
  return learned;
}

function readerOf({ reader }: Pick<AheadSubject, "reader">): FeatureReader | null {
  try {
    return reader();
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null;
    throw error;
  }
}
