// What came back, recorded and acted upon: whose letter it was, and whether the reader gets any more.
import { createHash } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import type { Clock, Instant } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { classifyReply, findStatus } from "../mail/classify-reply.ts";
import {
  gravestClass,
  parseReturnedMail,
  type RecipientReport,
  type ReturnClass,
  type ReturnedMail,
} from "../mail/returned-mail.ts";
import { addConsent } from "./consent.ts";
import type { Delivery } from "./deliveries-store.ts";
import { type FoundLetter, findReturnedLetter } from "./find-returned-letter.ts";
import { countLettersReturned, insertReturn, isKnownReturn } from "./returns-store.ts";
import { type Subscriber, suppressSubscriber } from "./subscribers-store.ts";

export interface ReturnsContext {
  db: Db;
  clock: Clock;
  log: Log;
  /** Return paths are made of it; null or absent: letters have none of their own. */
  bounceAddress?: string | null;
}

export interface ReturnOutcome {
  /** What the message is; null: nothing to act upon (ordinary mail, an automatic reply). */
  class: ReturnClass | null;
  /** True: a letter to a reader here. */
  known: boolean;
  /** The reader gets no more letters. */
  suppressed: boolean;
  /** The very same message was recorded before; nothing happened this time. */
  repeated: boolean;
}

const nothing: ReturnOutcome = { class: null, known: false, suppressed: false, repeated: false };

/** So many letters that came back softly in so many days: then nobody reads there. */
const softLetters = 5;
const softDays = 14;

/** Takes in one message. Harmless twice: the same message is recorded and counted once. */
export async function recordReturnedMail(
  context: ReturnsContext,
  raw: Uint8Array,
  via: "maildir" | "webhook",
): Promise<ReturnOutcome> {
  const mail = await parseReturnedMail(raw);
  const found = gravestClass(mail);
  if (found === null) return nothing;
  const fingerprint = createHash("sha256").update(raw).digest("hex");
  const now = context.clock().toISOString();
  return await context.db.transaction().execute(async (trx) => {
    if (await isKnownReturn(trx, fingerprint)) return { ...nothing, class: found, repeated: true };
    const letter = await findReturnedLetter(trx, mail, context.bounceAddress ?? null);
    const report = reportFor(mail, letter, found);
    return await record(trx, context, { fingerprint, via, now, letter, report });
  });
}

/** A letter that was refused for good while it was handed over; `reply` is the server's answer. */
export async function recordRefusal(
  context: ReturnsContext,
  refused: { delivery: Delivery; reader: Subscriber; reply: string; atRecipient: boolean },
): Promise<ReturnOutcome> {
  const { delivery, reader, reply, atRecipient } = refused;
  const now = context.clock().toISOString();
  const report: RecipientReport = {
    class: classifyReply({ status: null, text: reply, atRecipient }),
    addresses: [reader.address],
    status: findStatus(reply),
    detail: reply.replace(/\s+/g, " ").slice(0, 300),
  };
  const fingerprint = createHash("sha256").update(`refused ${delivery.message_id}`).digest("hex");
  const letter: FoundLetter = { reader, delivery, by: "verp" };
  return await context.db
    .transaction()
    .execute((trx) => record(trx, context, { fingerprint, via: "smtp", now, letter, report }));
}

/** What is said of this reader; where nobody is named as the reader is, the gravest of all. */
function reportFor(mail: ReturnedMail, letter: FoundLetter | null, gravest: ReturnClass): RecipientReport {
  const key = letter?.reader.address_key;
  const named = mail.reports.find(({ addresses }) => addresses.some((a) => a.toLowerCase() === key));
  return named ?? mail.reports.find((report) => report.class === gravest)!;
}

interface Taken {
  fingerprint: string;
  via: "maildir" | "webhook" | "smtp";
  now: Instant;
  letter: FoundLetter | null;
  report: RecipientReport;
}

async function record(trx: Db, context: ReturnsContext, taken: Taken): Promise<ReturnOutcome> {
  const { fingerprint, via, now, letter, report } = taken;
  const ends = letter !== null && (await isEnd(trx, taken, letter, context.bounceAddress ?? null));
  const inserted = await insertReturn(trx, {
    fingerprint,
    received_at: now,
    via,
    class: report.class,
    subscriber_pk: letter?.reader.pk ?? null,
    matched_by: letter?.by ?? null,
    kind: letter?.delivery?.kind ?? null,
    issue: letter?.delivery?.issue ?? null,
    status: report.status,
    // Of strangers nothing is kept; a refusal that is about us names what the owner has to mend.
    detail: letter || report.class === "blocked" ? report.detail : null,
    suppressed: ends ? 1 : 0,
  });
  if (!inserted) return { ...nothing, class: report.class, repeated: true };
  if (ends) await suppress(trx, letter.reader, report.class, now);
  tell(context.log, taken, ends);
  return { class: report.class, known: letter !== null, suppressed: ends, repeated: false };
}

/**
 * Does this end the letters? A complaint and a hard bounce do; a soft one when it is the fifth letter in two weeks. Never
 * what is about us, nor what came of a letter from before the reader last confirmed. Where letters have return paths of
 * their own, a report that only names an address proves nothing (anybody can write one), and counts as a soft one.
 */
async function isEnd(trx: Db, { report, now }: Taken, letter: FoundLetter, bounceAddress: string | null) {
  const { reader, delivery, by } = letter;
  const stillWritten = reader.state === "confirmed";
  if (report.class === "blocked") return false;
  if (delivery && reader.confirmed_at !== null && delivery.created_at < reader.confirmed_at) {
    if (delivery.kind !== "confirmation" || report.class !== "complaint") return false;
  }
  const proven = by !== "address" || bounceAddress === null;
  if (report.class === "complaint" && proven) return reader.state !== "unsubscribed";
  if (!stillWritten) return false;
  if (report.class === "hard" && proven) return true;
  const twoWeeksAgo = new Date(Date.parse(now) - softDays * 86_400_000).toISOString();
  const since = reader.confirmed_at && reader.confirmed_at > twoWeeksAgo ? reader.confirmed_at : twoWeeksAgo;
  return (await countWith(trx, letter, since)) >= softLetters;
}

/** Letters returned until now, with this one. */
async function countWith(trx: Db, { reader, delivery }: FoundLetter, since: Instant): Promise<number> {
  const except = delivery ? { kind: delivery.kind, issue: delivery.issue } : null;
  return 1 + (await countLettersReturned(trx, reader.pk, since, except));
}

async function suppress(trx: Db, reader: Subscriber, because: ReturnClass, now: Instant): Promise<void> {
  const consent = addConsent(reader.consent, { what: "suppressed", at: now, because });
  await suppressSubscriber(trx, reader.pk, consent);
}

function tell(log: Log, { report, letter, via }: Taken, ends: boolean): void {
  const event = {
    class: report.class,
    via,
    reader: letter?.reader.pk,
    issue: letter?.delivery?.issue,
    status: report.status,
  };
  if (report.class === "blocked")
    log.warn({ ...event, detail: report.detail }, "a mail server refuses our letters, whoever the reader");
  else log.info(event, ends ? "a letter came back: its reader gets no more" : "a letter came back");
}
