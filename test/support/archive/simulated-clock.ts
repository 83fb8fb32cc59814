// A clock that only moves when somebody sleeps, so that days pass in milliseconds.
import { setTimeout as waitReally } from "node:timers/promises";
import type { Clock } from "../../../src/lib/clock.ts";

export interface SimulatedClock {
  clock: Clock;
  /** Returns almost at once; by then the clock has moved. Of several sleepers the one due first wakes first. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Moves on to an instant; never back. */
  advanceTo(instant: Date | string): void;
}

export function createSimulatedClock(start: Date | string): SimulatedClock {
  let now = new Date(start).getTime();
  const wakings = new Set<{ at: number }>();
  const advance = (to: number) => {
    now = Math.max(now, to);
  };
  return {
    clock: () => new Date(now),
    async sleep(ms, signal) {
      const mine = { at: now + ms };
      wakings.add(mine);
      try {
        // A real millisecond lets what is under way (requests, queries) come on before time does.
        do await waitReally(1, undefined, { signal });
        while ([...wakings].some(({ at }) => at < mine.at));
        advance(mine.at);
      } finally {
        wakings.delete(mine);
      }
    },
    advanceTo: (instant) => advance(new Date(instant).getTime()),
  };
}
