// What the pages are given by the program that serves them.
import type { Accounts } from "../accounts/accounts.ts";
import type { Config } from "../config.ts";
import type { Db } from "../database/dialect.ts";
import type { EditionCache } from "../editions/edition-cache.ts";
import type { Work } from "../harvest/sources.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Search } from "../search/search.ts";
import type { Assets } from "./assets.ts";
import type { KeptPages } from "./kept-pages.ts";
import type { Site } from "./site.ts";

export interface WebDeps {
  db: Db;
  search: Search;
  clock: Clock;
  config: Config;
  log: Log;
  accounts: Accounts;
  /** What a single paper is fetched with. */
  work: Work;
  /** Public address without trailing slash. */
  baseUrl(): string;
  /** What is due is asked for at once, not with the next beat. */
  harvestSoon(): void;
  /** Default: the built ones. */
  assets?: Assets;
}

/** The same, with what every page needs of the site. */
export interface PageDeps extends WebDeps {
  site: Site;
  /** Shared by all pages. */
  editions: EditionCache;
  pages: KeptPages;
}
