// What the generated world is made of.
import type { Day } from "../../../src/lib/clock.ts";
import type { Batch } from "./calendar.ts";
import type { WorldAuthor } from "./paper-text.ts";

export interface WorldOptions {
  seed: number;
  /** First and last edition day whose truth is asked for. */
  from: Day;
  until: Day;
  /** Mean number of new papers on a working day, for each category; other categories of the world have a third of it. */
  papersPerDay?: number;
  categories?: readonly string[];
  /** See CalendarOptions. */
  deferrals?: readonly Day[];
  skipped?: readonly Day[];
  late?: Readonly<Record<Day, number>>;
  /** Share of submissions that moderation holds for one to six days. */
  heldShare?: number;
  /** Edition day of a paper with 3,000 authors, in hep-th; default: that of the second batch. */
  crowdDay?: Day;
}

export interface WorldVersion {
  number: number;
  submittedAt: Date;
  /** Index of the batch that announced it; -1 before the world began. */
  batch: number;
  title: string;
  abstract: string;
  comments: string | undefined;
  withdrawn: boolean;
  sizeKb: number;
}

export interface WorldPaper {
  id: string;
  authors: WorldAuthor[];
  /** As submitted; first is primary. */
  categories: string[];
  /** Added later, with the batch that announced it. */
  crossLists: { category: string; batch: number }[];
  versions: WorldVersion[];
  /** A journal reference came in with this batch: a change that no listing shows. */
  journalReference?: { text: string; doi: string; batch: number };
  licence: string;
  /** Moderation held version 1 beyond the batch its submission time speaks for. */
  held: boolean;
}

export interface CategoryDay {
  category: string;
  day: Day;
  /** False: the archive announced nothing at all on that day. */
  announced: boolean;
  /** When it was due, and when it came; null without announcement. */
  dueAt: Date | null;
  publishedAt: Date | null;
  /** arXiv ids, ascending. */
  new: string[];
  cross: string[];
  replacement: string[];
  /** Of `new`: those whose submission time speaks for an earlier day. */
  held: string[];
}

export interface World {
  options: WorldOptions;
  /** Oldest first; the first ones are before `from`, so that there always is a batch before. */
  batches: readonly Batch[];
  /** By id. */
  papers: readonly WorldPaper[];
  findPaper(id: string): WorldPaper | undefined;
  /** What a category's listing of a batch holds. */
  announcedIn(category: string, batch: number): Announced;
  /** What was announced in each category on each day, also on days without announcement. */
  truth(categories?: readonly string[]): CategoryDay[];
  truthOf(category: string, day: Day): CategoryDay;
}

export interface Announced {
  new: WorldPaper[];
  cross: WorldPaper[];
  replacement: WorldPaper[];
}
