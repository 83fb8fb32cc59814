// Which webhooks are due, and what they are sent: makes the rows. By the rules of the letters, harmless twice.
import { dueDays, recentDays } from "../digest/schedule.ts";
import { getEdition, listEditionDays } from "../editions/editions.ts";
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import { formatBody } from "./body.ts";
import type { WebhookContext } from "./context.ts";
import { insertWebhookDeliveries } from "./deliveries-store.ts";
import { type Issue, openPickIssues } from "./pick-issues.ts";
import { noteSentPapers } from "./sent-papers-store.ts";
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
  const issues = memoIssues(context, now);
  let planned = 0;
  for (const webhook of webhooks)
    for (const day of dueDays(stateOf(webhook), now, recent)) {
      const { found, issue } = await issues(webhook, day);
      if (found) planned += await planIssue(context, webhook, { day, issue, now });
    }
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

interface Found {
  /** False: there is no edition of that day (any more). */
  found: boolean;
  /** Null: it holds nothing for this webhook. */
  issue: Issue | null;
}

/** An edition is computed once for all, and prepared once for all whose picks are chosen from it. */
function memoIssues(context: WebhookContext, now: Instant) {
  const { db, categories, baseUrl } = context;
  const makeOf = memo(async (day: Day) => {
    const edition = await getEdition(db, day, { now, categories });
    if (!edition || !("asOf" in edition)) return null;
    const bodyOf = memo((shape: string) => formatBody(shape as WebhookShape, edition, baseUrl()));
    const picksOf = openPickIssues(context, edition, now);
    return async (webhook: Webhook): Promise<Issue | null> =>
      webhook.what === "picks" ? picksOf(webhook) : { body: bodyOf(webhook.shape), pks: [] };
  });
  return async (webhook: Webhook, day: Day): Promise<Found> => {
    const make = await makeOf(day);
    return make ? { found: true, issue: await make(webhook) } : { found: false, issue: null };
  };
}

function memo<V>(make: (key: string) => V): (key: string) => V {
  const made = new Map<string, V>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

/** Papers are noted with the issue: whatever becomes of it, none is sent twice. */
async function planIssue(
  { db }: WebhookContext,
  webhook: Webhook,
  { day, issue, now }: { day: Day; issue: Issue | null; now: Instant },
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await noteIssue(trx, webhook.id, { day, madeAt: now });
    if (!issue) return 0;
    const row = { webhook_id: webhook.id, issue: day, body: issue.body };
    const made = await insertWebhookDeliveries(trx, [row], now);
    if (made > 0) await noteSentPapers(trx, { webhookId: webhook.id, issue: day }, issue.pks);
    return made;
  });
}
