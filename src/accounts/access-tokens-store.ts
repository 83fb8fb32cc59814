// Tokens for programs: shown once, kept as hashes, with the scopes they were given and when they were last used.
import { randomUUID } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { hashToken, isToken, newToken } from "../lib/link-token.ts";
import type { Account } from "./account.ts";
import { findAccount } from "./accounts-store.ts";

/** What a token may be allowed: reading what only the signed-in see, the library, submitting, voting, moderating. */
export const scopes = ["read", "library", "submit", "vote", "moderate"] as const;

export type Scope = (typeof scopes)[number];

export interface AccessToken {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Instant;
  lastUsedAt: Instant | null;
}

/** So that a token is recognised where it leaked to. */
const prefix = "bst_";

/** A use is noted at most so often. */
const noteEveryMs = 60_000;

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

/** Makes a token and returns it; it is never shown again. */
export async function createAccessToken(
  db: Db,
  { accountId, name, scopes: given }: { accountId: string; name: string; scopes: readonly Scope[] },
  now: Instant,
): Promise<string> {
  const secret = newToken();
  const row = { hash: hashToken(secret), id: randomUUID(), account_id: accountId, name };
  const dates = { created_at: now, last_used_at: null };
  await db
    .insertInto("access_tokens")
    .values({ ...row, scopes: given.join(" "), ...dates })
    .execute();
  return prefix + secret;
}

/** Whose token it is and what it allows; null when it is nobody's. Notes the use. */
export async function recogniseToken(
  db: Db,
  token: string,
  now: Instant,
): Promise<{ account: Account; scopes: Scope[] } | null> {
  const secret = token.startsWith(prefix) ? token.slice(prefix.length) : "";
  if (!isToken(secret)) return null;
  const hash = hashToken(secret);
  const row = await db.selectFrom("access_tokens").selectAll().where("hash", "=", hash).executeTakeFirst();
  const account = row ? await findAccount(db, row.account_id) : null;
  if (!row || !account) return null;
  if (row.last_used_at === null || Date.parse(now) - Date.parse(row.last_used_at) >= noteEveryMs)
    await db.updateTable("access_tokens").set({ last_used_at: now }).where("hash", "=", hash).execute();
  return { account, scopes: row.scopes.split(" ").filter(isScope) };
}

/** Newest first. */
export async function listAccessTokens(db: Db, accountId: string): Promise<AccessToken[]> {
  const rows = await db
    .selectFrom("access_tokens")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes.split(" ").filter(isScope),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** False when it is another's, or gone. */
export async function revokeAccessToken(db: Db, accountId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom("access_tokens")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
