// The double opt-in: the link shows a button, the button confirms. Opening the link, as scanners do, changes nothing.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { hashToken, isToken } from "../lib/link-token.ts";
import { addConsent } from "./consent.ts";
import { confirmByHash, findSubscriberToConfirm, type Subscriber } from "./subscribers-store.ts";

/** The reader who would be confirmed; null when the token is unknown, used or older than three days. Changes nothing. */
export async function findConfirmation(db: Db, token: string, now: Instant): Promise<Subscriber | null> {
  if (!isToken(token)) return null;
  return (await findSubscriberToConfirm(db, hashToken(token), now)) ?? null;
}

/** Confirms; the token works once. Null when it does not (any more). */
export async function confirmSubscription(
  db: Db,
  token: string,
  options: { now: Instant; network: string },
): Promise<Subscriber | null> {
  return await db.transaction().execute(async (trx) => {
    const reader = await findConfirmation(trx, token, options.now);
    if (!reader) return null;
    const event = { what: "confirmed", at: options.now, network: options.network } as const;
    const consent = addConsent(reader.consent, event);
    const confirmed = await confirmByHash(trx, hashToken(token), { consent, now: options.now });
    return confirmed ? reader : null;
  });
}
