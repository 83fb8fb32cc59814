// What the owner chose on the first page: whether the archives are asked, and which fields are followed.
import type { Db } from "../database/dialect.ts";

const [switchName, fieldsName] = ["harvest", "harvest-categories"];

export interface HarvestChoice {
  /** Null: not asked yet. */
  enabled: boolean | null;
  /** Null: as the settings say. */
  categories: string[] | null;
}

export async function findHarvestChoice(db: Db): Promise<HarvestChoice> {
  const rows = await db
    .selectFrom("settings")
    .selectAll()
    .where("name", "in", [switchName, fieldsName])
    .execute();
  const value = (name: string) => rows.find((row) => row.name === name)?.value;
  const enabled = value(switchName);
  const categories = value(fieldsName);
  return {
    enabled: enabled === undefined ? null : enabled === "on",
    categories: categories === undefined ? null : categories.split(" ").filter(Boolean),
  };
}

export async function saveHarvestChoice(
  db: Db,
  choice: { enabled: boolean; categories: readonly string[] },
): Promise<void> {
  const rows = [
    { name: switchName, value: choice.enabled ? "on" : "off" },
    { name: fieldsName, value: choice.categories.join(" ") },
  ];
  for (const row of rows)
    await db
      .insertInto("settings")
      .values(row)
      .onConflict((c) => c.column("name").doUpdateSet({ value: row.value }))
      .execute();
}

/** The setting decides; without one, what the owner chose; without that, no. */
export async function isHarvestOn(db: Db, setting: boolean | null): Promise<boolean> {
  return setting ?? (await findHarvestChoice(db)).enabled ?? false;
}
