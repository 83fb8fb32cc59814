// Which webhooks are due, and what they are sent: makes the rows. By the rules of the letters, harmless twice.
import { dueDays, recentDays } from "../digest/schedule.ts";
import { addDays } from "../editions/edition-key.ts";
import { getEdition, listEditionDays } from "../editions/editions.ts";
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { formatBody } from "./body.ts";
import type { WebhookContext } from "./context.ts";
import { insertWebhookDeliveries } from "./deliveries-store.ts";
import type { WebhookShape } from "./webhook.ts";
import { listWebhooksThatAreOn, noteIssue, type Webhook } from "./webhooks-store.ts";

/** Returns how many rows are new. */
export async function planWebhooks(context: WebhookContext): Promise<number> {
  const { db, clock, categories } = context;
  const webhooks = await listWebhooksThatAreOn(db);
  if (webhooks.length === 0) return 0;
  const now = clock().toISOString();
  const days = await listEditionDays(db, { now, categories });
  const recent = days.filter((day) => day > addDays(dayOf(now), -recentDays));
  const bodies = memoBodies(context, now);
  let planned = 0;
  for (const webhook of webhooks)
    for (const day of dueDays(stateOf(webhook), now, recent))
      planned += await planIssue(context, webhook, { day, body: await bodies(webhook.shape, day), now });
  return planned;
}

function stateOf({ zone, send_at, created_at, last_issue, last_made_at }: Webhook) {
  return {
    zone,
    sendAt: send_at,
    weekdays: "1234567",
    rhythm: "daily" as const,
    confirmedAt: created_at,
    pausedUntil: null,
    clockSetAt: null,
    lastIssue: last_issue,
    lastMadeAt: last_made_at,
  };
}

/** An edition is computed once for all. */
function memoBodies({ db, categories, baseUrl }: WebhookContext, now: Instant) {
  const known = new Map<string, string | null>();
  return async (shape: string, day: Day): Promise<string | null> => {
    const name = `${shape} ${day}`;
    let body = known.get(name);
    if (body === undefined) {
      const edition = await getEdition(db, day, { now, categories });
      body = edition && "asOf" in edition ? formatBody(shape as WebhookShape, edition, baseUrl()) : null;
      known.set(name, body);
    }
    return body;
  };
}

async function planIssue(
  { db }: WebhookContext,
  webhook: Webhook,
  { day, body, now }: { day: Day; body: string | null; now: Instant },
): Promise<number> {
  if (body === null) return 0;
  return await db.transaction().execute(async (trx) => {
    const made = await insertWebhookDeliveries(trx, [{ webhook_id: webhook.id, issue: day, body }], now);
    await noteIssue(trx, webhook.id, { day, madeAt: now });
    return made;
  });
}
