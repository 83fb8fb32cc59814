// What the owner answered on the first page: whether the archives are asked, which fields are followed, who and where they are.
import type { Db } from "../database/dialect.ts";
import { findSetting, saveSetting } from "../database/settings-store.ts";

const settingNames = {
  enabled: "harvest",
  categories: "harvest-categories",
  author: "owner-author",
  zone: "owner-zone",
} as const;

export interface HarvestChoice {
  /** Null: not asked yet. */
  enabled: boolean | null;
  /** Null: as the settings say. */
  categories: string[] | null;
  /** The owner's name as on their papers, or their author id at arXiv: the first author they follow. */
  author: string | null;
  /** Their IANA time zone. */
  zone: string | null;
}

export async function findHarvestChoice(db: Db): Promise<HarvestChoice> {
  const enabled = await findSetting(db, settingNames.enabled);
  const categories = await findSetting(db, settingNames.categories);
  return {
    enabled: enabled === null ? null : enabled === "on",
    categories: categories === null ? null : categories.split(" ").filter(Boolean),
    author: (await findSetting(db, settingNames.author)) || null,
    zone: await findSetting(db, settingNames.zone),
  };
}

/** All or nothing: half an answer would be asked for again. */
export async function saveHarvestChoice(
  db: Db,
  choice: { enabled: boolean; categories: readonly string[]; author: string | null; zone: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await saveSetting(trx, settingNames.enabled, choice.enabled ? "on" : "off");
    await saveSetting(trx, settingNames.categories, choice.categories.join(" "));
    await saveSetting(trx, settingNames.author, choice.author ?? "");
    await saveSetting(trx, settingNames.zone, choice.zone);
  });
}

/** The setting decides; without one, what the owner chose; without that, no. */
export async function isHarvestOn(db: Db, setting: boolean | null): Promise<boolean> {
  return setting ?? (await findHarvestChoice(db)).enabled ?? false;
}

/** Nobody has said yet whether the archives are to be asked. */
export async function isChoiceOpen(db: Db, setting: boolean | null): Promise<boolean> {
  return setting === null && (await findHarvestChoice(db)).enabled === null;
}
