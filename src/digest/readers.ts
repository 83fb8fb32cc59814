// Readers as the owner sees them: listed, exported with everything held of them, removed, erased.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { parseAddress } from "../mail/address.ts";
import { type ConsentEvent, parseConsent } from "./consent.ts";
import { keepConsentProof } from "./consent-proofs-store.ts";
import { type Delivery, listDeliveriesTo } from "./deliveries-store.ts";
import { listReturnsOf, type MailReturn } from "./returns-store.ts";
import {
  eraseSubscriber,
  findSubscriberByKey,
  listSubscribers,
  type Subscriber,
} from "./subscribers-store.ts";
import { endSubscription } from "./unsubscribe.ts";
import { formatWhen } from "./wishes.ts";

export interface ReaderSummary {
  address: string;
  state: string;
  zone: string;
  sendAt: string;
  /** ISO weekdays: "12345". */
  weekdays: string;
  rhythm: string;
  pausedUntil: string | null;
  papers: number;
  ownShare: number;
  /** Zone, hour, days and rhythm in words. */
  when: string;
  since: Instant;
  confirmedAt: Instant | null;
  unsubscribedAt: Instant | null;
  /** The latest issue that went out. */
  lastIssue: string | null;
  /** What the mail server said of the latest letter that did not go out. */
  trouble: string | null;
  /** The latest thing that came back. */
  returned: ReturnedSummary | null;
}

export interface ReturnedSummary {
  at: Instant;
  /** "hard", "soft", "blocked" or "complaint". */
  class: string;
  issue: string | null;
  status: string | null;
  detail: string | null;
  /** The reader gets no more letters because of it. */
  suppressed: boolean;
}

export interface ReaderExport extends ReaderSummary {
  consent: ConsentEvent[];
  /** All that came back, latest first. */
  returns: ReturnedSummary[];
  letters: { kind: string; issue: string; state: string; messageId: string; sentAt: Instant | null }[];
}

const pageSize = 500;
/** Ten years of days. */
const mostLetters = 4_000;

export async function* readersOf(db: Db): AsyncGenerator<Subscriber> {
  for (let after = 0; ; ) {
    const page = await listSubscribers(db, after, pageSize);
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)!.pk;
  }
}

export async function summarizeReader(db: Db, reader: Subscriber): Promise<ReaderSummary> {
  const letters = await listDeliveriesTo(db, reader.pk, 30);
  return summaryOf(reader, letters, await listReturnsOf(db, reader.pk, 1));
}

/** Everything held of a reader but the tokens of his links. */
export async function exportReader(db: Db, reader: Subscriber): Promise<ReaderExport> {
  const letters = await listDeliveriesTo(db, reader.pk, mostLetters);
  const returns = await listReturnsOf(db, reader.pk, mostLetters);
  return {
    ...summaryOf(reader, letters, returns),
    consent: parseConsent(reader.consent),
    returns: returns.map(returnedOf),
    letters: letters.map(({ kind, issue, state, message_id, sent_at }) => ({
      kind,
      issue,
      state,
      messageId: message_id,
      sentAt: sent_at,
    })),
  };
}

function returnedOf(row: MailReturn): ReturnedSummary {
  const { received_at, issue, status, detail } = row;
  return { at: received_at, class: row.class, issue, status, detail, suppressed: row.suppressed === 1 };
}

function summaryOf(
  reader: Subscriber,
  letters: readonly Delivery[],
  returns: readonly MailReturn[],
): ReaderSummary {
  const sent = letters.find((letter) => letter.kind === "digest" && letter.state === "sent");
  const latest = letters[0];
  return {
    address: reader.address,
    state: reader.state,
    zone: reader.zone,
    sendAt: reader.send_at,
    weekdays: reader.weekdays,
    rhythm: reader.rhythm,
    pausedUntil: reader.paused_until,
    papers: reader.papers,
    ownShare: reader.own_share,
    when: formatWhen(reader),
    since: reader.created_at,
    confirmedAt: reader.confirmed_at,
    unsubscribedAt: reader.unsubscribed_at,
    lastIssue: sent?.issue ?? null,
    trouble: latest && latest.state !== "dropped" ? latest.last_error : null,
    returned: returns[0] ? returnedOf(returns[0]) : null,
  };
}

/** Throws AppError "not-found" when nobody has this address. */
export async function getReader(db: Db, text: string): Promise<Subscriber> {
  const address = parseAddress(text);
  const reader = "problem" in address ? undefined : await findSubscriberByKey(db, address.key);
  if (reader) return reader;
  throw new AppError("not-found", `Nobody here has the address "${text.slice(0, 100)}".`, {
    remedy: '"broadsheet subscribers" lists the readers.',
  });
}

/** Ends the subscription as the reader could. */
export async function removeReader(db: Db, text: string, now: Instant): Promise<Subscriber> {
  const reader = await getReader(db, text);
  await endSubscription(db, reader.token, { now });
  return reader;
}

/**
 * Removes all that is held of the reader. Of one who had confirmed, the proof of consent stays for its time, findable by
 * who knows the address (consent-proofs-store.ts).
 */
export async function eraseReader(
  db: Db,
  text: string,
  now: Instant,
): Promise<{ address: string; proofKept: boolean }> {
  const reader = await getReader(db, text);
  const proofKept = parseConsent(reader.consent).some(({ what }) => what === "confirmed");
  // First the proof: erased without it, it could not be made again.
  if (proofKept) await keepConsentProof(db, reader.address_key, { consent: reader.consent, now });
  await eraseSubscriber(db, reader.pk);
  return { address: reader.address, proofKept };
}
