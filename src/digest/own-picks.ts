// The reader's own picks as an issue asks for them: its papers prepared once, then readers in batches.
import type { Instant } from "../lib/clock.ts";
import type { PickWish } from "../library/pick-for-many.ts";
import type { PickedForOne } from "../library/pick-one.ts";
import type { CandidatePaper } from "../library/taste/candidates.ts";

/** Prepares the papers of an issue for all its readers; what it gives answers wishes in their order. */
export type PreparePicks = (
  papers: readonly CandidatePaper[],
  now: Instant,
) => (wishes: readonly PickWish[]) => Promise<PickedForOne[]>;
