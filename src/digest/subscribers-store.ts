// The readers' rows: found by address, by token or by the hash of a confirmation token; changed only by conditional update.
import type { Selectable } from "kysely";
import { type Db, takeNumbers } from "../database/dialect.ts";
import type { SubscribersTable } from "../database/letter-schema.ts";
import type { Instant } from "../lib/clock.ts";
import { subscriberKeeper } from "../library/keeper.ts";
import { eraseKeeper } from "../library/keepers-store.ts";
import type { WishColumns } from "./wishes.ts";

export type Subscriber = Selectable<SubscribersTable>;

export function findSubscriberByKey(db: Db, addressKey: string): Promise<Subscriber | undefined> {
  return db.selectFrom("subscribers").selectAll().where("address_key", "=", addressKey).executeTakeFirst();
}

export function findSubscriberByToken(db: Db, token: string): Promise<Subscriber | undefined> {
  return db.selectFrom("subscribers").selectAll().where("token", "=", token).executeTakeFirst();
}

/** The reader whose confirmation link this is, when it is still valid. */
export function findSubscriberToConfirm(db: Db, hash: string, now: Instant): Promise<Subscriber | undefined> {
  return db
    .selectFrom("subscribers")
    .selectAll()
    .where("confirm_hash", "=", hash)
    .where("confirm_expires_at", ">", now)
    .executeTakeFirst();
}

export async function findSubscribersByPk(db: Db, pks: readonly number[]): Promise<Map<number, Subscriber>> {
  if (pks.length === 0) return new Map();
  const rows = await db
    .selectFrom("subscribers")
    .selectAll()
    .where("pk", "in", [...pks])
    .execute();
  return new Map(rows.map((row) => [row.pk, row]));
}

/** Readers in order of their pk, after this one. */
export function listSubscribers(db: Db, after: number, limit: number): Promise<Subscriber[]> {
  return db
    .selectFrom("subscribers")
    .selectAll()
    .where("pk", ">", after)
    .orderBy("pk")
    .limit(limit)
    .execute();
}

/** False when another request has just brought the same address. */
export async function insertSubscriber(trx: Db, subscriber: Omit<Subscriber, "pk">): Promise<number | null> {
  const pk = await takeNumbers(trx, "subscribers", 1);
  const result = await trx
    .insertInto("subscribers")
    .values({ pk, ...subscriber })
    .onConflict((c) => c.column("address_key").doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0 ? pk : null;
}

/** Changes the row if it has not changed since it was read (same state, same last request); says whether it did. */
export async function updateSubscriber(
  trx: Db,
  read: Subscriber,
  changes: Partial<Omit<Subscriber, "pk" | "address_key">>,
): Promise<boolean> {
  const result = await trx
    .updateTable("subscribers")
    .set(changes)
    .where("pk", "=", read.pk)
    .where("state", "=", read.state)
    .where("last_request_at", "=", read.last_request_at)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Changes what the reader wishes, whatever else becomes of the row meanwhile. */
export async function saveWishes(
  db: Db,
  pk: number,
  wishes: WishColumns & { clock_set_at?: Instant },
): Promise<void> {
  await db.updateTable("subscribers").set(wishes).where("pk", "=", pk).execute();
}

/** Confirms by the hash: whoever comes second finds it gone. */
export async function confirmByHash(
  trx: Db,
  hash: string,
  changes: { consent: string; now: Instant },
): Promise<boolean> {
  const result = await trx
    .updateTable("subscribers")
    .set({
      state: "confirmed",
      confirm_hash: null,
      confirm_expires_at: null,
      confirmed_at: changes.now,
      unsubscribed_at: null,
      consent: changes.consent,
    })
    .where("confirm_hash", "=", hash)
    .where("confirm_expires_at", ">", changes.now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Ends a subscription and every open confirmation; false when it had ended before. */
export async function unsubscribeByToken(
  trx: Db,
  token: string,
  changes: { consent: string; now: Instant },
): Promise<boolean> {
  const result = await trx
    .updateTable("subscribers")
    .set({
      state: "unsubscribed",
      unsubscribed_at: changes.now,
      confirm_hash: null,
      confirm_expires_at: null,
      consent: changes.consent,
    })
    .where("token", "=", token)
    .where("state", "!=", "unsubscribed")
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** No more letters until the reader confirms anew; one who has unsubscribed stays unsubscribed. */
export async function suppressSubscriber(trx: Db, pk: number, consent: string): Promise<void> {
  await trx
    .updateTable("subscribers")
    .set({ state: "suppressed", confirm_hash: null, confirm_expires_at: null, consent })
    .where("pk", "=", pk)
    .where("state", "!=", "unsubscribed")
    .execute();
}

/** Removes everything held of a reader: row, letters, what was sent, what came back, what he kept without an account. */
export async function eraseSubscriber(db: Db, pk: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await eraseKeeper(trx, subscriberKeeper(pk));
    await trx.deleteFrom("sent_papers").where("subscriber_pk", "=", pk).execute();
    await trx.deleteFrom("deliveries").where("subscriber_pk", "=", pk).execute();
    await trx.deleteFrom("mail_returns").where("subscriber_pk", "=", pk).execute();
    await trx.deleteFrom("subscribers").where("pk", "=", pk).execute();
  });
}

/** Addresses that never confirmed and have not asked since; returns how many are forgotten. */
export async function forgetUnconfirmed(db: Db, before: Instant): Promise<number> {
  const rows = await db
    .selectFrom("subscribers")
    .select("pk")
    .where("state", "=", "unconfirmed")
    .where("last_request_at", "<", before)
    .execute();
  for (const { pk } of rows) await eraseSubscriber(db, pk);
  return rows.length;
}
