// Tells a batch from the one before it when its date does not: a paper is new in a category once. Pure.
import type { Day } from "../lib/clock.ts";
import type { SourceItem } from "../papers/paper.ts";
import type { KnownAnnouncement } from "./ledger-store.ts";

export interface Listed {
  /** arXiv id. */
  id: string;
  /** With announcements of one category and day. */
  item: SourceItem;
}

/** So large a part of the new entries being old news makes the batch the one before. */
const staleShare = 0.5;

/** True when the entries that call themselves new were mostly announced on earlier days. */
export function isStale(listed: readonly Listed[], known: readonly KnownAnnouncement[], day: Day): boolean {
  const before = announcedBefore(known, day);
  const arrivals = listed.filter(({ item }) => item.announcements.some(({ kind }) => kind !== "replacement"));
  const repeated = arrivals.filter(({ id }) => before.has(id));
  return arrivals.length > 0 && repeated.length > staleShare * arrivals.length;
}

/** The items, those left out that were new or cross-listed here on an earlier day and claim to be so again. */
export function withoutRepeats(
  listed: readonly Listed[],
  known: readonly KnownAnnouncement[],
  day: Day,
): SourceItem[] {
  const before = announcedBefore(known, day);
  return listed
    .filter(
      ({ id, item }) => !before.has(id) || item.announcements.every(({ kind }) => kind === "replacement"),
    )
    .map(({ item }) => item);
}

/** Ids that were new or cross-listed before the day. */
function announcedBefore(known: readonly KnownAnnouncement[], day: Day): Set<string> {
  return new Set(
    known.filter((one) => one.day < day && one.kind !== "replacement").map(({ arxivId }) => arxivId),
  );
}
