// What sending letters needs, with a clock that tests set and a mailer that keeps what it is given.
import type { Db } from "../../src/database/dialect.ts";
import { confirmSubscription } from "../../src/digest/confirm.ts";
import type { LetterContext } from "../../src/digest/letter-context.ts";
import { requestSubscription } from "../../src/digest/subscribe.ts";
import { findSubscriberByKey, type Subscriber } from "../../src/digest/subscribers-store.ts";
import { createLog } from "../../src/lib/log.ts";
import type { Letter } from "../../src/mail/letter.ts";
import type { Mailer, SendResult } from "../../src/mail/mailer.ts";

export interface KeepingMailer extends Mailer {
  letters: Letter[];
}

/** Takes every letter, or answers as told. */
export function keepingMailer(
  answer: (letter: Letter) => SendResult | Promise<SendResult> = () => ({ ok: true }),
) {
  const letters: Letter[] = [];
  const mailer: KeepingMailer = {
    kind: "smtp",
    letters,
    async send(letter) {
      const result = await answer(letter);
      if (result.ok) letters.push(letter);
      return result;
    },
    verify: async () => ({ ok: true }),
    async [Symbol.asyncDispose]() {},
  };
  return mailer;
}

export interface TestLetters extends LetterContext {
  mailer: KeepingMailer;
  /** Sets the clock. */
  setTime(instant: string): void;
}

export function letterContextFor(db: Db, now: string, mailer = keepingMailer()): TestLetters {
  let time = new Date(now);
  return {
    db,
    mailer,
    clock: () => time,
    log: createLog("silent"),
    baseUrl: () => "https://daily.example.org",
    mailFrom: "letters@example.org",
    categories: ["cs.CL"],
    setTime: (instant) => {
      time = new Date(instant);
    },
  };
}

export interface ReaderWishes {
  zone?: string;
  sendAt?: string;
  /** When asked and confirmed; default 1 May 2026. */
  at?: string;
}

/** A confirmed reader, by the way a reader goes. */
export async function addConfirmedReader(
  db: Db,
  address: string,
  wishes: ReaderWishes = {},
): Promise<Subscriber> {
  const { zone = "UTC", sendAt = "09:00", at = "2026-05-01T10:00:00.000Z" } = wishes;
  const request = { address, zone, sendAt, network: "192.0.2.1" };
  const problems = await requestSubscription(db, request, { now: at, mailFrom: "letters@example.org" });
  if (problems) throw new Error(JSON.stringify(problems));
  const token = await confirmationToken(db, address);
  const reader = await confirmSubscription(db, token, { now: at, network: "192.0.2.1" });
  if (!reader) throw new Error(`${address} could not be confirmed`);
  await db
    .deleteFrom("deliveries")
    .where("kind", "=", "confirmation")
    .where("subscriber_pk", "=", reader.pk)
    .execute();
  return (await findSubscriberByKey(db, address))!;
}

/** The token of the confirmation letter that waits. */
export async function confirmationToken(db: Db, address: string): Promise<string> {
  const row = await db
    .selectFrom("deliveries")
    .innerJoin("subscribers", "subscribers.pk", "deliveries.subscriber_pk")
    .select("payload")
    .where("address", "=", address)
    .where("kind", "=", "confirmation")
    .where("deliveries.state", "=", "due")
    .orderBy("deliveries.issue", "desc")
    .executeTakeFirstOrThrow();
  return (JSON.parse(row.payload) as { token: string }).token;
}
