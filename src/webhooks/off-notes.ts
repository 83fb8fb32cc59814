// The letter that says a webhook was switched off, to whoever keeps it.
import { findAccount, listAccounts } from "../accounts/accounts-store.ts";
import { messageIdOf } from "../digest/message-id.ts";
import { links } from "../links.ts";
import type { Letter } from "../mail/letter.ts";
import { composeNote } from "../mail/note-letter.tsx";
import type { WebhookContext } from "./context.ts";
import { listNotesDue, moveNote, type Webhook } from "./webhooks-store.ts";

const retryMs = 15 * 60_000;
const giveUpAfterMs = 48 * 3_600_000;

/** Claimed by moving the time on, so that only one of several processes sends it; the Message-ID is the same each time. */
export async function sendOffNotes(context: WebhookContext, signal?: AbortSignal): Promise<void> {
  const { db, clock } = context;
  for (const webhook of await listNotesDue(db, clock().toISOString())) {
    if (signal?.aborted) return;
    const next = new Date(clock().getTime() + retryMs).toISOString();
    if (await moveNote(db, webhook, next)) await sendNote(context, { ...webhook, note_due_at: next });
  }
}

async function sendNote(context: WebhookContext, webhook: Webhook): Promise<void> {
  const { db, mailer, clock, log } = context;
  const to = await addressOf(context, webhook);
  if (to === null) {
    log.warn({ webhook: webhook.id }, "a webhook was switched off, and nobody has an address to tell it to");
    await moveNote(db, webhook, null);
    return;
  }
  const result = await mailer.send(composeOffNote(context, webhook, to));
  const age = clock().getTime() - Date.parse(webhook.off_at ?? webhook.created_at);
  if (result.ok || result.permanent || age > giveUpAfterMs) await moveNote(db, webhook, null);
}

/** The account's; for one made at this machine the first owner's. */
async function addressOf({ db }: WebhookContext, { keeper }: Webhook): Promise<string | null> {
  const account = await findAccount(db, keeper);
  if (account) return account.address;
  return (await listAccounts(db)).find(({ role }) => role === "owner")?.address ?? null;
}

function composeOffNote({ mailFrom, baseUrl }: WebhookContext, webhook: Webhook, to: string): Letter {
  const base = baseUrl();
  const issue = `webhook-off-${webhook.off_at}`;
  const messageId = messageIdOf({ issue, readerToken: webhook.id, mailFrom });
  return composeNote(
    { to, mailFrom, messageId, createdAt: webhook.off_at ?? webhook.created_at, baseUrl: base },
    {
      subject: "A webhook of yours was switched off",
      before: [
        `The webhook ${webhook.id} to ${new URL(webhook.url).host} took nothing several times in a row, so nothing is sent there any more. The last time: ${webhook.last_error ?? "no reason is known."}`,
        "Once it works again, switch it on, or remove it, on your page:",
      ],
      link: { url: `${base}${links.webhooks()}`, label: "Your webhooks" },
      after: [`Sent by the Broadsheet at ${base}`],
    },
  );
}
