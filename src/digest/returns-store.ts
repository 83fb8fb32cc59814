// The record of what came back: rows are added, never changed; they leave with their reader.
import type { Selectable } from "kysely";
import { type Db, takeNumbers } from "../database/dialect.ts";
import type { MailReturnsTable } from "../database/mail-schema.ts";
import type { Instant } from "../lib/clock.ts";
import type { Delivery } from "./deliveries-store.ts";

export type MailReturn = Selectable<MailReturnsTable>;

/** Is this very message, or refusal, in the record already? */
export async function isKnownReturn(db: Db, fingerprint: string): Promise<boolean> {
  const row = await db
    .selectFrom("mail_returns")
    .select("pk")
    .where("fingerprint", "=", fingerprint)
    .executeTakeFirst();
  return row !== undefined;
}

/** False when another process has just recorded the same. */
export async function insertReturn(trx: Db, given: Omit<MailReturn, "pk">): Promise<boolean> {
  const pk = await takeNumbers(trx, "mail_returns", 1);
  const result = await trx
    .insertInto("mail_returns")
    .values({ pk, ...given })
    .onConflict((c) => c.column("fingerprint").doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** How many different letters to a reader, beside this one, came back softly or without proof since an instant. */
export async function countLettersReturned(
  db: Db,
  subscriberPk: number,
  since: Instant,
  except: Pick<Delivery, "kind" | "issue"> | null,
): Promise<number> {
  const rows = await db
    .selectFrom("mail_returns")
    .select(["kind", "issue", "fingerprint"])
    .where("subscriber_pk", "=", subscriberPk)
    .where("received_at", ">", since)
    .where("class", "!=", "blocked")
    .where("suppressed", "=", 0)
    .execute();
  const letters = new Set(
    rows.map(({ kind, issue, fingerprint }) => (issue ? `${kind} ${issue}` : fingerprint)),
  );
  if (except) letters.delete(`${except.kind} ${except.issue}`);
  return letters.size;
}

/** What came back of the letters to one reader, latest first. */
export function listReturnsOf(db: Db, subscriberPk: number, limit: number): Promise<MailReturn[]> {
  return db
    .selectFrom("mail_returns")
    .selectAll()
    .where("subscriber_pk", "=", subscriberPk)
    .orderBy("pk", "desc")
    .limit(limit)
    .execute();
}

/** Why a reader gets no more letters: the latest return that ended them. */
export function findSuppression(db: Db, subscriberPk: number): Promise<MailReturn | undefined> {
  return db
    .selectFrom("mail_returns")
    .selectAll()
    .where("subscriber_pk", "=", subscriberPk)
    .where("suppressed", "=", 1)
    .orderBy("pk", "desc")
    .executeTakeFirst();
}

export type ReturnCounts = Record<"hard" | "soft" | "blocked" | "complaint", number>;

/** What came back since an instant, by class. */
export async function countReturns(db: Db, since: Instant): Promise<ReturnCounts> {
  const rows = await db
    .selectFrom("mail_returns")
    .select((e) => ["class", e.fn.countAll<number>().as("count")])
    .where("received_at", ">=", since)
    .groupBy("class")
    .execute();
  const counts: ReturnCounts = { hard: 0, soft: 0, blocked: 0, complaint: 0 };
  for (const row of rows) counts[row.class as keyof ReturnCounts] = Number(row.count);
  return counts;
}

/** The latest refusal that is about us. */
export function findLatestBlock(db: Db): Promise<MailReturn | undefined> {
  return db
    .selectFrom("mail_returns")
    .selectAll()
    .where("class", "=", "blocked")
    .orderBy("received_at", "desc")
    .orderBy("pk", "desc")
    .executeTakeFirst();
}

/** The letter with this Message-ID. */
export function findDeliveryByMessageId(db: Db, messageId: string): Promise<Delivery | undefined> {
  return db.selectFrom("deliveries").selectAll().where("message_id", "=", messageId).executeTakeFirst();
}
