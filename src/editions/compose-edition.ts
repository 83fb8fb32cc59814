// From entries to the page: scored by the one formula, ordered, sized, counted, each with its reason. Pure.
import type { Day, Instant } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import { fieldOf, fieldOfCategories } from "../reading/field.ts";
import { type Baseline, fieldFactor, type Switches, weekdayFactor } from "./baselines.ts";
import type { Edition, EditionCut, EditionItem, EditionKey } from "./edition.ts";
import type { Period } from "./edition-key.ts";
import type { Estimate } from "./estimate/estimate-model.ts";
import {
  compareRanked,
  type FormulaInput,
  formulaVersion,
  type Score,
  type ShareHolders,
  type StarVelocity,
  scorePage,
} from "./formula.ts";
import { formatReason } from "./reason.ts";
import { latestOf, type Standing, startOf } from "./standing.ts";
import { stepsOf } from "./steps.ts";

/** A paper of a page, before it is scored. */
export interface PageEntry {
  paper: Paper;
  standing: Standing;
  estimate: Estimate | null;
  starVelocity: StarVelocity | null;
  carriedFrom: Day | null;
}

export interface ScoredEntry extends PageEntry, Score {
  id: string;
}

/** Number and neighbours. */
export interface Frame {
  number: number;
  previous: EditionKey | null;
  next: EditionKey | null;
}

export interface Page {
  /** In rank order. */
  entries: readonly ScoredEntry[];
  switches: Switches;
  cut: EditionCut | null;
  carriedOn: number;
  heldAt: Instant;
}

/** In rank order. */
export function scoreEntries(
  entries: readonly PageEntry[],
  baseline: Baseline | null,
  { spansDays }: { spansDays: boolean },
): ScoredEntry[] {
  const inputs = entries.map(({ paper, standing, estimate, starVelocity }) => {
    const entry = { categories: paper.categories, standing, estimate: estimate?.value ?? null, starVelocity };
    return formulaInputOf(entry, baseline, { spansDays });
  });
  const scores = scorePage(inputs);
  return entries.map((entry, i) => ({ ...entry, id: entry.paper.id, ...scores[i]! })).sort(compareRanked);
}

export interface FormulaEntry extends Pick<PageEntry, "standing" | "starVelocity"> {
  categories: readonly string[];
  estimate: number | null;
}

/** What the formula is told of a paper. */
export function formulaInputOf(
  { categories, standing, estimate, starVelocity }: FormulaEntry,
  baseline: Baseline | null,
  { spansDays }: { spansDays: boolean },
): FormulaInput & ShareHolders {
  const { submitted, announced, votes, organisation, submitters, day } = standing;
  return {
    submitted,
    announced,
    votes,
    estimate,
    fieldFactor: fieldFactor(baseline, fieldOfCategories(categories)),
    weekdayFactor: spansDays ? weekdayFactor(baseline, day) : 1,
    starVelocity,
    organisation,
    submitter: submitters[0] ?? null,
  };
}

/** At least one entry. */
export function composeEdition(period: Period, frame: Frame, page: Page): Edition {
  const { entries, switches, cut, carriedOn, heldAt } = page;
  const asOf =
    latestOf(entries.flatMap((e) => [e.standing.observedAt, e.standing.enteredAt])) ?? startOf(period.from);
  const own = entries.filter(({ carriedFrom }) => carriedFrom === null);
  return {
    ...period,
    ...frame,
    asOf,
    asOfApproximate: entries.some((e) => e.standing.approximate && e.standing.observedAt === asOf),
    heldAt,
    formula: formulaVersion,
    switches,
    cut,
    counts: {
      announced: own.filter(({ standing }) => standing.announced).length,
      submitted: own.filter(({ standing }) => standing.submitted).length,
      held: entries.length,
    },
    carriedOn,
    items: itemsOf(entries, period, asOf),
  };
}

function itemsOf(entries: readonly ScoredEntry[], period: Period, asOf: Instant): EditionItem[] {
  const scores = entries.map((entry) => entry.score);
  const total = scores.reduce((sum, score) => sum + score, 0);
  const steps = stepsOf(scores);
  return entries.map((entry, index) => {
    const place = { rank: index + 1, share: total > 0 ? entry.score / total : 0, step: steps[index]! };
    return itemOf(entry, place, { day: period.to, asOf });
  });
}

/** `day` and `asOf` are the page's, for the words of the reason. */
export function itemOf(
  { paper, standing, score, terms, estimate, carriedFrom }: ScoredEntry,
  place: Pick<EditionItem, "rank" | "share" | "step">,
  { day, asOf }: { day: Day; asOf: Instant },
): EditionItem {
  const { late, votes, comments, stars, repository, organisation, submitters, enteredAt } = standing;
  return {
    rank: place.rank,
    score,
    share: place.share,
    step: place.step,
    terms,
    estimate,
    reason: formatReason(standing, { day, asOf, estimate, carriedFrom }),
    paper,
    field: fieldOf({ ...paper, keywords: paper.details.keywords }),
    late,
    carriedFrom,
    votes,
    comments,
    stars,
    repository,
    organisation,
    submitters,
    enteredAt,
  };
}
