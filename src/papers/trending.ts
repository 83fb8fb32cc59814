// How much a paper is talked of lately: votes that lose half their worth every seven days.
import type { Day } from "../lib/clock.ts";

/** A paper with twice the votes stands level with one so many days younger. */
const daysPerDoubling = 7;

/**
 * Only the order matters, and in the logarithm that is the same at all times: log2(votes) + day / 7, which needs no clock and
 * never has to be computed again because time has passed (the form is Reddit's "hot", Salihefendic 2015). Above 0, so that
 * papers without votes stand last.
 */
export function trendingScore({ votes, day }: { votes: number; day: Day }): number {
  const days = Math.max(0, Date.parse(`${day}T00:00:00Z`) / 86_400_000) || 0;
  return votes < 1 ? 0 : 1 + Math.log2(votes) + days / daysPerDoubling;
}
