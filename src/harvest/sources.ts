// The one face of every archive we harvest: it has streams, and a stream is visited when it is due.
import type { Db } from "../database/dialect.ts";
import type { Clock, Day, Instant } from "../lib/clock.ts";
import type { PoliteFetcher } from "./polite-fetch.ts";

/** What is asked for, and where. */
export interface HarvestSettings {
  /** arXiv categories that are followed. */
  categories: readonly string[];
  /** Names of the sources that are harvested. */
  sources: readonly string[];
  arxivUrl: string;
  arxivOaiUrl: string;
  arxivRssUrl: string;
  arxivApiUrl: string;
  hubUrl: string;
  biorxivUrl: string;
  aclUrl: string;
  aclListUrl: string;
  /** Addresses of feeds. */
  feeds: readonly string[];
  /** Entries a page of arXiv's listing; arXiv takes 25 to 2,000. */
  listingPageSize?: number;
}

/** What a visit is given. */
export interface Work {
  db: Db;
  clock: Clock;
  fetcher: PoliteFetcher;
  settings: HarvestSettings;
  /** Aborted: stop after the page at hand. */
  signal?: AbortSignal;
  /** Told after every page that was saved. */
  onPage?: (stream: string, records: number) => void;
}

/** How a visit ended. What was got until then is saved in any case. */
export interface Visited {
  ok: boolean;
  /** The source rests, so that it was not asked: no failure of this stream. */
  resting?: boolean;
  /** Nothing was due, so that nobody was asked: neither failure nor success. */
  early?: boolean;
  /** One sentence for people. */
  message: string;
  /** When to come again. */
  nextAt: Instant;
}

/** One thing that is harvested by itself: the listing of a category, the sweep of a set, the days of the hub. */
export interface Stream {
  /** Unique: "arxiv-listing cs.CL". */
  name: string;
  /** Whose limits it shares: streams of one lane are visited one after the other. */
  lane: string;
  source: string;
  /** Asks, saves page by page, and says when to come again. Throws only for defects. */
  visit(work: Work, position: unknown): Promise<Visited>;
}

/** A stretch of days that was asked for by hand. */
export interface DayRange {
  since: Day;
  until: Day;
}

export interface Source {
  /** As on the command line. */
  name: string;
  title: string;
  /** Its categories in the ledger; none: it is not accounted for by day. */
  accounts(settings: HarvestSettings): readonly string[];
  /** What is harvested day by day. */
  streams(settings: HarvestSettings): Stream[];
  /** What fetches a stretch of days once; each is done when its visit is ok. */
  rangeStreams(settings: HarvestSettings, range: DayRange): Stream[];
}
