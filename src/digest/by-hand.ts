// The issue of a day by the owner's hand: shown, sent to one address, or sent to every reader who has not had it.
import { findLatestDay, getEdition } from "../editions/editions.ts";
import type { Day } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { explainAddress, type MailAddress, parseAddress } from "../mail/address.ts";
import type { Letter } from "../mail/letter.ts";
import type { Mailer } from "../mail/mailer.ts";
import { contentOf, readerRow } from "./chosen-content.ts";
import type { ReaderRow } from "./deliveries-store.ts";
import { composeDigest } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import { type IssueMaker, openIssue } from "./make-issue.ts";
import { messageIdOf } from "./message-id.ts";
import { pagesOfReaders } from "./plan.ts";
import { isPaused } from "./schedule.ts";
import { type SendReport, sendQueuedLetters } from "./send.ts";
import { findSubscriberByKey, type Subscriber } from "./subscribers-store.ts";

export interface IssueReport extends SendReport {
  day: Day;
  /** True: sent outside the rows, to an address that is no reader's. */
  testCopy: boolean;
  /** The named reader has had this issue before. */
  alreadyHad: boolean;
  /** "folder": letters were not sent but kept on this machine, because no mail server is set. */
  way: Mailer["kind"];
}

/**
 * A test copy of the latest issue, for whoever sets the mail up. Throws AppError "bad-usage" for what is no address, "not-found" without
 * an edition, "mail-refused" for who wants no letters and where the mail server does not take it.
 */
export async function sendTestIssue(context: LetterContext, to: string): Promise<IssueReport> {
  const { db, categories, clock } = context;
  readAddress(to);
  const day = await findLatestDay(db, { now: clock().toISOString(), categories });
  if (day !== null) return await sendIssueByHand(context, day, { to, test: true });
  throw new AppError("not-found", "There is no edition yet, so there is no letter.", {
    remedy: "Papers come first.",
  });
}

/**
 * Sends the issue of a day. Without `to`: to every confirmed reader who has not had it. `to` a confirmed reader: to that one
 * alone, counted as the issue. `to` anybody else, and with `test` a reader too: a test copy that is kept nowhere. Throws AppError "not-found" without an
 * edition, "mail-refused" for an address that has not confirmed or has unsubscribed.
 */
export async function sendIssueByHand(
  context: LetterContext,
  day: Day,
  options: { to?: string; test?: boolean; signal?: AbortSignal },
): Promise<IssueReport> {
  const issue = await getIssue(context, day);
  const base = { day, testCopy: false, alreadyHad: false, way: context.mailer.kind };
  if (options.to === undefined) {
    for await (const readers of pagesOfReaders(context, day, options.signal))
      await issue.makeRows(withoutPaused(context, readers));
    return {
      ...base,
      ...(await sendQueuedLetters(context, { kind: "digest", issue: day, signal: options.signal })),
    };
  }
  const address = readAddress(options.to);
  const reader = await findReader(context, address);
  if (!reader || options.test)
    return { ...base, testCopy: true, ...(await sendTestCopy(context, issue, address)) };
  const planned = await issue.makeRows([readerRow(reader)]);
  const filter = { kind: "digest", issue: day, subscriberPk: reader.pk } as const;
  const report = await sendQueuedLetters(context, { ...filter, signal: options.signal });
  return { ...base, alreadyHad: planned === 0 && report.sent === 0, ...report };
}

export interface IssuePreview {
  letter: Letter;
  /** Confirmed readers who have not had the issue. */
  readers: number;
  paperIds: string[];
}

/** The letter as it would go to this address, or to a reader who has had nothing yet. Writes and sends nothing. */
export async function previewIssue(context: LetterContext, day: Day, to?: string): Promise<IssuePreview> {
  const issue = await getIssue(context, day);
  const address = to === undefined ? null : readAddress(to);
  const reader = address && (await findReader(context, address));
  const chosen = reader
    ? (await issue.choose([readerRow(reader)])).get(reader.pk)!
    : issue.chooseForStranger();
  const content = contentOf(context, issue, chosen, reader);
  const letter = composeDigest(content, addressOf(context, issue, address?.address ?? "reader@example.org"));
  let readers = 0;
  for await (const page of pagesOfReaders(context, day)) readers += withoutPaused(context, page).length;
  return { letter, readers, paperIds: content.items.map((item) => item.words.id) };
}

async function getIssue(context: LetterContext, day: Day): Promise<IssueMaker> {
  const now = context.clock().toISOString();
  const issue = await openIssue(context, [day], now);
  if (issue) return issue;
  const edition = await getEdition(context.db, day, { now, categories: context.categories });
  const near = [edition?.previous, edition?.next].filter(Boolean).join(" and ");
  throw new AppError("not-found", `There is no edition of ${day}.`, {
    remedy: near ? `The nearest with papers: ${near}.` : "Import papers first: broadsheet import FILE...",
  });
}

function readAddress(text: string): MailAddress {
  const address = parseAddress(text);
  if (!("problem" in address)) return address;
  throw new AppError("bad-usage", `"${text.slice(0, 100)}" is not an address.`, {
    remedy: explainAddress(address.problem),
  });
}

/** A confirmed reader, or null for a stranger; nobody else gets letters, by hand or not. */
async function findReader(context: LetterContext, address: MailAddress): Promise<Subscriber | null> {
  const reader = await findSubscriberByKey(context.db, address.key);
  const pause =
    reader && isPaused({ ...reader, pausedUntil: reader.paused_until }, context.clock().toISOString());
  if (!reader || (reader.state === "confirmed" && !pause)) return reader ?? null;
  const why = pause ? `pauses until ${reader.paused_until}` : (whyNot[reader.state] ?? "gets no letters");
  throw new AppError("mail-refused", `${reader.address} ${why}, so nothing is sent there.`);
}

/** A pause holds for what is sent by hand too. */
function withoutPaused({ clock }: LetterContext, readers: readonly ReaderRow[]): ReaderRow[] {
  const now = clock().toISOString();
  return readers.filter(({ zone, paused_until }) => !isPaused({ zone, pausedUntil: paused_until }, now));
}

const whyNot: Record<string, string> = {
  unsubscribed: "has unsubscribed",
  unconfirmed: "has not confirmed the subscription",
  suppressed: "gets no letters, because one came back or was complained about",
};

async function sendTestCopy(
  context: LetterContext,
  issue: IssueMaker,
  { address }: MailAddress,
): Promise<SendReport> {
  const content = contentOf(context, issue, issue.chooseForStranger(), null);
  const result = await context.mailer.send(composeDigest(content, addressOf(context, issue, address)));
  if (result.ok) return { sent: 1, failed: 0, waiting: 0, dropped: 0 };
  throw new AppError("mail-refused", `The test copy was not taken: ${result.reason}.`, {
    remedy: "Check BROADSHEET_SMTP_URL, or run broadsheet doctor.",
  });
}

function addressOf({ clock, mailFrom }: LetterContext, { facts }: IssueMaker, to: string) {
  const createdAt = clock().toISOString();
  const messageId = messageIdOf({
    issue: `test-${facts.day}`,
    readerToken: `${to} ${createdAt}`,
    mailFrom,
  });
  return { to, mailFrom, messageId, createdAt };
}
