// When segments are merged: many of one size into one of the next, so that every paper is rewritten a few times only.
import type { Segment } from "./segment.ts";

export interface MergeTuning {
  /** Papers at which the live segment is sealed. */
  sealAt: number;
  /** Segments of one size that are merged into one. */
  fanIn: number;
}

export const defaultTuning: MergeTuning = { sealAt: 8192, fanIn: 8 };

/** All below this size are of one size. */
const smallest = 64;
/** A segment of which so much is removed is written anew. */
const removedShare = 1 / 3;

/** The segments to merge next; none: []. One alone: it is mostly removed papers. */
export function chooseMerge<S extends Segment>(segments: readonly S[], { fanIn }: MergeTuning): S[] {
  const tiers = new Map<number, S[]>();
  for (const segment of segments) {
    const { count } = segment.removed;
    if (count > segment.size * removedShare) return [segment];
    const tier = Math.floor(Math.log(Math.max(1, (segment.size - count) / smallest)) / Math.log(fanIn));
    const same = tiers.get(tier) ?? [];
    same.push(segment);
    if (same.length === fanIn) return same;
    tiers.set(tier, same);
  }
  return [];
}

/** Beside the largest segment: when the others hold so much of what it holds, all become one. */
const restShare = 1 / 4;
/** Below so many papers a few segments more cost nothing. */
const fewPapers = 4_096;

/**
 * What to make one segment of when an index comes to rest: a query pays for every segment, whatever is in it. While a collection
 * doubles by small additions, each paper is written some three times more.
 */
export function chooseRest<S extends Segment>(segments: readonly S[]): S[] {
  const sizes = segments.map(({ size, removed }) => size - removed.count);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const largest = Math.max(0, ...sizes);
  return all - largest >= Math.max(fewPapers, largest * restShare) ? [...segments] : [];
}
