// The reader's own picks as an issue needs them: prepared once for its papers, then for readers in batches.
import type { EditionItem } from "../editions/edition.ts";
import type { OwnPick } from "./choose.ts";

export interface Picked {
  /** Best first. */
  picks: OwnPick[];
  /** Papers the keeper does not want to see. */
  hidden: ReadonlySet<number>;
}

/** Keepers of whom nothing is known are missing in the answer. */
export type PickForAll = (keepers: readonly string[], limit: number) => Promise<Map<string, Picked>>;

/** Prepares the papers of an issue; a few queries, whoever reads. */
export type PreparePicks = (items: readonly EditionItem[]) => Promise<PickForAll>;
