// The best papers that hold all the words, and how many do. Those with all of them in the title are looked at first: they
// nearly always reach so much that none of the others needs to be looked at, only counted.
import { AllWords, type SegmentWords } from "./all-words.ts";
import { countHolders } from "./holders.ts";
import { MostBeside, placedWords } from "./most-beside.ts";
import type { Plan } from "./plan.ts";
import type { Postings } from "./postings.ts";
import { boundPairs } from "./proximity.ts";
import type { Work } from "./work.ts";

export interface CompleteInput {
  plan: Plan;
  work: Work;
  depth: number;
  /** What a score must reach to matter, asked again and again. */
  threshold(): number;
  /** Takes a paper that may enter, and whether it holds all words in its title; `wait`: see all-words.ts. */
  offer(segment: number, doc: number, how: { titled: boolean; wait: boolean }): number | undefined;
  /** See all-words.ts. */
  pairsSpent(): boolean;
}

export interface CompleteCount {
  papers: number;
  /** False: there may be more. */
  exact: boolean;
}

/** The words of a segment with all that is known of them. */
export interface CompleteWords extends SegmentWords {
  words: readonly Postings[];
}

/** Bounds are added in single precision; they are widened by more than that can lose. */
const slack = 1 + 1e-5;

/**
 * Offers the papers of the segments that may enter; returns how many hold all the words, or, where the plan does not count,
 * so many at least.
 */
export function visitComplete(input: CompleteInput, segments: readonly CompleteWords[]): CompleteCount {
  const { plan, work, depth, threshold, pairsSpent } = input;
  const weights = plan.words.map((word) => word.weight);
  const bonus = plan.bonuses.complete;
  const most = (codes: Uint8Array) => bonus + boundPairs(plan.pairs, codes);
  const beside = new MostBeside(weights.length, most);
  // Only of titles much is known without reading, and of words that stand for their own stem alone.
  const told = plan.words.every(({ plain }) => plain);
  const how = { titled: true, wait: false };
  const offer = (segment: number, doc: number, wait: boolean) => {
    how.wait = wait && how.titled && told;
    return input.offer(segment, doc, how);
  };
  const all = new AllWords({ weights, work, depth, threshold, beside, bonus, offer, pairsSpent });
  const titledGathered = weights.length > 0 && weights.length <= placedWords;
  if (titledGathered) {
    let held = 0;
    for (const own of segments) held += all.gather({ ...own, words: own.words.map(({ titled }) => titled) });
    all.finish();
    if (threshold() > mostUntitled(weights, beside, segments) * slack)
      return plan.counts ? { papers: countAll(segments, work), exact: true } : { papers: held, exact: false };
  }
  how.titled = false;
  let papers = 0;
  for (const own of segments) papers += all.gather({ ...own, titledGathered });
  all.finish();
  return { papers, exact: true };
}

function countAll(segments: readonly CompleteWords[], work: Work): number {
  return segments.reduce((sum, { words, barred }) => sum + countHolders(words, barred, work), 0);
}

/** What a paper can score at most of which some word stands elsewhere than in the title. */
function mostUntitled(
  weights: readonly number[],
  beside: MostBeside,
  segments: readonly CompleteWords[],
): number {
  const codes = new Uint8Array(weights.length);
  let most = Number.NEGATIVE_INFINITY;
  for (const { words } of segments) {
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < words.length; i++) {
      const { maxBound, maxUntitled, anyCode } = words[i]!;
      sum += weights[i]! * maxBound;
      least = Math.min(least, weights[i]! * (maxBound - maxUntitled));
      codes[i]! |= anyCode;
    }
    most = Math.max(most, (sum - least) / 255);
  }
  return most + beside.untitled(codes);
}
