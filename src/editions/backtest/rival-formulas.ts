// Public ranking formulas of others, to be measured on the same days. Votes, comments and times in, one number out.
import { hashOfId } from "../formula.ts";

export interface RivalInput {
  id: string;
  votes: number;
  comments: number;
  /** When it was put forward, in ms; and the moment of ranking. */
  submittedMs: number;
  nowMs: number;
}

const hourMs = 3_600_000;

export const rivals: Readonly<Record<string, (paper: RivalInput) => number>> = {
  "raw upvotes": ({ votes }) => votes,
  /** ((votes - 1)^0.8) / ((hours + 2)^1.8): the Arc source as kept in the Anarki fork. */
  "Hacker News": (paper) => Math.max(0, paper.votes - 1) ** 0.8 / (hoursOf(paper) + 2) ** 1.8,
  /** log10(max(votes, 1)) + seconds / 45000: reddit-archive, _sorts.pyx. */
  Reddit: ({ votes, submittedMs }) => Math.log10(Math.max(votes, 1)) + submittedMs / 1000 / 45_000,
  /** log10(max(votes + 1 + half the comments, at most the votes, 1)) + seconds / 22 hours: story.rb. */
  Lobsters: ({ votes, comments, submittedMs }) =>
    Math.log10(Math.max(votes + 1 + Math.min(votes, comments / 2), 1)) + submittedMs / (22 * hourMs),
  "newest first": ({ submittedMs }) => submittedMs,
  random: ({ id }) => hashOfId(`random order of ${id}`),
};

function hoursOf({ submittedMs, nowMs }: RivalInput): number {
  return Math.max(0, (nowMs - submittedMs) / hourMs);
}
