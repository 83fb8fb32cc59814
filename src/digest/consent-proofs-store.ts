// What is kept of an erased reader: the proof of consent to letters that were sent, for as long as somebody may sue over
// them. It lies under a hash of the address, so only who knows the address finds it.
import { createHash } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import type { Day, Instant } from "../lib/clock.ts";
import type { ConsentEvent } from "./consent.ts";

/** Claims end three years after the year they arose in (BGB §§ 195, 199); GDPR Art. 17 (3) (e) lets proof be kept till then. */
const keptYears = 3;

export interface ConsentProof {
  erasedAt: Instant;
  /** The last day it is kept. */
  keepUntil: Day;
  consent: ConsentEvent[];
}

export async function keepConsentProof(
  trx: Db,
  addressKey: string,
  { consent, now }: { consent: string; now: Instant },
): Promise<void> {
  const keep_until = `${Number(now.slice(0, 4)) + keptYears}-12-31`;
  await trx
    .insertInto("consent_proofs")
    .values({ address_hash: hashOf(addressKey), erased_at: now, consent, keep_until })
    .onConflict((c) => c.columns(["address_hash", "erased_at"]).doNothing())
    .execute();
}

/** Oldest first. */
export async function listConsentProofs(db: Db, addressKey: string): Promise<ConsentProof[]> {
  const rows = await db
    .selectFrom("consent_proofs")
    .selectAll()
    .where("address_hash", "=", hashOf(addressKey))
    .orderBy("erased_at")
    .execute();
  return rows.map(({ erased_at, keep_until, consent }) => ({
    erasedAt: erased_at,
    keepUntil: keep_until,
    consent: JSON.parse(consent) as ConsentEvent[],
  }));
}

/** Returns how many are forgotten. */
export async function forgetConsentProofs(db: Db, today: Day): Promise<number> {
  const result = await db.deleteFrom("consent_proofs").where("keep_until", "<", today).executeTakeFirst();
  return Number(result.numDeletedRows);
}

function hashOf(addressKey: string): string {
  return createHash("sha256").update(addressKey).digest("hex");
}
