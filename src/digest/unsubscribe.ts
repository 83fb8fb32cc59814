// The way out: one opaque address that always works, without signing in, however old the letter is.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { isToken } from "../lib/link-token.ts";
import { addConsent } from "./consent.ts";
import { findSubscriberByToken, type Subscriber, unsubscribeByToken } from "./subscribers-store.ts";

/** The reader of an unsubscribe address; null when there is none. Changes nothing. */
export async function findUnsubscription(db: Db, token: string): Promise<Subscriber | null> {
  if (!isToken(token)) return null;
  return (await findSubscriberByToken(db, token)) ?? null;
}

/**
 * Ends the subscription at once: letters that wait are dropped when their turn comes. Harmless twice. False when the
 * token is nobody's.
 */
export async function endSubscription(
  db: Db,
  token: string,
  options: { now: Instant; network?: string },
): Promise<boolean> {
  if (!isToken(token)) return false;
  return await db.transaction().execute(async (trx) => {
    const reader = await findSubscriberByToken(trx, token);
    if (!reader) return false;
    const { now, network } = options;
    const event = { what: "unsubscribed", at: now, ...(network ? { network } : {}) } as const;
    await unsubscribeByToken(trx, token, { consent: addConsent(reader.consent, event), now });
    return true;
  });
}
