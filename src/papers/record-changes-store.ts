// The words that sources took back, in the database; they belong to the record, and so follow it to whatever paper it is of.
import { type Db, insertRows, numbersIn } from "../database/dialect.ts";
import type { RecordChange, SourceName } from "./paper.ts";

/** Harmless twice. */
export async function saveRecordChanges(trx: Db, changes: readonly RecordChange[]): Promise<void> {
  const rows = changes.map(({ source, sourceId, changedAt, before }) => ({
    source,
    source_id: sourceId,
    changed_at: changedAt,
    taken_back: JSON.stringify(before),
  }));
  await insertRows(trx, "record_changes", rows, { onConflict: "do nothing" });
}

/** By paper pk, oldest first. */
export async function listRecordChanges(
  db: Db,
  pks: readonly number[],
): Promise<Map<number, RecordChange[]>> {
  const rows = await db
    .selectFrom("record_changes as c")
    .innerJoin("paper_records as r", (join) =>
      join.onRef("r.source", "=", "c.source").onRef("r.source_id", "=", "c.source_id"),
    )
    .select(["r.paper_pk", "c.source", "c.source_id", "c.changed_at", "c.taken_back"])
    .where("r.paper_pk", "in", numbersIn(db, pks))
    .orderBy("c.changed_at")
    .orderBy("c.source")
    .orderBy("c.source_id")
    .execute();
  const changes = new Map<number, RecordChange[]>();
  for (const row of rows) {
    const change: RecordChange = {
      source: row.source as SourceName,
      sourceId: row.source_id,
      changedAt: row.changed_at,
      before: JSON.parse(row.taken_back) as RecordChange["before"],
    };
    changes.set(row.paper_pk, [...(changes.get(row.paper_pk) ?? []), change]);
  }
  return changes;
}
