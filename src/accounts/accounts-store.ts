// The rows of accounts and of what belongs to them: password, sessions, passkeys.
import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { AccountSessionsTable, AccountsTable, PasskeysTable } from "../database/account-schema.ts";
import { type Db, textsIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { MailAddress } from "../mail/address.ts";
import { type Account, isRole, type Role } from "./account.ts";

export type SessionRow = Selectable<AccountSessionsTable>;
export type PasskeyRow = Selectable<PasskeysTable>;

export interface NewAccount extends MailAddress {
  role: Role;
  verified: boolean;
}

/** The account of this address, made when there is none. `created` is true for exactly one of several at once. */
export async function ensureAccount(
  db: Db,
  { address, key, role, verified }: NewAccount,
  now: Instant,
): Promise<{ account: Account; created: boolean }> {
  const row: AccountsTable = {
    id: randomUUID(),
    address,
    address_key: key,
    address_verified: verified ? 1 : 0,
    name: "",
    role,
    created_at: now,
    updated_at: now,
  };
  const result = await db
    .insertInto("accounts")
    .values(row)
    .onConflict((c) => c.column("address_key").doNothing())
    .executeTakeFirst();
  const account = await findAccountByKey(db, key);
  if (!account) throw new Error("An account was removed while it was being made.");
  return { account, created: Number(result.numInsertedOrUpdatedRows ?? 0) > 0 };
}

export async function findAccountByKey(db: Db, key: string): Promise<Account | null> {
  const row = await db.selectFrom("accounts").selectAll().where("address_key", "=", key).executeTakeFirst();
  return row ? accountOf(row) : null;
}

export async function findAccount(db: Db, id: string): Promise<Account | null> {
  const row = await db.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? accountOf(row) : null;
}

/** The ids of accounts with these addresses, by address key; only where the address is confirmed. */
export async function findVerifiedIds(db: Db, addressKeys: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("accounts")
    .select(["id", "address_key"])
    .where("address_key", "in", textsIn(db, addressKeys))
    .where("address_verified", "=", 1)
    .execute();
  return new Map(rows.map((row) => [row.address_key, row.id]));
}

/** Oldest first. */
export async function listAccounts(db: Db): Promise<Account[]> {
  const rows = await db.selectFrom("accounts").selectAll().orderBy("created_at").orderBy("id").execute();
  return rows.map(accountOf);
}

export async function hasOwner(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("accounts")
    .select("id")
    .where("role", "=", "owner")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The account that was the first of the owners to be made; null before there is one. */
export async function findFirstOwner(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom("accounts")
    .select("id")
    .where("role", "=", "owner")
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function setRole(db: Db, id: string, role: Role, now: Instant): Promise<boolean> {
  const result = await db
    .updateTable("accounts")
    .set({ role, updated_at: now })
    .where("id", "=", id)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** What is shown beside what the account does; "" shows nothing. */
export async function setName(db: Db, id: string, name: string, now: Instant): Promise<void> {
  await db.updateTable("accounts").set({ name, updated_at: now }).where("id", "=", id).execute();
}

export async function markVerified(db: Db, id: string, now: Instant): Promise<void> {
  await db
    .updateTable("accounts")
    .set({ address_verified: 1, updated_at: now })
    .where("id", "=", id)
    .where("address_verified", "=", 0)
    .execute();
}

/** Keeps the hash of a password; null takes the password away. */
export async function savePassword(
  db: Db,
  accountId: string,
  hash: string | null,
  now: Instant,
): Promise<void> {
  const row = {
    id: randomUUID(),
    account_id: accountId,
    provider: "credential",
    provider_account: accountId,
    password: hash,
    created_at: now,
    updated_at: now,
  };
  await db
    .insertInto("account_credentials")
    .values(row)
    .onConflict((c) => c.columns(["account_id", "provider"]).doUpdateSet({ password: hash, updated_at: now }))
    .execute();
}

export async function findPasswordHash(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom("account_credentials")
    .select("password")
    .where("account_id", "=", accountId)
    .where("provider", "=", "credential")
    .executeTakeFirst();
  return row?.password ?? null;
}

export async function hasPassword(db: Db, accountId: string): Promise<boolean> {
  return (await findPasswordHash(db, accountId)) !== null;
}

/** Newest first. */
export function listSessions(db: Db, accountId: string, now: Instant): Promise<SessionRow[]> {
  return db
    .selectFrom("account_sessions")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

/** Ends a session of this account; false when it is another's or has ended. */
export async function endSession(db: Db, accountId: string, sessionId: string): Promise<boolean> {
  const result = await db
    .deleteFrom("account_sessions")
    .where("id", "=", sessionId)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** Ends all sessions of the account but one; returns how many. */
export async function endOtherSessions(db: Db, accountId: string, keptId: string): Promise<number> {
  const result = await db
    .deleteFrom("account_sessions")
    .where("account_id", "=", accountId)
    .where("id", "!=", keptId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export function listPasskeys(db: Db, accountId: string): Promise<PasskeyRow[]> {
  return db
    .selectFrom("passkeys")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function removePasskey(db: Db, accountId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom("passkeys")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** Sessions and challenges that have ended by themselves. */
export async function forgetExpired(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom("account_sessions").where("expires_at", "<", now).execute();
  await db.deleteFrom("account_challenges").where("expires_at", "<", now).execute();
}

/** Removes the account and all that signs it in. Needs a transaction. */
export async function eraseAccount(trx: Db, { id, addressKey }: Account): Promise<void> {
  const tables = ["account_sessions", "account_credentials", "passkeys", "access_tokens"] as const;
  for (const table of tables) await trx.deleteFrom(table).where("account_id", "=", id).execute();
  await trx.deleteFrom("account_tickets").where("address_key", "=", addressKey).execute();
  await trx.updateTable("account_tickets").set({ invited_by: null }).where("invited_by", "=", id).execute();
  await trx.deleteFrom("account_letters").where("address_key", "=", addressKey).execute();
  await trx.deleteFrom("accounts").where("id", "=", id).execute();
}

function accountOf(row: AccountsTable): Account {
  if (!isRole(row.role)) throw new Error(`The account ${row.id} has the unknown role ${row.role}.`);
  return {
    id: row.id,
    address: row.address,
    addressKey: row.address_key,
    addressVerified: row.address_verified === 1,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
  };
}
