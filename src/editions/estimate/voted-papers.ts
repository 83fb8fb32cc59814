// Papers of past days with the votes they had then and later: what a ranking is trained on and judged by.
import type { Day, Instant } from "../../lib/clock.ts";
import type { EstimateInput } from "./features.ts";
import { type Credits, PastVotes } from "./past-votes.ts";

/** A paper put forward for a day, and the votes that were counted first. */
export interface CountedPaper extends Credits {
  id: string;
  day: Day;
  votes: number;
  /** When `votes` was observed. */
  observedAt: Instant;
}

/** The same with all that an estimate is made from, as it stood when the day's list was observed. */
export interface VotedPaper extends CountedPaper, Omit<EstimateInput, "sameSubmitter"> {
  comments: number;
  /** When it was put forward; null when that is not recorded. */
  submittedAt: Instant | null;
}

export interface LaterVotes {
  at: Instant;
  votes: number;
}

/** Later observations by paper id, each list by time. */
export type LaterById = ReadonlyMap<string, readonly LaterVotes[]>;

const dayMs = 86_400_000;
/** What counts as "a week later": the latest observation between so many days after 08:30 UTC of the day. */
const judgedAfterDays = { from: 3, to: 9.5 };

/** The votes a paper came to some days after its day; null when nobody looked then. */
export function votesWhenJudged({ id, day }: VotedPaper, later: LaterById): number | null {
  const startMs = Date.parse(`${day}T08:30:00Z`);
  const inTime = (later.get(id) ?? []).filter(({ at }) => {
    const days = (Date.parse(at) - startMs) / dayMs;
    return days >= judgedAfterDays.from && days <= judgedAfterDays.to;
  });
  return inTime.at(-1)?.votes ?? null;
}

/** By day, oldest first. */
export function groupByDay<Paper extends CountedPaper>(papers: readonly Paper[]): [Day, Paper[]][] {
  const days = Map.groupBy(papers, (paper) => paper.day);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The input of a paper's estimate among those of its day. */
export function estimateInputOf(paper: VotedPaper, ofDay: readonly VotedPaper[]): EstimateInput {
  const sameSubmitter =
    paper.submitter === null ? 0 : ofDay.filter((other) => other.submitter === paper.submitter).length;
  return { ...paper, sameSubmitter };
}

/**
 * The record of earlier days as it stood at the beginning of one day after the other: only what had been observed by then.
 * Days up to `learnedUntil` are in the sums it starts from.
 */
export class PastReplay {
  readonly past: PastVotes;
  private readonly days: [Day, CountedPaper[]][];
  private readonly later: LaterById;
  private knownUntil: Instant = "";

  constructor(
    papers: readonly CountedPaper[],
    later: LaterById,
    learned: { past: PastVotes; until: Day } = { past: new PastVotes(), until: "" },
  ) {
    this.past = learned.past;
    this.later = later;
    this.days = groupByDay(papers).filter(([day]) => day > learned.until);
  }

  /** Brings `past` to the beginning of a day; days must rise. */
  advanceTo(day: Day): void {
    const until = `${day}T00:00:00.000Z`;
    for (const [earlier, papers] of this.days) {
      if (earlier >= day) break;
      if (papers.some((paper) => this.isNews(paper, until)))
        this.past.setDay(
          earlier,
          papers
            .filter(({ observedAt }) => observedAt <= until)
            .map((paper) => ({ ...paper, votes: this.votesKnown(paper, until) })),
        );
    }
    this.knownUntil = until;
  }

  private isNews({ id, observedAt }: CountedPaper, until: Instant): boolean {
    const isNew = (at: Instant) => at > this.knownUntil && at <= until;
    return isNew(observedAt) || (this.later.get(id) ?? []).some(({ at }) => isNew(at));
  }

  private votesKnown({ id, votes, observedAt }: CountedPaper, until: Instant): number {
    const known = (this.later.get(id) ?? []).filter(({ at }) => at > observedAt && at <= until);
    return known.at(-1)?.votes ?? votes;
  }
}
