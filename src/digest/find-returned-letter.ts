// Whose letter came back: by its own return path, which nobody else can make; by its Message-ID, which only who has seen
// the letter knows; else by the address that the report names.
import type { Db } from "../database/dialect.ts";
import { parseAddress } from "../mail/address.ts";
import type { ReturnedMail } from "../mail/returned-mail.ts";
import { type Delivery, listDeliveriesTo } from "./deliveries-store.ts";
import { findDeliveryByMessageId } from "./returns-store.ts";
import { findSubscriberByKey, findSubscribersByPk, type Subscriber } from "./subscribers-store.ts";
import { isSealOf, parseVerpAddress } from "./verp.ts";

export interface FoundLetter {
  reader: Subscriber;
  /** Null: only the reader is known. */
  delivery: Delivery | null;
  by: "verp" | "message-id" | "address";
}

/** Letters of a reader that are looked through; mail servers give up after days. */
const latestLetters = 400;

/** Null when it is nobody's here. */
export async function findReturnedLetter(
  db: Db,
  mail: ReturnedMail,
  bounceAddress: string | null,
): Promise<FoundLetter | null> {
  return (
    (bounceAddress && (await findByReturnPath(db, mail, bounceAddress))) ||
    (await findByMessageId(db, mail)) ||
    (await findByAddress(db, mail))
  );
}

async function findByReturnPath(
  db: Db,
  { returnPaths }: ReturnedMail,
  bounceAddress: string,
): Promise<FoundLetter | null> {
  for (const address of returnPaths) {
    const tag = parseVerpAddress(bounceAddress, address);
    const reader = tag && (await findReader(db, tag.readerPk));
    if (!tag || !reader) continue;
    const letters = await listDeliveriesTo(db, reader.pk, latestLetters);
    const delivery = letters.find(({ message_id }) =>
      isSealOf(tag.seal, { readerPk: reader.pk, readerToken: reader.token, messageId: message_id }),
    );
    if (delivery) return { reader, delivery, by: "verp" };
  }
  return null;
}

async function findReader(db: Db, pk: number): Promise<Subscriber | undefined> {
  // Beyond what a column of whole numbers holds.
  if (pk > 2 ** 31 - 1) return undefined;
  return (await findSubscribersByPk(db, [pk])).get(pk);
}

async function findByMessageId(db: Db, { messageIds }: ReturnedMail): Promise<FoundLetter | null> {
  for (const messageId of messageIds) {
    const delivery = await findDeliveryByMessageId(db, messageId);
    const reader = delivery && (await findReader(db, delivery.subscriber_pk));
    if (delivery && reader) return { reader, delivery, by: "message-id" };
  }
  return null;
}

async function findByAddress(db: Db, { reports }: ReturnedMail): Promise<FoundLetter | null> {
  for (const text of reports.flatMap(({ addresses }) => addresses)) {
    const address = parseAddress(text);
    const reader = "problem" in address ? undefined : await findSubscriberByKey(db, address.key);
    if (reader) return { reader, delivery: null, by: "address" };
  }
  return null;
}
