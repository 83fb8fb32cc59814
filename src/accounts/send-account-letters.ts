// Sends the letters of accounts that wait. Claimed before sending, so that any number of processes may do it at once.
import type { Db } from "../database/dialect.ts";
import { type Clock, type Instant, minutesAfter } from "../lib/clock.ts";
import type { Mailer } from "../mail/mailer.ts";
import { composeAccountLetter } from "./account-letters.tsx";
import {
  type AccountLetter,
  claimAccountLetter,
  forgetAccountLetters,
  listDueAccountLetters,
  postponeAccountLetter,
  releaseStaleClaims,
  settleAccountLetter,
} from "./account-letters-store.ts";
import { findAccountByKey, forgetExpired } from "./accounts-store.ts";
import { isOfDomains } from "./sign-in.ts";
import { forgetTickets } from "./tickets-store.ts";
import { forgetTurns } from "./turns-store.ts";

export interface AccountMail {
  db: Db;
  clock: Clock;
  mailer: Mailer;
  mailFrom: string;
  /** Domains whose addresses need no invitation. */
  mailDomains: readonly string[];
  baseUrl(): string;
}

const batch = 50;
const staleMinutes = 15;
/** Minutes before the second, third and fourth try; a link is stale by then. */
const retryMinutes = [1, 2, 5];

/** Sends what is due; returns how many letters left. */
export async function sendAccountLetters(mail: AccountMail, signal?: AbortSignal): Promise<number> {
  const now = mail.clock().toISOString();
  await releaseStaleClaims(mail.db, minutesAfter(now, -staleMinutes));
  let sent = 0;
  for (const row of await listDueAccountLetters(mail.db, now, batch)) {
    if (signal?.aborted) break;
    if (await claimAccountLetter(mail.db, row.message_id, now)) sent += await sendLetter(mail, row, now);
  }
  return sent;
}

async function sendLetter(mail: AccountMail, row: AccountLetter, now: Instant): Promise<number> {
  const { db } = mail;
  if (!(await isWanted(mail, row, now))) {
    await settleAccountLetter(db, row.message_id, { state: "dropped" });
    return 0;
  }
  const frame = { mailFrom: mail.mailFrom, baseUrl: mail.baseUrl() };
  const result = await mail.mailer.send(composeAccountLetter(row, frame));
  if (result.ok) {
    await settleAccountLetter(db, row.message_id, { state: "sent" });
    return 1;
  }
  const wait = retryMinutes[row.attempts];
  if (result.permanent || wait === undefined)
    await settleAccountLetter(db, row.message_id, { state: "failed", reason: result.reason });
  else {
    const until = minutesAfter(now, wait);
    await postponeAccountLetter(db, row.message_id, { until, reason: result.reason });
  }
  return 0;
}

/** A link to sign in goes only to who has an account or may have one; strangers are not written to. */
async function isWanted(mail: AccountMail, row: AccountLetter, now: Instant): Promise<boolean> {
  if (row.expires_at <= now) return false;
  if (row.kind === "invitation" || isOfDomains(row.address_key, mail.mailDomains)) return true;
  return (await findAccountByKey(mail.db, row.address_key)) !== null;
}

/** Forgets what has ended: sessions, challenges, tickets and letters of a month ago, counts. */
export async function tidyAccounts({ db, clock }: Pick<AccountMail, "db" | "clock">): Promise<void> {
  const now = clock().toISOString();
  const monthAgo = minutesAfter(now, -30 * 24 * 60);
  await forgetExpired(db, now);
  await forgetTickets(db, monthAgo);
  await forgetAccountLetters(db, monthAgo);
  await forgetTurns(db, now);
}
