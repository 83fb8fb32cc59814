// What must not count for a reader, added and taken back one by one.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { findSettings, saveSettings } from "./library.ts";
import type { LibrarySettings } from "./settings.ts";

export interface Veto {
  of: keyof LibrarySettings["vetoes"];
  /** A word, or a reason's own text: "popular", "author:Ada Lovelace", "like:17". */
  value: string;
}

/** Harmless twice, and for what is not there. Throws AppError "bad-input" for what cannot be one. */
export async function changeVeto(
  db: Db,
  keeper: string,
  { of, value, on }: Veto & { on: boolean },
  now: Instant,
): Promise<void> {
  const settings = await findSettings(db, keeper);
  const others = settings.vetoes[of].filter((each) => each !== value.trim());
  const vetoes = { ...settings.vetoes, [of]: on ? [...others, value.trim()] : others };
  await saveSettings(db, keeper, { ...settings, vetoes }, now);
}
