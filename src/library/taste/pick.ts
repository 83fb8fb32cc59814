// Choosing for one reader: the best by score, each unlike those before it (maximal marginal relevance, Carbonell and Goldstein
// 1998), and one from outside the reader's field. Pure and deterministic.
import { dayOf, type Instant } from "../../lib/clock.ts";
import type { CandidatePaper, Candidates } from "./candidates.ts";
import { openNear, outsideReason, type Reason, type ReasonContext, reasonsOf, telling } from "./reasons.ts";
import { type Scores, scoreCandidates } from "./score.ts";
import type { Taste } from "./taste.ts";

export interface Pick {
  paper: CandidatePaper["paper"];
  /** In standard deviations of the reader's model, follows and all. */
  score: number;
  /** The first is why it is here; never empty. */
  reasons: Reason[];
}

export interface PickOptions {
  limit: number;
  now: Instant;
  /** Pks that are not picked: had before, marked before. */
  exclude: ReadonlySet<number>;
  /** Pks that each followed search finds among the candidates (find-searched.ts). */
  found?: ReadonlyMap<string, ReadonlySet<number>>;
}

/** A paper like one that is picked already loses so much by their cosine. */
const sameness = 2;
/** Looked at for so many places of the list. */
const poolFactor = 4;
const leastPool = 40;
/** From so many picks on, one of them is from outside. */
const leastForOutside = 5;

/** Best first; fewer than `limit`, or none, where nothing speaks for more. The paper from outside comes last. */
export function pickFor(taste: Taste, candidates: Candidates, options: PickOptions): Pick[] {
  const { limit, exclude, found = new Map() } = options;
  const today = dayOf(options.now);
  const scores = scoreCandidates(taste, candidates, { today, found, room: candidates.room });
  const context: ReasonContext = {
    taste,
    candidates,
    scores,
    found,
    today,
    near: openNear(taste, candidates),
  };
  const outside = limit >= leastForOutside && !taste.silent.has("outside");
  const chosen = diversify(poolOf(scores, candidates, { limit, exclude }), {
    limit: outside ? limit - 1 : limit,
    scores,
    candidates,
  });
  const picks = chosen.map((i) => pickAt(i, scores, candidates, reasonsOf(i, context)));
  const stranger = outside && chosen.length > 0 ? findOutside(chosen, context, exclude) : null;
  if (stranger !== null)
    picks.push(pickAt(stranger, scores, candidates, [outsideReason(candidates.items[stranger]!, today)]));
  return picks;
}

function pickAt(i: number, { total }: Scores, { items }: Candidates, reasons: Reason[]): Pick {
  return { paper: items[i]!.paper, score: total[i]!, reasons };
}

/** Items that something speaks for, best first; as many as diversity may want to look at. */
function poolOf(
  { model, follows, total }: Scores,
  { pks }: Candidates,
  { limit, exclude }: { limit: number; exclude: ReadonlySet<number> },
): number[] {
  const most = Math.max(leastPool, poolFactor * limit);
  const pool: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < pks.length; i++) {
    if (!(model[i]! >= telling || follows[i]! > 0) || total[i]! < least || exclude.has(pks[i]!)) continue;
    insert(i, pool, (a, b) => total[b]! - total[a]! || pks[a]! - pks[b]!);
    if (pool.length > most) pool.pop();
    if (pool.length === most) least = total[pool[most - 1]!]!;
  }
  return pool;
}

/** Keeps the list sorted; nearly all that comes later belongs near its end. */
function insert(i: number, sorted: number[], compare: (a: number, b: number) => number): void {
  let to = sorted.push(i) - 1;
  for (; to > 0 && compare(i, sorted[to - 1]!) < 0; to--) sorted[to] = sorted[to - 1]!;
  sorted[to] = i;
}

interface Diversity {
  limit: number;
  scores: Scores;
  candidates: Candidates;
}

/** Takes the best, lowers what is like it, takes the best of the rest, and so on. */
function diversify(pool: number[], { limit, scores: { total }, candidates }: Diversity): number[] {
  const likest = new Float32Array(pool.length);
  const taken = new Uint8Array(pool.length);
  const chosen: number[] = [];
  while (chosen.length < Math.min(limit, pool.length)) {
    let best = -1;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (let p = 0; p < pool.length; p++) {
      const value = total[pool[p]!]! - sameness * likest[p]!;
      if (!taken[p] && value > bestValue) {
        best = p;
        bestValue = value;
      }
    }
    taken[best] = 1;
    chosen.push(pool[best]!);
    const cosines = candidates.cosinesOf(pool[best]!);
    for (let p = 0; p < pool.length; p++) likest[p] = Math.max(likest[p]!, cosines[pool[p]!]!);
  }
  return chosen;
}

/** The most voted paper that the model puts below the mean and no follow speaks for; unlike all that is chosen. */
function findOutside(
  chosen: readonly number[],
  { candidates, scores, taste }: ReasonContext,
  exclude: ReadonlySet<number>,
): number | null {
  if (!taste.learned) return null;
  const taken = new Set(chosen);
  const { pks } = candidates;
  const found = candidates
    .byVotes()
    .find((i) => scores.model[i]! < 0 && scores.follows[i] === 0 && !taken.has(i) && !exclude.has(pks[i]!));
  return found ?? null;
}
