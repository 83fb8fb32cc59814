// The papers that an issue is chosen from: those of one edition as they rank, of several by score. Pure.
import type { Edition, EditionItem } from "../editions/edition.ts";
import type { Day } from "../lib/clock.ts";
import { formatDayMonth } from "../lib/dates.ts";
import type { PoolPaper } from "./choose.ts";

/** Each paper once, where it stands best. A letter over several editions tells of each paper which day it is of. */
export function poolOf(editions: readonly Edition[]): {
  items: (EditionItem & { day: Day })[];
  papers: PoolPaper[];
} {
  const several = editions.length > 1;
  const entries = editions.flatMap(({ key, items }) => items.map((item) => ({ day: key, item })));
  if (several)
    entries.sort(
      (a, b) =>
        b.item.score - a.item.score || (a.day < b.day ? 1 : a.day > b.day ? -1 : a.item.rank - b.item.rank),
    );
  const seen = new Set<number>();
  const kept = entries.filter(({ item }) => !seen.has(item.paper.pk) && seen.add(item.paper.pk));
  return {
    items: kept.map(({ day, item }) => ({ ...item, day })),
    papers: kept.map(({ day, item }) => poolPaper(item, several ? `${formatDayMonth(day)}: ` : "")),
  };
}

/** A paper that came after its own day's edition had closed stands on a later page, with its own day. */
type Item = EditionItem & { carriedFrom?: Day | null };

function poolPaper(item: Item, prefix: string): PoolPaper {
  const { paper, rank, share, step, reason, late, carriedFrom } = item;
  const mark = carriedFrom ? `, came late, from ${formatDayMonth(carriedFrom)}` : late ? ", came late" : "";
  return {
    pk: paper.pk,
    rank,
    share,
    step,
    reason: `${prefix}${reason}${mark}`,
    version: paper.versions.at(-1)?.number ?? null,
  };
}
