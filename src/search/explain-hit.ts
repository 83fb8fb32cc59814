// Why a hit stands where it stands: the terms of its score, or what the answers were sorted by. Computed only where it is asked for.
import { completeBonusOf, pairBonusOf, wordTerms } from "./explain-words.ts";
import { finishTerms, type HitExplanation, type RawTerm } from "./hit-terms.ts";
import type { FusedTerm } from "./meaning/fusion-terms.ts";
import type { Plan } from "./plan.ts";
import { formatPackedDay } from "./query-syntax.ts";
import type { SearchSort } from "./search.ts";
import type { Standings } from "./standings.ts";
import type { RankedPaper } from "./top-papers.ts";

export interface ExplainInput {
  plan: Plan;
  /** The sort that was used. */
  sort: SearchSort;
  standings: Standings;
}

/** The paper must be one that was ranked by the plan. */
export function explainHit(paper: RankedPaper, { plan, sort, standings }: ExplainInput): HitExplanation {
  return finishTerms(
    sort === "relevance" ? relevanceTerms(paper, plan) : sortTerms(paper, { plan, sort, standings }),
  );
}

function relevanceTerms(paper: RankedPaper, plan: Plan): RawTerm[] {
  const { score } = paper;
  if (plan.like) return [{ name: "like", value: score, weight: "", points: score }];
  if (paper.fused) return paper.fused.flatMap((term) => fusedTerms(term, paper, plan));
  if (paper.meaning !== undefined)
    return [{ name: "meaning", value: score, weight: "the cosine itself", points: score }];
  return byWords(paper, plan);
}

/** Words alone: BM25F, what holding all of them gains, and neighbours. */
function byWords(paper: RankedPaper, plan: Plan): RawTerm[] {
  const { exact, complete } = completeBonusOf(paper, plan);
  const terms: RawTerm[] = [...wordTerms(paper, plan)];
  if (complete > 0)
    terms.push({
      name: "complete",
      value: 1,
      weight: "more than words and pairs can be worth",
      points: complete,
    });
  if (complete > 0 && !plan.completeFirst) terms.at(-1)!.weight = "0.15 of what the words weigh";
  if (exact > 0)
    terms.unshift({ name: "exact title", value: 1, weight: "more than all else together", points: exact });
  const pairs = pairBonusOf(paper, plan);
  const said = terms.reduce((sum, { points }) => sum + points, 0);
  // Of papers far down the places are not read: they were ranked without.
  if (pairs.points > 0 && said + pairs.points <= paper.score + rounding)
    terms.push({
      name: "pairs",
      value: pairs.share,
      weight: `of ${formatWeight(pairs.most)}`,
      points: pairs.points,
    });
  return terms;
}

const rounding = 1e-6;

/** What the fusion calls words is here told by field; what near stems added to it stands apart. */
function fusedTerms({ name, value, weight, points }: FusedTerm, paper: RankedPaper, plan: Plan): RawTerm[] {
  if (name !== "words") return [{ name, value, weight: `× ${formatWeight(weight)}`, points }];
  const terms = wordTerms(paper, plan, weight);
  const literal = terms.reduce((sum, term) => sum + term.points, 0);
  if (points - literal < rounding) return terms;
  return [
    ...terms,
    {
      name: "near words",
      value: value - literal / weight,
      weight: `× ${formatWeight(weight)}`,
      points: points - literal,
    },
  ];
}

function sortTerms(paper: RankedPaper, { plan, sort, standings }: ExplainInput): RawTerm[] {
  const { key, segment, doc } = paper;
  if (sort === "trending") return standings.explainTrend(key);
  if (sort === "votes") {
    const votes = standings.votesOf(key);
    return [{ name: "votes", value: votes, weight: "1 each", points: votes }];
  }
  const packed = plan.segments[segment]!.columns.days[doc]!;
  if (packed === 0) return [];
  const said = formatPackedDay(packed);
  const days = Date.parse(`${said}T00:00:00Z`) / 86_400_000;
  return [{ name: "day", value: days, said, weight: "days since 1970, the newest first", points: days }];
}

function formatWeight(weight: number): string {
  return weight.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
