// The room's door: where editions are sent besides letters. Made, listed, tested, removed; the work is in plan.ts and send.ts.
import { randomUUID } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import { isTimeOfDay, isZone } from "../digest/local-time.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { judgeWebhookUrl } from "./address.ts";
import { formatTestBody } from "./body.ts";
import { insertWebhookDeliveries } from "./deliveries-store.ts";
import { newSecret } from "./signature.ts";
import { countWebhooks, findWebhook, insertWebhook, markTested, type Webhook } from "./webhooks-store.ts";

/** "json": ours, signed. "slack": text and blocks. */
export const webhookShapes = ["json", "slack"] as const;
export type WebhookShape = (typeof webhookShapes)[number];

/** "edition": each whole edition. "picks": what is chosen of it for its keeper. */
export const webhookKinds = ["edition", "picks"] as const;
export type WebhookKind = (typeof webhookKinds)[number];

export interface NewWebhook {
  keeper: string;
  url: string;
  shape: WebhookShape;
  /** Default: "edition". */
  what?: WebhookKind;
  /** IANA zone and local HH:MM. */
  zone: string;
  sendAt: string;
}

export const mostWebhooks = 5;

const longestUrl = 1_000;
const testEveryMs = 60_000;

/**
 * Makes a webhook that begins with the next edition; its secret is in the answer. Throws AppError "bad-input" for an address
 * that may not be, a time that is none, or one too many.
 */
export async function addWebhook(
  db: Db,
  given: NewWebhook,
  { ownAddresses, now }: { ownAddresses: readonly string[]; now: Instant },
): Promise<Webhook> {
  const { keeper, url, shape, what = "edition", zone, sendAt } = given;
  if (url.length > longestUrl || !judgeWebhookUrl(url, ownAddresses).allowed) {
    throw new AppError("bad-input", "Nothing is sent to this address.", {
      remedy: "Give an https address of the public Internet, without a port or a user name.",
    });
  }
  if (!isZone(zone) || !isTimeOfDay(sendAt))
    throw new AppError("bad-input", `"${sendAt.slice(0, 20)}" in "${zone.slice(0, 40)}" is no time of day.`);
  if ((await countWebhooks(db, keeper)) >= mostWebhooks)
    throw new AppError("bad-input", `There are ${mostWebhooks} webhooks already.`, {
      remedy: "Remove one first.",
    });
  const id = `wh_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const row = { id, keeper, url, shape, what, zone, send_at: sendAt, created_at: now };
  return await insertWebhook(db, { ...row, secret: newSecret() });
}

/** Puts a test in the queue, sent once; at most one a minute. Throws AppError "not-found", "bad-input". */
export async function testWebhook(
  db: Db,
  { id, keepers, baseUrl }: { id: string; keepers: readonly string[] | null; baseUrl: string },
  now: Instant,
): Promise<void> {
  const webhook = await findWebhook(db, id);
  if (!webhook || (keepers !== null && !keepers.includes(webhook.keeper)))
    throw new AppError("not-found", "There is no such webhook.");
  const before = new Date(Date.parse(now) - testEveryMs).toISOString();
  if (!(await markTested(db, id, { now, before })))
    throw new AppError("bad-input", "It was tested a moment ago.", { remedy: "Wait a minute." });
  const body = formatTestBody(webhook.shape as WebhookShape, baseUrl, now);
  await insertWebhookDeliveries(db, [{ webhook_id: id, issue: `test-${now}`, body }], now);
}

/** Tests are not repeated, and say nothing about the webhook's health. */
export function isTest(issue: string): boolean {
  return issue.startsWith("test-");
}
