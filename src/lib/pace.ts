// Long work in pieces: who works in the one thread of the program lets others in between them, and what is in no hurry stands
// back for them.
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextRound } from "node:timers/promises";

/** How the work of one request, or of one job, shares the thread. */
export interface Pace {
  /** True for work that nobody waits for: programs that walk the archive. */
  isPatient: boolean;
  /** Resolves when this work may go on. */
  pause(): Promise<void>;
}

/** Work goes on so long without a pause, in milliseconds: a fraction of what a reader notices. */
const longestPieceMs = 8;

const paces = new AsyncLocalStorage<Pace>();
let pausedAt = 0;

/** Runs `work`, and all that it calls, at this pace. */
export function atPace<T>(pace: Pace, work: () => T): T {
  return paces.run(pace, work);
}

/** True inside work that nobody waits for. */
export function isPatient(): boolean {
  return paces.getStore()?.isPatient ?? false;
}

/** To be called between two pieces of work: does nothing where the thread was free a moment ago. */
export async function breathe(): Promise<void> {
  if (performance.now() - pausedAt < longestPieceMs) return;
  await (paces.getStore()?.pause() ?? nextRound());
  pausedAt = performance.now();
}
