// The newest editions' papers, ready to be chosen from: read and laid out once for all readers, for as long as nothing has changed.
import type { Edition, EmptyEdition } from "../editions/edition.ts";
import type { CacheOptions, EditionCache } from "../editions/edition-cache.ts";
import { addDays, type Day } from "../lib/clock.ts";
import { type CandidatePaper, type Candidates, prepareCandidates } from "./taste/candidates.ts";
import type { FeatureReader } from "./taste/features.ts";

export interface NewPapers {
  /** Papers of the newest editions, each once, of its newest day. */
  list(options: CacheOptions): Promise<ListedPapers>;
}

export interface ListedPapers {
  /** Newest first. */
  days: Day[];
  papers: readonly CandidatePaper[];
  /** The same, laid out for choosing; made when first asked for. */
  candidates(reader: FeatureReader): Candidates;
}

/** The newest days that are chosen from, so that a weekend or a thin day leaves something. */
const mostDays = 3;
const spanDays = 4;

/** Keeps one list: that of the latest call. */
export function openNewPapers(editions: Pick<EditionCache, "get" | "days">): NewPapers {
  let kept: { editions: readonly AnyEdition[]; listed: ListedPapers } | null = null;
  return {
    async list(options) {
      const all = await editions.days(options);
      const newest = all.at(-1);
      const days = newest ? all.slice(-mostDays).filter((day) => day > addDays(newest, -spanDays)) : [];
      const found: AnyEdition[] = [];
      for (const day of days.toReversed()) {
        const edition = await editions.get(day, options);
        if (edition) found.push(edition);
      }
      // The cache gives the same editions while nothing has changed.
      if (kept?.editions.length !== found.length || kept.editions.some((edition, i) => edition !== found[i]))
        kept = { editions: found, listed: listPapers(found) };
      return kept.listed;
    },
  };
}

type AnyEdition = Edition | EmptyEdition;

function listPapers(editions: readonly AnyEdition[]): ListedPapers {
  const byPk = new Map<number, CandidatePaper>();
  for (const { key: day, items } of editions)
    for (const { paper, votes } of items) if (!byPk.has(paper.pk)) byPk.set(paper.pk, { paper, day, votes });
  const papers = [...byPk.values()];
  let candidates: Candidates | null = null;
  return {
    days: editions.map(({ key }) => key),
    papers,
    candidates(reader) {
      if (candidates?.reader !== reader) candidates = prepareCandidates(reader, papers);
      return candidates;
    },
  };
}
