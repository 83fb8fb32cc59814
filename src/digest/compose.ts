// From a letter's row to the letter, or to the reason why it must not go out any more.

import { hashToken } from "../lib/link-token.ts";
import type { Letter } from "../mail/letter.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { Delivery } from "./deliveries-store.ts";
import { composeDigest, readerOf } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import { composeAlreadySubscribed, composeConfirmation } from "./note-letters.tsx";
import { type ConfirmationPayload, type DigestPayload, parsePayload } from "./payload.ts";
import { isPaused } from "./schedule.ts";
import type { ToldPaper } from "./sent-papers-store.ts";
import type { Subscriber } from "./subscribers-store.ts";

export type Composed =
  | { letter: Letter; papers: ToldPaper[] }
  /** Why it is dropped. */
  | { drop: string };

/** Papers of one run by pk, so that a thousand readers of a day cost one query. */
export type PaperMemo = Map<number, Paper | null>;

/** Looks at the reader as he is now: a letter queued before an unsubscription is dropped. */
export async function composeDelivery(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
  memo: PaperMemo,
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
    return { letter: composeAlreadySubscribed(reader, address), papers: [] };
  }
  const { token } = parsePayload<ConfirmationPayload>(delivery.payload);
  if (reader.confirm_hash !== hashToken(token)) return { drop: "confirmed, withdrawn or asked for again" };
  return { letter: composeConfirmation(reader, token, address), papers: [] };
}

async function composeIssue(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
  memo: PaperMemo,
): Promise<Composed> {
  if (reader.state !== "confirmed") return { drop: "no longer subscribed" };
  const pause = { zone: reader.zone, pausedUntil: reader.paused_until };
  if (isPaused(pause, context.clock().toISOString())) return { drop: "paused by the reader" };
  const { papers, ...facts } = parsePayload<DigestPayload>(delivery.payload);
  const pks = papers.map(({ pk }) => pk);
  await fillMemo(context, pks, memo);
  const items = papers.flatMap(({ pk, ...item }) => {
    const paper = memo.get(pk);
    return paper ? [{ ...item, paper }] : [];
  });
  if (items.length === 0) return { drop: "nothing that the reader has not had" };
  const baseUrl = context.baseUrl();
  const letter = composeDigest(
    { facts, items, baseUrl, reader: readerOf(reader, baseUrl) },
    {
      to: reader.address,
      mailFrom: context.mailFrom,
      messageId: delivery.message_id,
      createdAt: delivery.created_at,
    },
  );
  return {
    letter,
    papers: items.map(({ paper }) => ({ pk: paper.pk, version: paper.versions.at(-1)?.number ?? null })),
  };
}

/** Papers that are gone are remembered as gone. */
async function fillMemo({ db }: LetterContext, pks: readonly number[], memo: PaperMemo): Promise<void> {
  const missing = pks.filter((pk) => !memo.has(pk));
  if (missing.length === 0) return;
  const found = await findPapersByPk(db, missing);
  for (const pk of missing) memo.set(pk, found.get(pk) ?? null);
}
