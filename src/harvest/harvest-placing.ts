// On which days a paper was announced, told from its versions and arXiv's calendar, for days whose own account is missing.
// Pure. Moderation may hold a paper: then its versions speak for a day that is closed already, and it is not placed there,
// unless the record has not changed since that day: then the page of the day had left it out.
import type { Day } from "../lib/clock.ts";
import type { Announcement, PaperRecord } from "../papers/paper.ts";
import { announcementDay } from "../sources/arxiv-calendar.ts";
import type { KnownAnnouncement } from "./ledger-store.ts";

export interface Placing {
  category: string;
  /** No day before, and none after, is touched. */
  since: Day;
  until: Day;
  /** True for a day whose listing or feed was held whole: it needs no guess. */
  isClosed(day: Day): boolean;
  /** What is known of this paper in this category. */
  known: readonly KnownAnnouncement[];
  /** OAI-PMH: when the record was last changed. */
  datestamp: Day | null;
  /** Where the number of the paper tells the day it was given out. */
  numberedOn?: Day;
}

/** The announcements that are to be added; none where all is known. */
export function placeRecord(record: PaperRecord, placing: Placing): Announcement[] {
  const { category, known } = placing;
  if (!record.categories.includes(category)) return [];
  const day = arrivalDay(record, placing);
  const kind = record.categories[0] === category ? "new" : "cross";
  const arrival: Announcement[] = day === null ? [] : [{ source: "arxiv", category, day, kind }];
  const taken = new Set([...known.map((one) => one.day), ...(day === null ? [] : [day])]);
  return [...arrival, ...replacements(record, placing, taken)];
}

/** Null when it is known, lies outside, or cannot be told. */
function arrivalDay(record: PaperRecord, placing: Placing): Day | null {
  const first = record.versions.find(({ number }) => number === 1);
  if (first === undefined || placing.known.some(({ kind }) => kind !== "replacement")) return null;
  const day = placing.numberedOn ?? announcementDay(first.submittedAt);
  if (placing.numberedOn !== undefined || isOpen(day, placing)) return day;
  // It was not on the whole page of its day, so it came later: when the record appeared.
  const { since, datestamp } = placing;
  const wasHeld = day >= since && record.versions.length === 1 && datestamp !== null && datestamp > day;
  return wasHeld && !placing.isClosed(datestamp) && datestamp <= placing.until ? datestamp : null;
}

function replacements(record: PaperRecord, placing: Placing, taken: Set<Day>): Announcement[] {
  const found: Announcement[] = [];
  for (const { number, submittedAt } of record.versions) {
    const day = announcementDay(submittedAt);
    if (number === 1 || taken.has(day) || !isOpen(day, placing)) continue;
    taken.add(day);
    found.push({ source: "arxiv", category: placing.category, day, kind: "replacement" });
  }
  return found;
}

function isOpen(day: Day, { since, until, isClosed, datestamp }: Placing): boolean {
  return day >= since && day <= until && (!isClosed(day) || datestamp === day);
}
