// The words that sources took back, in the database; they belong to the record, and so follow it to whatever paper it is of.
import { type Db, insertRows, numbersIn, textsIn } from "../database/dialect.ts";
import type { RecordChange, SourceName } from "./paper.ts";

/** Harmless twice. Of several changes of a record at one instant, each field keeps what it said first. */
export async function saveRecordChanges(trx: Db, changes: readonly RecordChange[]): Promise<void> {
  if (changes.length === 0) return;
  const told = await listTold(trx, changes);
  for (const change of changes) {
    const key = keyOf(change);
    told.set(key, { ...change.before, ...told.get(key) });
  }
  const unique = new Map(changes.map((change) => [keyOf(change), change]));
  const rows = [...unique].map(([key, { source, sourceId, changedAt }]) => ({
    source,
    source_id: sourceId,
    changed_at: changedAt,
    taken_back: JSON.stringify(told.get(key)),
  }));
  await insertRows(trx, "record_changes", rows, {
    onConflict: "(source, source_id, changed_at) do update set taken_back = excluded.taken_back",
  });
}

type ChangeKey = Pick<RecordChange, "source" | "sourceId" | "changedAt">;

function keyOf({ source, sourceId, changedAt }: ChangeKey): string {
  return `${source} ${sourceId} ${changedAt}`;
}

/** What the changes at these instants have said before, by key. */
async function listTold(
  trx: Db,
  changes: readonly RecordChange[],
): Promise<Map<string, RecordChange["before"]>> {
  const rows = await trx
    .selectFrom("record_changes")
    .selectAll()
    .where("source_id", "in", textsIn(trx, [...new Set(changes.map(({ sourceId }) => sourceId))]))
    .where("changed_at", "in", textsIn(trx, [...new Set(changes.map(({ changedAt }) => changedAt))]))
    .execute();
  return new Map(
    rows.map((row) => [`${row.source} ${row.source_id} ${row.changed_at}`, readTakenBack(row.taken_back)]),
  );
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
      before: readTakenBack(row.taken_back),
    };
    changes.set(row.paper_pk, [...(changes.get(row.paper_pk) ?? []), change]);
  }
  return changes;
}

/** In one order, whichever field was taken back first: an export of the same changes is the same text. */
function readTakenBack(text: string): RecordChange["before"] {
  const { title, abstract, authors, withdrawn } = JSON.parse(text) as RecordChange["before"];
  return {
    ...(title === undefined ? {} : { title }),
    ...(abstract === undefined ? {} : { abstract }),
    ...(authors === undefined ? {} : { authors }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}
