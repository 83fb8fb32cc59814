// What the owner chose on the first page: whether the archives are asked, and which fields are followed.
import type { Db } from "../database/dialect.ts";
import { findSetting, saveSetting } from "../database/settings-store.ts";

const [switchName, fieldsName] = ["harvest", "harvest-categories"];

export interface HarvestChoice {
  /** Null: not asked yet. */
  enabled: boolean | null;
  /** Null: as the settings say. */
  categories: string[] | null;
}

export async function findHarvestChoice(db: Db): Promise<HarvestChoice> {
  const enabled = await findSetting(db, switchName);
  const categories = await findSetting(db, fieldsName);
  return {
    enabled: enabled === null ? null : enabled === "on",
    categories: categories === null ? null : categories.split(" ").filter(Boolean),
  };
}

export async function saveHarvestChoice(
  db: Db,
  choice: { enabled: boolean; categories: readonly string[] },
): Promise<void> {
  await saveSetting(db, switchName, choice.enabled ? "on" : "off");
  await saveSetting(db, fieldsName, choice.categories.join(" "));
}

/** The setting decides; without one, what the owner chose; without that, no. */
export async function isHarvestOn(db: Db, setting: boolean | null): Promise<boolean> {
  return setting ?? (await findHarvestChoice(db)).enabled ?? false;
}
