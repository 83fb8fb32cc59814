// When segments are merged: many of one size into one of the next, so that every paper is rewritten a few times only.
import type { Segment } from "./segment.ts";

export interface MergeTuning {
  /** Papers at which the live segment is sealed. */
  sealAt: number;
  /** Segments of one size that are merged into one. */
  fanIn: number;
  /** Bytes of the longest sections of segments that are merged, together; default: `mostMergedBytes`. */
  mostBytes?: number;
}

/** What the choice depends on. */
export type Mergeable = Pick<Segment, "size" | "removed"> & {
  /** Bytes of the longest of its paged sections. */
  longestSection: number;
};

/**
 * What is merged is about as long as its sources are together; where a third more, its offsets still fit their 32 bits. Some
 * 6,000,000 papers.
 */
export const mostMergedBytes = 3 * 2 ** 30;

export const defaultTuning: MergeTuning = { sealAt: 8192, fanIn: 8 };

/** All below this size are of one size. */
const smallest = 64;
/**
 * Full segments come one after another only while very many papers come in; then so many times more of them are merged at
 * once, because all become one when the index comes to rest.
 */
const patience = 3;
/** A segment of which so much is removed is written anew. */
const removedShare = 1 / 3;

/** The segments to merge next; none: []. One alone: it is mostly removed papers. */
export function chooseMerge<S extends Mergeable>(segments: readonly S[], tuning: MergeTuning): S[] {
  const tiers = new Map<number, S[]>();
  for (const segment of segments) {
    const { count } = segment.removed;
    if (count > segment.size * removedShare) return [segment];
    const { tier, most } = placeSize(segment.size - count, tuning);
    const same = tiers.get(tier) ?? [];
    same.push(segment);
    if (same.length >= most) {
      const chosen = withoutLongest(same, tuning);
      if (chosen.length > 1) return chosen;
    }
    tiers.set(tier, same);
  }
  return [];
}

/** Number of the size, and how many segments of it are merged; the sizes of full segments have numbers below 0. */
function placeSize(papers: number, { sealAt, fanIn }: MergeTuning): { tier: number; most: number } {
  const stepsAbove = (size: number, most: number) =>
    Math.floor(Math.log(Math.max(1, papers / size)) / Math.log(most));
  if (papers < sealAt) return { tier: stepsAbove(smallest, fanIn), most: fanIn };
  const most = fanIn * patience;
  return { tier: -1 - stepsAbove(sealAt, most), most };
}

/** Beside the largest segment: when the others hold so much of what it holds, all become one. */
const restShare = 1 / 4;
/** Below so many papers a few segments more cost nothing. */
const fewPapers = 4_096;

/**
 * What to make one segment of when an index comes to rest: a query pays for every segment, whatever is in it. While a collection
 * doubles by small additions, each paper is written some three times more.
 */
export function chooseRest<S extends Mergeable>(
  segments: readonly S[],
  tuning: Pick<MergeTuning, "mostBytes"> = {},
): S[] {
  const chosen = withoutLongest(segments, tuning);
  const sizes = chosen.map(({ size, removed }) => size - removed.count);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const largest = Math.max(0, ...sizes);
  return all - largest >= Math.max(fewPapers, largest * restShare) ? chosen : [];
}

/** Those that may become one segment, in their order: while all would be too long, the longest are left out. */
function withoutLongest<S extends Mergeable>(
  segments: readonly S[],
  { mostBytes = mostMergedBytes }: Pick<MergeTuning, "mostBytes">,
): S[] {
  const taken = new Set<S>();
  let bytes = 0;
  for (const segment of [...segments].sort((a, b) => a.longestSection - b.longestSection)) {
    bytes += segment.longestSection;
    if (bytes <= mostBytes) taken.add(segment);
  }
  return segments.filter((segment) => taken.has(segment));
}
