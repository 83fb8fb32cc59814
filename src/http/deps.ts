// What every door over HTTP is given by the program that serves it.
import type { Accounts } from "../accounts/accounts.ts";
import type { Config } from "../config.ts";
import type { Db } from "../database/dialect.ts";
import type { EditionCache } from "../editions/edition-cache.ts";
import type { Work } from "../harvest/sources.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { NewPapers } from "../library/new-papers.ts";
import type { FeatureReader } from "../library/taste/features.ts";
import type { Search } from "../search/search.ts";

export interface DoorDeps {
  db: Db;
  search: Search;
  clock: Clock;
  config: Config;
  log: Log;
  accounts: Accounts;
  /** What a single paper is fetched with. */
  work: Work;
  /** Shared by all doors. */
  editions: EditionCache;
  /** What readers' own picks are chosen from; shared likewise. */
  newPapers: NewPapers;
  /** What tastes are learned with; throws AppError "not-found" without a model of meaning. */
  featureReader(): FeatureReader;
  /** Public address without trailing slash. */
  baseUrl(): string;
  /** What is due is asked for at once, not with the next beat. */
  harvestSoon(): void;
}
