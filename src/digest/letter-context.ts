// What making and sending letters needs; the program passes it in, tests their own.
import type { Db } from "../database/dialect.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Mailer } from "../mail/mailer.ts";

export interface LetterContext {
  db: Db;
  mailer: Mailer;
  clock: Clock;
  log: Log;
  /** Public address, without trailing slash; links in letters begin with it. */
  baseUrl(): string;
  /** Address letters come from. */
  mailFrom: string;
  /** Followed arXiv categories. */
  categories: readonly string[];
}
