// Everything that is held of the person who signed in, as one JSON document: account, sessions, what he did, his letters.
import { listAccessTokens } from "../accounts/access-tokens-store.ts";
import type { Account } from "../accounts/account.ts";
import { hasPassword, listPasskeys, listSessions } from "../accounts/accounts-store.ts";
import { exportActs } from "../community/mine.ts";
import { exportReader } from "../digest/readers.ts";
import type { Subscriber } from "../digest/subscribers-store.ts";
import { listWebhooks } from "../webhooks/webhooks-store.ts";
import type { PageDeps } from "./deps.ts";

/** Secrets and their hashes are left out: they would let whoever finds the file in. */
export async function collectMine({ db, clock }: PageDeps, account: Account, subscriber: Subscriber | null) {
  const now = clock().toISOString();
  const { id, address, addressVerified, name, role, createdAt } = account;
  const sessions = await listSessions(db, id, now);
  const passkeys = await listPasskeys(db, id);
  return {
    createdAt: now,
    account: {
      address,
      addressVerified,
      name,
      role,
      since: createdAt,
      hasPassword: await hasPassword(db, id),
    },
    sessions: sessions.map(({ created_at, expires_at, network, user_agent }) => ({
      since: created_at,
      until: expires_at,
      network,
      browser: user_agent,
    })),
    passkeys: passkeys.map(({ name: label, created_at }) => ({ name: label, since: created_at })),
    tokens: await listAccessTokens(db, id),
    webhooks: (await listWebhooks(db, [id])).map(({ url, shape, zone, send_at, state, created_at }) => ({
      ...{ url, shape, zone, time: send_at, state, since: created_at },
    })),
    ...(await exportActs(db, id, now)),
    letters: subscriber ? await exportReader(db, subscriber) : null,
  };
}
