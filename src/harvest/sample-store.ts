// Where the sample stands: taken out once, it does not come back by itself; half loaded, it is finished.
import type { Db } from "../database/dialect.ts";

export type SampleState = "loading" | "loaded" | "removed";

const name = "sample";

export async function findSampleState(db: Db): Promise<SampleState | null> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
  return (row?.value as SampleState | undefined) ?? null;
}

export async function saveSampleState(db: Db, value: SampleState): Promise<void> {
  await db
    .insertInto("settings")
    .values({ name, value })
    .onConflict((c) => c.column("name").doUpdateSet({ value }))
    .execute();
}
