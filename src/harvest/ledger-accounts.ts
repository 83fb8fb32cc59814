// How each source is accounted for in the ledger: when a day of it is due, in which state it is, how what is held is counted.
import type { Db } from "../database/dialect.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { type AnnouncementDue, announcementDue } from "../sources/arxiv-announcements.ts";
import type { LedgerKey, LedgerRow } from "./ledger.ts";
import { countAnnounced, countOfServer, countSubmitted, type HeldCounts } from "./ledger-counts-store.ts";
import { judgeFeedDay } from "./ledger-feed-state.ts";
import { judgeListedDay, listedDayEnd, listedDeadlineMs } from "./ledger-listed-state.ts";
import { deadlineMs, type Judgement, type Judging, judgeDay } from "./ledger-state.ts";

export interface Account {
  due(category: string, day: Day): AnnouncementDue;
  judge(row: LedgerRow, judging: Judging): Judgement;
  /** Papers held as of that day. */
  count(db: Db, key: LedgerKey): Promise<HeldCounts>;
  /** What comes so long after it was due is late for good. */
  deadlineMs: number;
  /** True: each category is a source of its own, so that none says anything about another. */
  alone?: boolean;
}

/** arXiv: a calendar, and one announcement for all categories. */
const announced: Account = { due: announcementDue, judge: judgeDay, count: countAnnounced, deadlineMs };

/** The preprint servers: a list for every day, with its length. */
const listed: Account = {
  due: (_, day) => ({ state: "due", at: listedDayEnd(day) }),
  judge: judgeListedDay,
  count: countOfServer,
  deadlineMs: listedDeadlineMs,
};

/** The hub: a list for every day too, of what people put forward. */
const submitted: Account = { ...listed, count: countSubmitted };

/** Feeds: entries with dates, and no word on how many there ought to be. */
const dated: Account = { ...listed, judge: judgeFeedDay, count: countAnnounced, alone: true };

const accounts: Readonly<Record<string, Account>> = {
  arxiv: announced,
  biorxiv: listed,
  medrxiv: listed,
  hub: submitted,
  feeds: dated,
};

export function accountOf(source: string): Account {
  return accounts[source] ?? announced;
}

/** The latest instant at which the day's papers are in time; null where nothing is due. */
export function deadlineOf({ source, category, day }: LedgerKey): Instant | null {
  const account = accountOf(source);
  const due = account.due(category, day);
  return due.state === "none" ? null : new Date(Date.parse(due.at) + account.deadlineMs).toISOString();
}

/** The one category of a source that is accounted for as a whole. */
export const wholeDay = "all";

/** What a column of the ledger is called. */
export function columnTitle({ source, category }: Pick<LedgerKey, "source" | "category">): string {
  if (source === "feeds") return URL.parse(category)?.host ?? category;
  return titles[source] ?? category;
}

const titles: Readonly<Record<string, string>> = {
  biorxiv: "bioRxiv",
  medrxiv: "medRxiv",
  hub: "daily papers",
};
