// What works once and not for long: links to sign in, invitations, the code of the first owner. Kept as hashes.
import type { Selectable } from "kysely";
import type { AccountTicketsTable } from "../database/account-schema.ts";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";

export type TicketKind = "sign-in" | "invitation" | "owner";

export type Ticket = Selectable<AccountTicketsTable>;

export async function insertTicket(
  db: Db,
  ticket: Omit<Ticket, "used_at" | "kind"> & { kind: TicketKind },
): Promise<void> {
  await db
    .insertInto("account_tickets")
    .values({ ...ticket, used_at: null })
    .execute();
}

/** The ticket while it is good. Changes nothing. */
export async function findTicket(
  db: Db,
  kind: TicketKind,
  hash: string,
  now: Instant,
): Promise<Ticket | null> {
  const row = await db
    .selectFrom("account_tickets")
    .selectAll()
    .where("hash", "=", hash)
    .where("kind", "=", kind)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row ?? null;
}

/** Uses it up; null when it is used, too old or nobody's. Of several at once exactly one gets it. */
export async function useTicket(
  db: Db,
  kind: TicketKind,
  { hash, now, browserHash }: { hash: string; now: Instant; browserHash?: string },
): Promise<Ticket | null> {
  let query = db
    .updateTable("account_tickets")
    .set({ used_at: now })
    .where("hash", "=", hash)
    .where("kind", "=", kind)
    .where("used_at", "is", null)
    .where("expires_at", ">", now);
  if (browserHash !== undefined) query = query.where("browser_hash", "=", browserHash);
  const row = await query.returningAll().executeTakeFirst();
  return row ?? null;
}

/** Invitations nobody has taken yet, newest first. */
export function listInvitations(db: Db, now: Instant): Promise<Ticket[]> {
  return db
    .selectFrom("account_tickets")
    .selectAll()
    .where("kind", "=", "invitation")
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at", "desc")
    .execute();
}

/** Takes an invitation back, by its hash. */
export async function withdrawInvitation(db: Db, hash: string): Promise<boolean> {
  const result = await db
    .deleteFrom("account_tickets")
    .where("hash", "=", hash)
    .where("kind", "=", "invitation")
    .where("used_at", "is", null)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** What ended before this instant. */
export async function forgetTickets(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom("account_tickets").where("expires_at", "<", before).execute();
}
