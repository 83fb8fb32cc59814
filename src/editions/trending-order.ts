// The order of trending papers where neither clock nor page is at hand: the one formula, of votes alone.
import type { Day } from "../lib/clock.ts";
import { HALF_LIFE_DAYS, scoreOf } from "./formula.ts";

/**
 * Only the order matters, and in the logarithm points that halve at a steady pace stand in the same order at all times:
 * log2(points) + day / 7, which needs no clock and never has to be computed again because time has passed (the form is
 * Reddit's "hot", Salihefendic 2015). The points are the formula's for a paper that was put forward and has these votes;
 * what is known only of a page (estimates, weights, stars, shares) has no part. Above 0, so that papers without votes
 * stand last.
 */
export function trendingOrder({ votes, day }: { votes: number; day: Day }): number {
  if (!(votes >= 1)) return 0;
  const { score } = scoreOf({ submitted: true, announced: false, votes, estimate: null });
  const days = Math.max(0, Date.parse(`${day}T00:00:00Z`) / 86_400_000) || 0;
  return 1 + Math.log2(score) + days / HALF_LIFE_DAYS;
}

/** What the order is made of; the terms add up to it. */
export function explainTrendingOrder({ votes, trending }: { votes: number; trending: number }) {
  const { score } = scoreOf({ submitted: true, announced: false, votes, estimate: null });
  const points = 1 + Math.log2(score);
  const ofDay = trending - points;
  return [
    { name: "votes", value: votes, weight: "1 + log2(1 + votes)", points },
    {
      name: "day",
      value: ofDay * HALF_LIFE_DAYS,
      weight: `days since 1970 / ${HALF_LIFE_DAYS}`,
      points: ofDay,
    },
  ];
}
