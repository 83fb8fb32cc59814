// What sending to webhooks needs; the program passes it in, tests their own.
import type { Db } from "../database/dialect.ts";
import type { PreparePicks } from "../digest/own-picks.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { WebhookSender } from "./post.ts";

export interface WebhookContext {
  db: Db;
  sender: WebhookSender;
  /** For the note that one was switched off. */
  mailer: Mailer;
  mailFrom: string;
  clock: Clock;
  log: Log;
  /** Public address, without trailing slash. */
  baseUrl(): string;
  /** The picks of readers; absent: nobody gets any. */
  preparePicks?: PreparePicks | undefined;
  /** Followed arXiv categories. */
  categories: readonly string[];
}
