// From a letter's row to the letter, or to the reason why it must not go out any more.
import type { Edition } from "../editions/edition.ts";
import { getEdition } from "../editions/editions.ts";
import type { Letter } from "../mail/letter.ts";
import type { Delivery } from "./deliveries-store.ts";
import { composeDigest, readerOf } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import { composeAlreadySubscribed, composeConfirmation } from "./note-letters.tsx";
import { type ConfirmationPayload, type DigestPayload, parsePayload } from "./payload.ts";
import type { Subscriber } from "./subscribers-store.ts";
import { hashToken } from "./tokens.ts";

export type Composed =
  | { letter: Letter; paperPks: number[] }
  /** Why it is dropped. */
  | { drop: string };

/** Editions of one run, so that a thousand readers of a day cost one computation. */
export type EditionMemo = Map<string, Promise<Edition | null>>;

/** Looks at the reader as he is now: a letter queued before an unsubscription is dropped. */
export async function composeDelivery(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
  memo: EditionMemo,
): Promise<Composed> {
  if (delivery.kind === "digest") return await composeIssue(context, delivery, reader, memo);
  const address = {
    to: reader.address,
    mailFrom: context.mailFrom,
    messageId: delivery.message_id,
    createdAt: delivery.created_at,
    baseUrl: context.baseUrl(),
  };
  if (delivery.kind === "notice") {
    if (reader.state !== "confirmed") return { drop: "no longer subscribed" };
    return { letter: composeAlreadySubscribed(reader, address), paperPks: [] };
  }
  const { token } = parsePayload<ConfirmationPayload>(delivery.payload);
  if (reader.confirm_hash !== hashToken(token)) return { drop: "confirmed, withdrawn or asked for again" };
  return { letter: composeConfirmation(reader, token, address), paperPks: [] };
}

async function composeIssue(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
  memo: EditionMemo,
): Promise<Composed> {
  if (reader.state !== "confirmed") return { drop: "no longer subscribed" };
  const payload = parsePayload<DigestPayload>(delivery.payload);
  const edition = await findEdition(context, payload, memo);
  const byPk = new Map(edition?.items.map((item) => [item.paper.pk, item]));
  const items = payload.paperPks.flatMap((pk) => byPk.get(pk) ?? []);
  if (!edition || items.length === 0) return { drop: "nothing that the reader has not had" };
  const baseUrl = context.baseUrl();
  const letter = composeDigest(
    { edition, items, baseUrl, reader: readerOf(reader, baseUrl) },
    {
      to: reader.address,
      mailFrom: context.mailFrom,
      messageId: delivery.message_id,
      createdAt: delivery.created_at,
    },
  );
  return { letter, paperPks: payload.paperPks };
}

/** The edition as it stood when the row was made. */
function findEdition(
  context: LetterContext,
  payload: DigestPayload,
  memo: EditionMemo,
): Promise<Edition | null> {
  const key = `${payload.day} ${payload.asOf}`;
  let edition = memo.get(key);
  if (!edition) {
    const { asOf } = payload;
    const options = { asOf, now: context.clock().toISOString(), categories: context.categories };
    edition = getEdition(context.db, payload.day, options).then((found) =>
      found && "asOf" in found ? found : null,
    );
    memo.set(key, edition);
  }
  return edition;
}
