// Editions that paper pages asked for lately: a page of a paper says how it stood among a day's thousand others, and the
// next page asks for the same day. Pages of editions themselves are always computed afresh.
import type { Edition } from "../editions/edition.ts";
import { getEdition } from "../editions/editions.ts";
import type { Day } from "../lib/clock.ts";
import type { WebDeps } from "./deps.ts";

/** An import shows on papers' pages after so long at the latest. */
const freshMs = 60_000;
const mostKept = 8;

export interface RecentEditions {
  /** The edition of a day; null when it has no papers. */
  find(day: Day): Promise<Edition | null>;
}

export function keepRecentEditions(deps: Pick<WebDeps, "db" | "clock" | "config">): RecentEditions {
  const kept = new Map<Day, { at: number; edition: Promise<Edition | null> }>();
  return {
    find(day) {
      const now = deps.clock().getTime();
      const known = kept.get(day);
      if (known && now - known.at < freshMs) return known.edition;
      const edition = findEdition(deps, day);
      // What failed is not kept.
      edition.catch(() => kept.delete(day));
      kept.delete(day);
      kept.set(day, { at: now, edition });
      if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
      return edition;
    },
  };
}

async function findEdition({ db, clock, config }: Pick<WebDeps, "db" | "clock" | "config">, day: Day) {
  const edition = await getEdition(db, day, { now: clock().toISOString(), categories: config.categories });
  return edition && "counts" in edition ? edition : null;
}
