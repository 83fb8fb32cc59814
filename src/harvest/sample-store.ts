// Where the sample stands: taken out once, it does not come back by itself; half loaded, it is finished.
import type { Db } from "../database/dialect.ts";
import { findSetting, saveSetting } from "../database/settings-store.ts";

export type SampleState = "loading" | "loaded" | "removed";

const name = "sample";

export async function findSampleState(db: Db): Promise<SampleState | null> {
  return (await findSetting(db, name)) as SampleState | null;
}

export async function saveSampleState(db: Db, state: SampleState): Promise<void> {
  await saveSetting(db, name, state);
}
