// What was learned of keepers, kept; and all that choosing for many keepers needs, in a fixed number of queries.
import { type Db, insertRows, textsIn } from "../database/dialect.ts";
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

/** Keeps what was learned; of two at once either will do, because both learned from what was there. */
export async function keepTaste(db: Db, row: LibraryTastesTable): Promise<void> {
  await insertRows(db, "library_tastes", [row], {
    onConflict:
      "(keeper) do update set revision = excluded.revision, learned_with = excluded.learned_with, learned_at = excluded.learned_at, taste = excluded.taste",
  });
}
