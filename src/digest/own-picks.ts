// The reader's own picks as an issue asks for them: its papers prepared once, then readers in batches.
import type { EditionItem } from "../editions/edition.ts";
import type { Instant } from "../lib/clock.ts";
import type { OwnPick } from "./choose.ts";

export interface PicksWish {
  keeper: string;
  /** Papers that are no picks: the reader had them. */
  had: ReadonlySet<number>;
  limit: number;
}

export interface Picked {
  /** Best first. */
  picks: OwnPick[];
  /** Papers the keeper does not want to see. */
  hidden: ReadonlySet<number>;
}

/** In the order of the wishes; keepers of whom nothing is known get no picks. A few queries, however many wish. */
export type PickForAll = (wishes: readonly PicksWish[]) => Promise<Picked[]>;

/** Prepares the papers of an issue for all its readers. */
export type PreparePicks = (items: readonly EditionItem[], now: Instant) => Promise<PickForAll>;
