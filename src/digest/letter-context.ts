// What making and sending letters needs; the program passes it in, tests their own.
import type { Db } from "../database/dialect.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { MailRates } from "../mail/mail-settings.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { PreparePicks } from "./own-picks.ts";

export interface LetterContext {
  db: Db;
  mailer: Mailer;
  clock: Clock;
  log: Log;
  /** Public address, without trailing slash; links in letters begin with it. */
  baseUrl(): string;
  /** Address letters come from. */
  mailFrom: string;
  /** Envelope senders are made from it, one a letter (verp.ts); null or absent: that of mailFrom. */
  bounceAddress?: string | null;
  /** How many letters may leave; absent: as many as the mail server takes. */
  mailRates?: MailRates;
  /** Followed arXiv categories. */
  categories: readonly string[];
  /** Without it nobody has own picks, and the editions fill in. */
  preparePicks?: PreparePicks;
}
