// All recurring work on one screen.
import { sendAccountLetters, tidyAccounts } from "../accounts/send-account-letters.ts";
import type { Db } from "../database/dialect.ts";
import { forgetConsentProofs } from "../digest/consent-proofs-store.ts";
import type { LetterContext } from "../digest/letter-context.ts";
import { sendDueLetters } from "../digest/send.ts";
import { forgetUnconfirmed } from "../digest/subscribers-store.ts";
import { makeEstimates, settleDays } from "../editions/estimate/make-estimates.ts";
import { loadShippedRankingModel } from "../editions/shipped-ranking-model.ts";
import { dayOf } from "../lib/clock.ts";
import { learnAhead } from "../library/learn-ahead.ts";
import type { FeatureReader } from "../library/taste/features.ts";
import type { MailConfig } from "../mail/mail-settings.ts";
import type { WebhookContext } from "../webhooks/context.ts";
import type { WebhookSender } from "../webhooks/post.ts";
import { runWebhooks } from "../webhooks/send.ts";
import type { Job, Wake } from "./jobs.ts";
import { takeReturns } from "./take-returns.ts";

/** What the work needs of the program. */
export interface RecurringSubject
  extends Omit<LetterContext, "mailFrom" | "categories" | "bounceAddress" | "mailRates"> {
  db: Db;
  config: Pick<MailConfig, "mailFrom" | "returns" | "mailRates"> & {
    mailDomains: readonly string[];
    categories: readonly string[];
  };
  webhookSender: WebhookSender;
  followSearch(options: { signal?: AbortSignal }): Promise<number>;
  harvest(signal: AbortSignal): Promise<void>;
  /** Trains the meaning model anew when the collection has outgrown it. */
  trainWhenDue(signal: AbortSignal): Promise<void>;
  /** Has an outside service make the vectors that papers lack; absent where none is set up. */
  embedPapers?: ((signal: AbortSignal) => Promise<unknown>) | null;
  /** What tastes are learned with, ahead of being asked for; absent: they are learned when they are. */
  featureReader?: () => FeatureReader;
  /** Writes the public bibliography to files; absent where none is wanted, or another process does. */
  makeDump?: ((signal: AbortSignal) => Promise<unknown>) | null;
}

/** A day that is over is settled when nothing has come for it for so long: a harvest of past days takes its time. */
const quietMs = 600_000;

/** An address that never confirmed is forgotten after so many days. */
const unconfirmedDays = 30;

/** `harvestWake`: the owner has just chosen what to follow, and looks at the page. */
export function recurringWork(
  subject: RecurringSubject,
  { harvestWake }: { harvestWake?: Wake } = {},
): Job[] {
  const { db, clock } = subject;
  const { mailDomains } = subject.config;
  const { maildir } = subject.config.returns;
  const { embedPapers, makeDump, featureReader } = subject;
  return [
    // Short, so that papers imported by another process are found soon, and a confirmation is not waited for.
    { name: "search", beat: { everyMs: 1_000 }, run: (signal) => subject.followSearch({ signal }) },
    // What is due is a question to the database; after days of sleep everything is.
    {
      name: "harvest",
      beat: { everyMs: 20_000 },
      ...(harvestWake ? { wake: harvestWake } : {}),
      run: (signal) => subject.harvest(signal),
    },
    // Before letters choose: what is expected of the papers that have come.
    {
      name: "estimates",
      beat: { everyMs: 3_000 },
      run: (signal) => makeEstimates({ db, clock, model: loadShippedRankingModel() }, signal),
    },
    { name: "settled days", beat: { everyMs: 600_000 }, run: () => settleDays({ db, clock }, quietMs) },
    // Before letters choose, too: so that in the morning there is little to learn.
    ...(featureReader
      ? [
          {
            name: "tastes",
            beat: { everyMs: 60_000 },
            run: (signal: AbortSignal) => learnAhead({ db, clock, reader: featureReader }, signal),
          },
        ]
      : []),
    // At night; what an ending server interrupts goes on the night after.
    { name: "meaning model", beat: { cron: "41 2 * * *" }, run: (signal) => subject.trainWhenDue(signal) },
    ...(makeDump ? [{ name: "dump", beat: { cron: "50 3 * * *" }, run: makeDump }] : []),
    ...(embedPapers ? [{ name: "embeddings", beat: { everyMs: 5_000 }, run: embedPapers }] : []),
    {
      name: "letters",
      beat: { everyMs: 10_000 },
      run: (signal) => sendDueLetters(letterContext(subject), signal),
    },
    ...(maildir === null
      ? []
      : [
          {
            name: "returned mail",
            beat: { everyMs: 30_000 },
            run: (signal: AbortSignal) => takeReturns(letterContext(subject), maildir, signal),
          },
        ]),
    {
      name: "webhooks",
      beat: { everyMs: 10_000 },
      run: (signal) => runWebhooks(webhookContext(subject), signal),
    },
    // Somebody waits for each of these.
    {
      name: "letters of accounts",
      beat: { everyMs: 1_000 },
      run: (signal) => sendAccountLetters({ ...letterContext(subject), mailDomains }, signal),
    },
    { name: "ended sessions", beat: { cron: "23 3 * * *" }, run: () => tidyAccounts({ db, clock }) },
    {
      name: "unconfirmed addresses",
      beat: { cron: "17 3 * * *" },
      run: () => forgetUnconfirmed(db, daysBefore(clock(), unconfirmedDays)),
    },
    {
      name: "proofs of consent",
      beat: { cron: "19 3 * * *" },
      run: () => forgetConsentProofs(db, dayOf(clock())),
    },
  ];
}

/** The part of the program that makes and sends letters. */
export function letterContext(
  subject: Omit<
    RecurringSubject,
    | "webhookSender"
    | "followSearch"
    | "harvest"
    | "trainWhenDue"
    | "embedPapers"
    | "featureReader"
    | "makeDump"
  >,
): LetterContext {
  const { db, mailer, clock, log, config, preparePicks } = subject;
  const baseUrl = () => subject.baseUrl();
  const { mailFrom, categories, mailRates } = config;
  const { bounceAddress } = config.returns;
  const picks = preparePicks ? { preparePicks } : {};
  return { db, mailer, clock, log, baseUrl, mailFrom, categories, bounceAddress, mailRates, ...picks };
}

function webhookContext({ webhookSender: sender, ...subject }: RecurringSubject): WebhookContext {
  const { db, mailer, clock, log, config, preparePicks } = subject;
  const { mailFrom, categories } = config;
  const baseUrl = () => subject.baseUrl();
  return { db, sender, mailer, clock, log, mailFrom, categories, preparePicks, baseUrl };
}

function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}
