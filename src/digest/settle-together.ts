// Settles letters in one transaction where several end within milliseconds: each transaction costs as much as a letter, and readers
// of one issue write to the same pages. What was handed over and is not written yet is in flight as well, so it is kept short.
import type { Db } from "../database/dialect.ts";
import type { Delivery } from "./deliveries-store.ts";
import { type Settlement, settleDeliveries } from "./settle-store.ts";

/** Letters that wait to be written down, at most: beyond them lanes wait too. */
export const mostUnwritten = 5;
/** A letter that was sent waits no longer for others. */
const longestWaitMs = 10;

export interface Settling {
  /** Resolves when written: false when the claim was lost meanwhile. What was not sent is written at once. */
  settle(delivery: Delivery, settlement: Settlement): Promise<boolean>;
  /** Writes what waits without waiting for more. */
  flush(): void;
}

interface Waiting {
  delivery: Delivery;
  settlement: Settlement;
  written: PromiseWithResolvers<boolean>;
}

export function settleTogether(db: Db, by: string): Settling {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = false;
  const write = async () => {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(db, by, group);
    }
    writing = false;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!writing) void write();
  };
  return {
    settle(delivery, settlement) {
      const written = Promise.withResolvers<boolean>();
      waiting.push({ delivery, settlement, written });
      if (settlement.state !== "sent" || waiting.length >= mostUnwritten) flush();
      else timer ??= setTimeout(flush, longestWaitMs);
      return written.promise;
    },
    flush,
  };
}

async function writeGroup(db: Db, by: string, group: readonly Waiting[]): Promise<void> {
  try {
    const kept = await settleDeliveries(db, by, group);
    for (const [i, { written }] of group.entries()) written.resolve(kept[i]!);
  } catch (error) {
    for (const { written } of group) written.reject(error);
  }
}
