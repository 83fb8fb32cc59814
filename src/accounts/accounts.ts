// The room's door: what every way in needs of the program, the library opened when it is first needed, who shows a cookie.
import { randomBytes } from "node:crypto";
import type { Db } from "../database/dialect.ts";
import { ensureSetting } from "../database/settings-store.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Account } from "./account.ts";
import { findAccount } from "./accounts-store.ts";
import { type Library, openLibrary } from "./library.ts";

export interface AccountsSettings {
  mailFrom: string;
  /** Addresses of these domains may sign in without an invitation, as readers; in lower case. */
  mailDomains: readonly string[];
}

export interface Accounts {
  db: Db;
  clock: Clock;
  settings: AccountsSettings;
  /** Public address, without trailing slash. */
  baseUrl(): string;
  library(): Promise<Library>;
}

export interface AccountsOptions extends Omit<Accounts, "library"> {
  log: Log;
}

/** Tells the library the network of a request: no other header of a request reaches it. */
const networkHeader = "x-broadsheet-network";

/** Sessions end after so long, however much they are used (ASVS 5.0.0, 7.3.2). */
const longestSessionMs = 90 * 24 * 3_600_000;

export function openAccounts({ log, ...subject }: AccountsOptions): Accounts {
  let opened: { baseUrl: string; library: Promise<Library> } | null = null;
  return {
    ...subject,
    library() {
      const baseUrl = subject.baseUrl();
      if (opened?.baseUrl !== baseUrl) opened = { baseUrl, library: open(subject.db, log, baseUrl) };
      return opened.library;
    },
  };
}

async function open(db: Db, log: Log, baseUrl: string): Promise<Library> {
  const secret = await ensureSetting(db, "session-secret", () => randomBytes(48).toString("base64url"));
  const secureCookies = isSecure(baseUrl);
  const cookiePrefix = cookiePrefixOf(baseUrl);
  return openLibrary({ db, log, secret, baseUrl, cookiePrefix, secureCookies, networkHeader });
}

/** True when browsers reach the site by https: then cookies are Secure and bound to the host by their name. */
export function isSecure(baseUrl: string): boolean {
  return baseUrl.startsWith("https://");
}

/** "__Host-broadsheet" or, without https, "broadsheet". */
export function cookiePrefixOf(baseUrl: string): string {
  return isSecure(baseUrl) ? "__Host-broadsheet" : "broadsheet";
}

/** Where a request came from and what it brought. */
export interface Visit {
  /** Value of the header Cookie. */
  cookie: string;
  userAgent: string;
  network: string;
  /** Value of the header Origin, for passkeys. */
  origin?: string;
}

/** The headers that the library gets to see. */
export function libraryHeaders({ cookie, userAgent, network, origin }: Visit): Headers {
  return new Headers({
    cookie,
    "user-agent": userAgent.slice(0, 300),
    [networkHeader]: network,
    ...(origin === undefined ? {} : { origin }),
  });
}

export interface Recognised {
  account: Account;
  sessionId: string;
  startedAt: Date;
  cookies: string[];
}

/** Who shows the cookie of a session; null for everybody else. A visit without our cookie costs nothing. */
export async function recognise(accounts: Accounts, visit: Visit): Promise<Recognised | null> {
  if (!visit.cookie.includes(`${cookiePrefixOf(accounts.baseUrl())}.session_token=`)) return null;
  const session = await (await accounts.library()).findSession(libraryHeaders(visit));
  if (!session || Date.now() - session.startedAt.getTime() > longestSessionMs) return null;
  const account = await findAccount(accounts.db, session.accountId);
  return account && { account, ...session };
}
