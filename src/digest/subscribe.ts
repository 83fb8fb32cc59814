// A request for the letter: checked, kept, answered by a confirmation letter. Whether the address was known never shows.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { hashToken, newToken } from "../lib/link-token.ts";
import { type AddressProblem, type MailAddress, parseAddress } from "../mail/address.ts";
import { addConsent, type ConsentEvent, formVersion } from "./consent.ts";
import { type DeliveryKind, insertDeliveries } from "./deliveries-store.ts";
import { isTimeOfDay, isZone } from "./local-time.ts";
import { messageIdOf } from "./message-id.ts";
import type { ConfirmationPayload } from "./payload.ts";
import { findSuppression } from "./returns-store.ts";
import {
  findSubscriberByKey,
  insertSubscriber,
  type Subscriber,
  updateSubscriber,
} from "./subscribers-store.ts";
import { defaultWishes } from "./wishes.ts";

export interface SubscriptionRequest {
  /** As typed. */
  address: string;
  zone: string;
  sendAt: string;
  /** Where it came from; absent for the command line. */
  network?: string;
}

export interface RequestProblems {
  address?: AddressProblem;
  zone?: "zone";
  sendAt?: "time";
}

export interface RequestOptions {
  now: Instant;
  mailFrom: string;
}

/** A confirmation link's life. */
export const confirmationDays = 3;

/** At most one confirmation letter an address in this time, whoever asks how often. */
const confirmationPauseMs = 10 * 60_000;

/** After a complaint. */
const complaintPauseMs = 30 * 86_400_000;

/** "You are already subscribed": once a day at most. */
const noticePauseMs = 24 * 3_600_000;

/** Null when the request is taken; the same for a new, a waiting and a subscribed address. Writes nothing when refused. */
export async function requestSubscription(
  db: Db,
  request: SubscriptionRequest,
  options: RequestOptions,
): Promise<RequestProblems | null> {
  const address = parseAddress(request.address);
  const problems: RequestProblems = {
    ...("problem" in address ? { address: address.problem } : {}),
    ...(isZone(request.zone) ? {} : { zone: "zone" as const }),
    ...(isTimeOfDay(request.sendAt) ? {} : { sendAt: "time" as const }),
  };
  if ("problem" in address || Object.keys(problems).length > 0) return problems;
  await db.transaction().execute(async (trx) => {
    const known = await findSubscriberByKey(trx, address.key);
    if (!known) await addReader(trx, address, request, options);
    else if (known.state === "confirmed") await remindReader(trx, known, options);
    else await askAgain(trx, known, request, options);
  });
  return null;
}

async function addReader(
  trx: Db,
  { address, key }: MailAddress,
  request: SubscriptionRequest,
  options: RequestOptions,
): Promise<void> {
  const confirmation = newConfirmation(options.now);
  const reader = {
    address,
    address_key: key,
    zone: request.zone,
    send_at: request.sendAt,
    state: "unconfirmed",
    token: newToken(),
    ...confirmation.columns,
    consent: addConsent("[]", requestEvent(request, options.now)),
    created_at: options.now,
    last_request_at: options.now,
    confirmed_at: null,
    unsubscribed_at: null,
    ...defaultWishes,
  };
  const pk = await insertSubscriber(trx, reader);
  if (pk !== null)
    await queueLetter(trx, { pk, token: reader.token }, "confirmation", options, confirmation.token);
}

/**
 * After a complaint a request sends one confirmation letter a month, and none any more when the complaint was about such
 * a letter: else a stranger could go on having us write to somebody who does not want it.
 */
async function mayAsk(trx: Db, known: Subscriber, now: Instant): Promise<boolean> {
  const ended = known.state === "suppressed" ? await findSuppression(trx, known.pk) : undefined;
  if (ended?.class !== "complaint") return true;
  if (ended.kind === "confirmation") return false;
  const asked = known.last_request_at > ended.received_at;
  return !(asked && isWithin(known.last_request_at, complaintPauseMs, now));
}

/** Waiting or gone: the wishes are those of the latest request, the letter comes after the pause. */
async function askAgain(
  trx: Db,
  known: Subscriber,
  request: SubscriptionRequest,
  options: RequestOptions,
): Promise<void> {
  const wishes = { zone: request.zone, send_at: request.sendAt, paused_until: null };
  if (!(await mayAsk(trx, known, options.now))) return;
  if (isWithin(known.last_request_at, confirmationPauseMs, options.now)) {
    await updateSubscriber(trx, known, wishes);
    return;
  }
  const confirmation = newConfirmation(options.now);
  const updated = await updateSubscriber(trx, known, {
    ...wishes,
    ...confirmation.columns,
    consent: addConsent(known.consent, requestEvent(request, options.now)),
    last_request_at: options.now,
  });
  if (updated) await queueLetter(trx, known, "confirmation", options, confirmation.token);
}

/** Subscribed: nothing changes by a stranger's request; the reader hears of it. */
async function remindReader(trx: Db, known: Subscriber, options: RequestOptions): Promise<void> {
  const reminded = known.confirmed_at !== null && known.last_request_at > known.confirmed_at;
  if (reminded && isWithin(known.last_request_at, noticePauseMs, options.now)) return;
  const updated = await updateSubscriber(trx, known, { last_request_at: options.now });
  if (updated) await queueLetter(trx, known, "notice", options);
}

function newConfirmation(now: Instant) {
  const token = newToken();
  const expires = new Date(Date.parse(now) + confirmationDays * 86_400_000).toISOString();
  return { token, columns: { confirm_hash: hashToken(token), confirm_expires_at: expires } };
}

async function queueLetter(
  trx: Db,
  reader: { pk: number; token: string },
  kind: Exclude<DeliveryKind, "digest">,
  options: RequestOptions,
  token?: string,
): Promise<void> {
  const payload: ConfirmationPayload | object = token === undefined ? {} : { token };
  const issue = options.now;
  const message_id = messageIdOf({
    issue: `${kind}-${issue}`,
    readerToken: reader.token,
    mailFrom: options.mailFrom,
  });
  const delivery = { subscriber_pk: reader.pk, kind, issue, message_id, payload: JSON.stringify(payload) };
  await insertDeliveries(trx, [delivery], options.now);
}

function requestEvent(request: SubscriptionRequest, at: Instant): ConsentEvent {
  const { network } = request;
  return network === undefined ? { what: "imported", at } : { what: "requested", at, network, formVersion };
}

function isWithin(instant: Instant, ms: number, now: Instant): boolean {
  return Date.parse(now) - Date.parse(instant) < ms;
}
