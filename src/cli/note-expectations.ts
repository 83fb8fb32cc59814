// What follows an import or a harvest by hand: the new papers get their estimates, and days that are over are settled.
import type { App } from "../app.ts";
import { makeEstimates, settleDays } from "../editions/estimate/make-estimates.ts";
import { loadShippedRankingModel } from "../editions/shipped-ranking-model.ts";

/** Interrupted, it leaves the rest to the next run or to the server. */
export async function noteExpectations({ db, clock }: App, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await makeEstimates({ db, clock, model: loadShippedRankingModel() }, signal);
  if (!signal.aborted) await settleDays({ db, clock }, 0);
}
