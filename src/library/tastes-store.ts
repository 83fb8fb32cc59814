// What was learned of keepers, kept; and all that choosing for many keepers needs, in a fixed number of queries.
import { type Db, insertRows, isPostgres, textsIn } from "../database/dialect.ts";
import type {
  LibraryFollowsTable,
  LibraryKeepersTable,
  LibraryTastesTable,
} from "../database/library-schema.ts";

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
