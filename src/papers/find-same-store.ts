// Which papers here are the ones that somebody else's records speak of: as an import would join them, but nothing is saved.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { loadBatch } from "./batch-store.ts";
import { findJoined } from "./joining.ts";
import type { PaperRecord } from "./paper.ts";
import { type PreparedItem, prepareItem } from "./prepared-item.ts";

/** The pk of each record's paper, null where there is none. A fixed number of queries. */
export async function findSamePapers(
  db: Db,
  records: readonly PaperRecord[],
  now: Instant,
): Promise<(number | null)[]> {
  const prepared = records.map((record) =>
    prepareItem({ records: [record], submissions: [], announcements: [], signals: [], places: [] }),
  );
  const items = prepared.filter((item): item is PreparedItem => !("refused" in item));
  const { set, settled } = await loadBatch(db, items);
  return prepared.map((item) =>
    "refused" in item ? null : (settled.get(item) ?? findJoined(set, item, now)?.pk ?? null),
  );
}
