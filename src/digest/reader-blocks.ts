// Who the next letters go to, read for several at a time, and at the last moment: one who has just unsubscribed gets nothing more.
import type { Db } from "../database/dialect.ts";
import type { Delivery } from "./deliveries-store.ts";
import { findSubscribersByPk, type Subscriber } from "./subscribers-store.ts";

const blockSize = 10;
/** As long as a letter is under way anyhow; what was read before is read again. */
const believedMs = 50;

/** The reader of a letter as he is now; undefined when he was erased. `untried`: letters whose turn comes after, the next last. */
export type FindReader = (
  delivery: Delivery,
  untried: readonly Delivery[],
) => Promise<Subscriber | undefined>;

/** `elapsedMs`: a clock that only goes forward. */
export function readInBlocks(db: Db, elapsedMs = () => performance.now()): FindReader {
  let block: { pks: Set<number>; readers: Promise<Map<number, Subscriber>>; readAt: number } | null = null;
  return async ({ subscriber_pk: pk }, untried) => {
    const now = elapsedMs();
    if (!block?.pks.has(pk) || now - block.readAt > believedMs) {
      const next = untried.slice(1 - blockSize);
      const pks = new Set([pk, ...next.map((delivery) => delivery.subscriber_pk)]);
      block = { pks, readers: findSubscribersByPk(db, [...pks]), readAt: now };
    }
    return (await block.readers).get(pk);
  };
}
