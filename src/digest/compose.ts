// From a letter's row to the letter, or to the reason why it must not go out any more.

import { hashToken } from "../lib/link-token.ts";
import type { Letter } from "../mail/letter.ts";
import type { Delivery } from "./deliveries-store.ts";
import { composeDigest } from "./issue.ts";
import { readContent, type WordsMemo } from "./letter-content.ts";
import type { LetterContext } from "./letter-context.ts";
import { composeAlreadySubscribed, composeConfirmation } from "./note-letters.tsx";
import { type ConfirmationPayload, parsePayload } from "./payload.ts";
import { isPaused } from "./schedule.ts";
import type { ToldPaper } from "./sent-papers-store.ts";
import type { Subscriber } from "./subscribers-store.ts";
import { composeTestLetter } from "./test-letter.ts";

export type Composed =
  | { letter: Letter; papers: ToldPaper[] }
  /** Why it is dropped. */
  | { drop: string };

/** Looks at the reader as he is now: a letter queued before an unsubscription is dropped. */
export async function composeDelivery(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
  memo: WordsMemo,
): Promise<Composed> {
  if (delivery.kind === "digest") return await composeIssue(context, delivery, reader, memo);
  if (delivery.kind === "test") return await composeTest(context, delivery, reader);
  const address = {
    to: reader.address,
    mailFrom: context.mailFrom,
    messageId: delivery.message_id,
    createdAt: delivery.created_at,
    baseUrl: context.baseUrl(),
  };
  if (delivery.kind === "notice") {
    if (reader.state !== "confirmed") return { drop: "no longer subscribed" };
    return { letter: composeAlreadySubscribed(reader, address), papers: [] };
  }
  const { token } = parsePayload<ConfirmationPayload>(delivery.payload);
  if (reader.confirm_hash !== hashToken(token)) return { drop: "confirmed, withdrawn or asked for again" };
  return { letter: composeConfirmation(reader, token, address), papers: [] };
}

/** Tells of no paper, so nothing counts as had. */
async function composeTest(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
): Promise<Composed> {
  const refusal = refusalOf(context, reader);
  if (refusal) return refusal;
  const letter = await composeTestLetter(context, delivery, reader);
  return letter ? { letter, papers: [] } : { drop: "nothing that the reader has not had" };
}

async function composeIssue(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
  memo: WordsMemo,
): Promise<Composed> {
  const refusal = refusalOf(context, reader);
  if (refusal) return refusal;
  const content = await readContent(context, { payload: delivery.payload, owner: reader }, memo);
  if (content.items.length === 0) return { drop: "nothing that the reader has not had" };
  const { mailFrom } = context;
  const { message_id: messageId, created_at: createdAt } = delivery;
  const letter = composeDigest(content, { to: reader.address, mailFrom, messageId, createdAt });
  return { letter, papers: content.items.map(({ pk, version }) => ({ pk, version })) };
}

/** Why nothing leaves for this reader now, where that is so. */
function refusalOf({ clock }: LetterContext, reader: Subscriber): { drop: string } | null {
  if (reader.state !== "confirmed") return { drop: "no longer subscribed" };
  const pause = { zone: reader.zone, pausedUntil: reader.paused_until };
  return isPaused(pause, clock().toISOString()) ? { drop: "paused by the reader" } : null;
}
