// Accounts over a database of a test: a clock that tests set, letters that are kept, people who are signed in.
import type { Role } from "../../src/accounts/account.ts";
import { type Accounts, openAccounts } from "../../src/accounts/accounts.ts";
import { ensureAccount } from "../../src/accounts/accounts-store.ts";
import { sendAccountLetters } from "../../src/accounts/send-account-letters.ts";
import { startSession } from "../../src/accounts/sign-in.ts";
import type { Db } from "../../src/database/dialect.ts";
import { createLog } from "../../src/lib/log.ts";
import { keepingMailer } from "./letters.ts";

export const visit = { cookie: "", userAgent: "A browser", network: "192.0.2.7" };

export interface TestAccounts extends Accounts {
  setTime(instant: string): void;
  /** Sends what waits; the texts of the letters that left, with their addresses. */
  deliver(): Promise<{ to: string; text: string }[]>;
}

export function accountsFor(
  db: Db,
  options: { now?: string; mailDomains?: string[]; baseUrl?: string } = {},
): TestAccounts {
  const {
    now = "2026-06-01T12:00:00.000Z",
    mailDomains = [],
    baseUrl = "https://papers.example.org",
  } = options;
  let time = new Date(now);
  const settings = { mailFrom: "letters@example.org", mailDomains };
  const subject = { db, clock: () => time, baseUrl: () => baseUrl, settings };
  const accounts = openAccounts({ ...subject, log: createLog("silent") });
  return {
    ...accounts,
    setTime: (instant) => {
      time = new Date(instant);
    },
    async deliver() {
      const mailer = keepingMailer();
      await sendAccountLetters({ ...subject, ...settings, mailer });
      return mailer.letters.map(({ to, text }) => ({ to, text }));
    },
  };
}

/** The token of the one link of a letter. */
export function tokenIn(text: string): string {
  const token = /\/(?:sign-in\/link|invitation)\/([\w-]{32})(?![\w-])/.exec(text)?.[1];
  if (token === undefined) throw new Error(`No link in: ${text}`);
  return token;
}

/** The value of the header Cookie after these lines of Set-Cookie. */
export function cookieOf(lines: readonly string[]): string {
  return lines.map((line) => line.split(";")[0]).join("; ");
}

/** Somebody with a role, signed in: the account's id and the cookie. */
export async function signInAs(accounts: Accounts, address: string, role: Role) {
  const named = { address, key: address.toLowerCase(), role, verified: true };
  const { account } = await ensureAccount(accounts.db, named, accounts.clock().toISOString());
  const { cookies } = await startSession(accounts, account, visit);
  return { account, cookie: cookieOf(cookies) };
}
