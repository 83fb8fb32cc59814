// What was learned of keepers, kept; and all that choosing for many keepers needs, in a fixed number of queries.
import { type Db, insertRows, isPostgres, textsIn } from "../database/dialect.ts";
import type {
  LibraryFollowsTable,
  LibraryKeepersTable,
  LibraryTastesTable,
} from "../database/library-schema.ts";
import type { Instant } from "../lib/clock.ts";

export function selectKeepers(db: Db, keepers: readonly string[]): Promise<LibraryKeepersTable[]> {
  return db.selectFrom("library_keepers").selectAll().where("keeper", "in", textsIn(db, keepers)).execute();
}

export function selectFollowsOf(db: Db, keepers: readonly string[]): Promise<LibraryFollowsTable[]> {
  return db
    .selectFrom("library_follows")
    .selectAll()
    .where("keeper", "in", textsIn(db, keepers))
    .orderBy("followed_at")
    .orderBy("follow_key")
    .execute();
}

export function selectTastes(db: Db, keepers: readonly string[]): Promise<LibraryTastesTable[]> {
  return db.selectFrom("library_tastes").selectAll().where("keeper", "in", textsIn(db, keepers)).execute();
}

/**
 * Of so many keepers behind one, those whose taste is to be learned: there is none, or it was learned from something else, with
 * something else, or long ago; and `last` to go on behind, null at the end. Who changed something just now is passed over.
 */
export async function selectUnlearned(
  db: Db,
  by: { learnedWith: string; learnedBefore: Instant; changedBefore: Instant },
  { after, limit }: { after: string; limit: number },
): Promise<{ keepers: string[]; last: string | null }> {
  const rows = await db
    .selectFrom("library_keepers as k")
    .leftJoin("library_tastes as t", "t.keeper", "k.keeper")
    .select(["k.keeper", "k.revision", "k.updated_at", "t.revision as of", "t.learned_with", "t.learned_at"])
    .where("k.keeper", ">", after)
    .orderBy("k.keeper")
    .limit(limit)
    .execute();
  const due = rows.filter(
    (row) =>
      row.updated_at <= by.changedBefore &&
      (row.of !== row.revision || row.learned_with !== by.learnedWith || row.learned_at! < by.learnedBefore),
  );
  return { keepers: due.map(({ keeper }) => keeper), last: rows.length < limit ? null : rows.at(-1)!.keeper };
}

/**
 * Keeps what was learned of those whose library is still what it was learned from; of two at once either will do. Who is being
 * erased or emptied meanwhile leaves nothing here: both change the keeper's row first, which is held until this is written.
 */
export async function keepTastes(db: Db, rows: readonly LibraryTastesTable[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const keepers = rows.map(({ keeper }) => keeper);
    const held = await trx
      .selectFrom("library_keepers")
      .select(["keeper", "revision"])
      .where("keeper", "in", textsIn(trx, keepers))
      .orderBy("keeper")
      .$if(isPostgres(trx), (q) => q.forShare())
      .execute();
    const revisions = new Map(held.map(({ keeper, revision }) => [keeper, revision]));
    const current = rows.filter(({ keeper, revision }) => revisions.get(keeper) === revision);
    await insertRows(trx, "library_tastes", current, {
      onConflict:
        "(keeper) do update set revision = excluded.revision, learned_with = excluded.learned_with, learned_at = excluded.learned_at, taste = excluded.taste",
    });
  });
}
