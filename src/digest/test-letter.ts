// The letter a reader would get now, marked as a test and counted for nothing: asked for on the page of settings, queued as any
// letter, made when it leaves.
import { listEditionDays } from "../editions/editions.ts";
import type { Instant } from "../lib/clock.ts";
import type { Letter } from "../mail/letter.ts";
import { contentOf, readerRow } from "./chosen-content.ts";
import { type Delivery, insertDeliveries } from "./deliveries-store.ts";
import { composeDigest } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import { openIssue } from "./make-issue.ts";
import { messageIdOf } from "./message-id.ts";
import { isPaused } from "./schedule.ts";
import type { Subscriber } from "./subscribers-store.ts";

/** "again": within the hour already; "paused": while a reader pauses nothing leaves. */
export type AskedTestLetter = "asked" | "again" | "paused";

export async function askForTestLetter(
  { db, mailFrom }: Pick<LetterContext, "db" | "mailFrom">,
  reader: Subscriber,
  now: Instant,
): Promise<AskedTestLetter> {
  if (isPaused({ ...reader, pausedUntil: reader.paused_until }, now)) return "paused";
  const issue = now.slice(0, "2026-05-12T08".length);
  const message_id = messageIdOf({ issue: `test-${issue}`, readerToken: reader.token, mailFrom });
  const row = { subscriber_pk: reader.pk, kind: "test" as const, issue, message_id, payload: "{}" };
  return (await insertDeliveries(db, [row], now)) > 0 ? "asked" : "again";
}

/** Null when there is nothing that this reader has not had. Of the latest edition, as it would be chosen now. */
export async function composeTestLetter(
  context: LetterContext,
  delivery: Delivery,
  reader: Subscriber,
): Promise<Letter | null> {
  const { db, categories, mailFrom } = context;
  const now = context.clock().toISOString();
  const day = (await listEditionDays(db, { now, categories })).at(-1);
  const issue = day === undefined ? null : await openIssue(context, [day], now);
  const chosen = (await issue?.choose([readerRow(reader)]))?.get(reader.pk) ?? [];
  if (!issue || chosen.length === 0) return null;
  const { message_id: messageId, created_at: createdAt } = delivery;
  const content = contentOf(context, issue, chosen, reader);
  const letter = composeDigest(content, { to: reader.address, mailFrom, messageId, createdAt });
  return { ...letter, subject: `Test: ${letter.subject}` };
}
