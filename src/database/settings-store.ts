// What the program remembers about itself, by name: where it was served, what the owner chose.
import type { Db } from "./dialect.ts";

export async function findSetting(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value ?? null;
}

export async function saveSetting(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto("settings")
    .values({ name, value })
    .onConflict((c) => c.column("name").doUpdateSet({ value }))
    .execute();
}

/** What is remembered, made at the first call: of several processes at once all get the same. */
export async function ensureSetting(db: Db, name: string, make: () => string): Promise<string> {
  const found = await findSetting(db, name);
  if (found !== null) return found;
  await db
    .insertInto("settings")
    .values({ name, value: make() })
    .onConflict((c) => c.column("name").doNothing())
    .execute();
  return (await findSetting(db, name))!;
}
