// Settles letters of several lanes in one transaction: each lane waits until its own is written, so no more letters are in
// flight than there are lanes, and the database commits once for all that ended meanwhile.
import type { Db } from "../database/dialect.ts";
import type { Delivery } from "./deliveries-store.ts";
import { type Settlement, settleDeliveries } from "./settle-store.ts";

/** Resolves when written: false when the claim was lost meanwhile. */
export type Settle = (delivery: Delivery, settlement: Settlement) => Promise<boolean>;

interface Waiting {
  delivery: Delivery;
  settlement: Settlement;
  written: PromiseWithResolvers<boolean>;
}

export function settleTogether(db: Db, by: string): Settle {
  let waiting: Waiting[] = [];
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
  return (delivery, settlement) => {
    const written = Promise.withResolvers<boolean>();
    waiting.push({ delivery, settlement, written });
    if (!writing) void write();
    return written.promise;
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
