// The issue of a day by the owner's hand: shown, sent to one address, or sent to every reader who has not had it.
import type { Edition, EditionItem } from "../editions/edition.ts";
import { getEdition } from "../editions/editions.ts";
import { findDayAccount } from "../harvest/ledger-report.ts";
import type { Day } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { explainAddress, type MailAddress, parseAddress } from "../mail/address.ts";
import type { Letter } from "../mail/letter.ts";
import { choosePapers } from "./choose.ts";
import type { ReaderRow } from "./deliveries-store.ts";
import { paperHtmlBytes } from "./digest-html.tsx";
import { composeDigest, factsOf, type IssueFacts, readerOf } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import { messageIdOf } from "./message-id.ts";
import { pagesOfReaders, planIssue } from "./plan.ts";
import { isPaused } from "./schedule.ts";
import { type SendReport, sendQueuedLetters } from "./send.ts";
import { listSentPapers } from "./sent-papers-store.ts";
import { findSubscriberByKey, type Subscriber } from "./subscribers-store.ts";

export interface IssueReport extends SendReport {
  day: Day;
  /** True: sent outside the rows, to an address that is no reader's. */
  testCopy: boolean;
  /** The named reader has had this issue before. */
  alreadyHad: boolean;
}

/**
 * Sends the issue of a day. Without `to`: to every confirmed reader who has not had it. `to` a confirmed reader: to that one
 * alone, counted as the issue. `to` anybody else: a test copy that is kept nowhere. Throws AppError "not-found" without an
 * edition, "mail-refused" for an address that has not confirmed or has unsubscribed.
 */
export async function sendIssueByHand(
  context: LetterContext,
  day: Day,
  options: { to?: string; signal?: AbortSignal },
): Promise<IssueReport> {
  const edition = await getIssueEdition(context, day);
  const base = { day, testCopy: false, alreadyHad: false };
  if (options.to === undefined) {
    for await (const readers of pagesOfReaders(context, day, options.signal))
      await planIssue(context, day, withoutPaused(context, readers));
    return {
      ...base,
      ...(await sendQueuedLetters(context, { kind: "digest", issue: day, signal: options.signal })),
    };
  }
  const address = readAddress(options.to);
  const reader = await findReader(context, address);
  if (!reader) return { ...base, testCopy: true, ...(await sendTestCopy(context, edition, address)) };
  const planned = await planIssue(context, day, [readerRow(reader)]);
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
  const edition = await getIssueEdition(context, day);
  const address = to === undefined ? null : readAddress(to);
  const reader = address && (await findReader(context, address));
  const items = await chooseFor(context, edition, reader ?? null);
  const letter = composeDigest(
    {
      facts: await readFacts(context, edition),
      items,
      baseUrl: context.baseUrl(),
      reader: reader ? readerOf(reader, context.baseUrl()) : null,
    },
    addressOf(context, edition, address?.address ?? "reader@example.org"),
  );
  let readers = 0;
  for await (const page of pagesOfReaders(context, day)) readers += withoutPaused(context, page).length;
  return { letter, readers, paperIds: items.map((item) => item.paper.id) };
}

async function getIssueEdition(context: LetterContext, day: Day): Promise<Edition> {
  const now = context.clock().toISOString();
  const edition = await getEdition(context.db, day, { now, categories: context.categories });
  if (edition && edition.kind === "day" && "asOf" in edition) return edition;
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
  const why = pause ? `pauses until ${reader.paused_until}` : whyNot[reader.state];
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
};

function readerRow(reader: Subscriber): ReaderRow {
  return { ...reader, confirmed_at: reader.confirmed_at ?? "", last_issue: null, last_made_at: null };
}

async function chooseFor(
  { db, baseUrl }: LetterContext,
  edition: Edition,
  reader: Subscriber | null,
): Promise<EditionItem[]> {
  const pks = edition.items.map((item) => item.paper.pk);
  const range = reader && { from: reader.pk, to: reader.pk };
  const sent = range && (await listSentPapers(db, range, pks)).get(range.from);
  const url = baseUrl();
  return choosePapers(edition.items, {
    sent: new Set(sent?.keys()),
    bytesOf: (item) => paperHtmlBytes(item, url),
  });
}

async function readFacts({ db, categories }: LetterContext, edition: Edition): Promise<IssueFacts> {
  return factsOf(edition, await findDayAccount(db, edition.key, categories));
}

async function sendTestCopy(
  context: LetterContext,
  edition: Edition,
  { address }: MailAddress,
): Promise<SendReport> {
  const items = await chooseFor(context, edition, null);
  const issue = { facts: await readFacts(context, edition), items, baseUrl: context.baseUrl(), reader: null };
  const result = await context.mailer.send(composeDigest(issue, addressOf(context, edition, address)));
  if (result.ok) return { sent: 1, failed: 0, waiting: 0, dropped: 0 };
  throw new AppError("mail-refused", `The test copy was not taken: ${result.reason}.`, {
    remedy: "Check BROADSHEET_SMTP_URL, or run broadsheet doctor.",
  });
}

function addressOf({ clock, mailFrom }: LetterContext, edition: Edition, to: string) {
  const createdAt = clock().toISOString();
  const messageId = messageIdOf({
    issue: `test-${edition.key}`,
    readerToken: `${to} ${createdAt}`,
    mailFrom,
  });
  return { to, mailFrom, messageId, createdAt };
}
