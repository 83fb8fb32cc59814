// The row of a keeper: settings, and the revision that says whether something was learned from what is there now.
import { type Db, textsIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export interface KeeperRow {
  revision: number;
  /** JSON */
  settings: string;
}

export async function findKeeper(db: Db, keeper: string): Promise<KeeperRow | null> {
  const row = await db
    .selectFrom("library_keepers")
    .select(["revision", "settings"])
    .where("keeper", "=", keeper)
    .executeTakeFirst();
  return row ?? null;
}

/** Notes that something changed from which a taste is learned. */
export async function raiseRevision(trx: Db, keeper: string, now: Instant): Promise<void> {
  await trx
    .insertInto("library_keepers")
    .values({ keeper, revision: 1, settings: "{}", updated_at: now })
    .onConflict((c) =>
      c
        .column("keeper")
        .doUpdateSet((e) => ({ revision: e("library_keepers.revision", "+", 1), updated_at: now })),
    )
    .execute();
}

export async function writeSettings(trx: Db, keeper: string, settings: string, now: Instant): Promise<void> {
  await raiseRevision(trx, keeper, now);
  await trx.updateTable("library_keepers").set({ settings }).where("keeper", "=", keeper).execute();
}

/** The keeper's own row first: what is learned meanwhile waits for it, and is then not kept (tastes-store.ts). */
const tablesOfKeepers = [
  "library_keepers",
  "library_marks",
  "library_references",
  "library_follows",
  "library_feed_keys",
  "library_tastes",
] as const;

/** Removes everything held of the keeper. */
export async function eraseKeeper(trx: Db, keeper: string): Promise<void> {
  for (const table of tablesOfKeepers) await trx.deleteFrom(table).where("keeper", "=", keeper).execute();
}

/**
 * Removes what the keeper keeps and what was learned from it. The keys of his feeds open the same places afterwards; the
 * revision goes on, so that what is being learned now never passes for learned later.
 */
export async function emptyKeeper(trx: Db, keeper: string, now: Instant): Promise<void> {
  await writeSettings(trx, keeper, "{}", now);
  for (const table of ["library_marks", "library_references", "library_follows", "library_tastes"] as const)
    await trx.deleteFrom(table).where("keeper", "=", keeper).execute();
}

export async function moveFeedKeys(trx: Db, from: string, to: string): Promise<void> {
  await trx.updateTable("library_feed_keys").set({ keeper: to }).where("keeper", "=", from).execute();
}

/** Those of these keepers of whom anything is held. */
export async function listKeepersAmong(db: Db, keepers: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  if (keepers.length === 0) return [];
  for (const table of ["library_keepers", "library_feed_keys"] as const) {
    const rows = await db
      .selectFrom(table)
      .select("keeper")
      .where("keeper", "in", textsIn(db, keepers))
      .execute();
    for (const { keeper } of rows) found.add(keeper);
  }
  return [...found].sort();
}
