// The two ways in without a device of one's own: a link by mail, and a password. Neither tells whether an address is known.
import { minutesAfter } from "../lib/clock.ts";
import { hashToken, isToken, newToken } from "../lib/link-token.ts";
import { type AddressProblem, type MailAddress, parseAddress } from "../mail/address.ts";
import type { Account } from "./account.ts";
import { queueAccountLetter } from "./account-letters-store.ts";
import { type Accounts, libraryHeaders, type Visit } from "./accounts.ts";
import { ensureAccount, findAccount, findAccountByKey, markVerified } from "./accounts-store.ts";
import type { SignedIn } from "./library.ts";
import { findTicket, insertTicket, type Ticket, useTicket } from "./tickets-store.ts";
import { clearTurns, type TurnLimit, takeTurn } from "./turns-store.ts";

/** ASVS 5.0.0, 6.5.5: ten minutes at most. */
export const linkMinutes = 10;

const minuteMs = 60_000;
const linksOfNetwork: TurnLimit = { name: "links of a network", most: 20, windowMs: 60 * minuteMs };
const linksOfAddress: TurnLimit = { name: "links of an address", most: 4, windowMs: 15 * minuteMs };
const passwordsOfNetwork: TurnLimit = { name: "passwords of a network", most: 40, windowMs: 15 * minuteMs };
/** Guesses from one network at one address. */
const passwordsOfBoth: TurnLimit = { name: "passwords of both", most: 6, windowMs: 15 * minuteMs };
/** From many networks together. Letters and passkeys still work, so nobody is locked out by strangers. */
const passwordsOfAddress: TurnLimit = { name: "passwords of an address", most: 60, windowMs: 60 * minuteMs };

export type LinkRequest = { browserToken: string } | { problem: AddressProblem | "too-many" };

/**
 * Asks for a link. The same rows are written for a known and an unknown address; the sender finds out later, off the
 * request's path. `browserToken` goes into a cookie: the link works only beside it (ASVS 5.0.0, 6.6.2).
 */
export async function requestLink(
  accounts: Accounts,
  request: { address: string; network: string },
): Promise<LinkRequest> {
  const address = parseAddress(request.address);
  if ("problem" in address) return address;
  const { db, clock } = accounts;
  const now = clock();
  if (!(await takeTurn(db, linksOfNetwork, request.network, now))) return { problem: "too-many" };
  const browserToken = newToken();
  // Beyond the limit of an address nothing leaves, and nothing tells.
  if (await takeTurn(db, linksOfAddress, address.key, now)) await queueLink(accounts, address, browserToken);
  return { browserToken };
}

async function queueLink(accounts: Accounts, address: MailAddress, browserToken: string): Promise<void> {
  const { db, clock, settings } = accounts;
  const token = newToken();
  const now = clock().toISOString();
  const expiresAt = minutesAfter(now, linkMinutes);
  const named = { address: address.address, address_key: address.key, expires_at: expiresAt };
  const ticket = { ...named, role: null, invited_by: null, created_at: now };
  await db.transaction().execute(async (trx) => {
    await insertTicket(trx, {
      ...ticket,
      kind: "sign-in",
      hash: hashToken(token),
      browser_hash: hashToken(browserToken),
    });
    const message_id = accountMessageId(token, settings.mailFrom);
    const payload = JSON.stringify({ token });
    await queueAccountLetter(trx, { ...named, kind: "sign-in", message_id, payload }, now);
  });
}

/** Made of the hash, so that nobody reads the token from it. */
export function accountMessageId(token: string, mailFrom: string): string {
  return `<account.${hashToken(token).slice(0, 24)}@${mailFrom.slice(mailFrom.lastIndexOf("@") + 1)}>`;
}

export type LinkState = "good" | "other-browser" | "stale";

/** What the link would do in this browser. Opening it, as scanners do, changes nothing. */
export async function inspectLink(
  { db, clock }: Accounts,
  token: string,
  browserToken: string | null,
): Promise<LinkState> {
  const ticket = isToken(token)
    ? await findTicket(db, "sign-in", hashToken(token), clock().toISOString())
    : null;
  if (!ticket) return "stale";
  return browserToken !== null && ticket.browser_hash === hashToken(browserToken) ? "good" : "other-browser";
}

/** Signs in by a link; it works once. Null when it does not (any more), or not in this browser. */
export async function signInByLink(
  accounts: Accounts,
  { token, browserToken }: { token: string; browserToken: string },
  visit: Visit,
): Promise<SignedIn | null> {
  if (!isToken(token) || !isToken(browserToken)) return null;
  const now = accounts.clock().toISOString();
  const use = { hash: hashToken(token), browserHash: hashToken(browserToken), now };
  const ticket = await useTicket(accounts.db, "sign-in", use);
  const account = ticket && (await accountOfTicket(accounts, ticket));
  return account && startSession(accounts, account, visit);
}

/** Who answered a letter has shown that the address is his. */
async function accountOfTicket(accounts: Accounts, ticket: Ticket): Promise<Account | null> {
  const { db, clock, settings } = accounts;
  const now = clock().toISOString();
  const known = await findAccountByKey(db, ticket.address_key);
  if (known) {
    await markVerified(db, known.id, now);
    return known;
  }
  if (!isOfDomains(ticket.address_key, settings.mailDomains)) return null;
  const address = { address: ticket.address, key: ticket.address_key };
  return (await ensureAccount(db, { ...address, role: "reader", verified: true }, now)).account;
}

/** True for "ada@lab.example.org" and the domain "lab.example.org"; subdomains count for themselves. */
export function isOfDomains(addressKey: string, domains: readonly string[]): boolean {
  return domains.includes(addressKey.slice(addressKey.lastIndexOf("@") + 1));
}

export async function startSession(accounts: Accounts, account: Account, visit: Visit): Promise<SignedIn> {
  const cookies = await (await accounts.library()).startSession(account.id, libraryHeaders(visit));
  return { accountId: account.id, cookies };
}

export type PasswordAnswer = SignedIn | "refused" | "too-many";

/** Refused is one word for an unknown address, a wrong password, and an account that has none. */
export async function signInByPassword(
  accounts: Accounts,
  given: { address: string; password: string },
  visit: Visit,
): Promise<PasswordAnswer> {
  const { db, clock } = accounts;
  const address = parseAddress(given.address);
  const key = "problem" in address ? "nobody@invalid.invalid" : address.key;
  const both = `${visit.network}\n${key}`;
  const now = clock();
  const turns = [
    await takeTurn(db, passwordsOfNetwork, visit.network, now),
    await takeTurn(db, passwordsOfBoth, both, now),
    await takeTurn(db, passwordsOfAddress, key, now),
  ];
  if (turns.includes(false)) return "too-many";
  const library = await accounts.library();
  const signedIn = await library.signInByPassword(key, given.password, libraryHeaders(visit));
  if (!signedIn) return "refused";
  await clearTurns(db, passwordsOfBoth, both);
  return signedIn;
}

/** By a passkey; null when it is refused. */
export async function signInByPasskey(
  accounts: Accounts,
  response: unknown,
  visit: Visit,
): Promise<SignedIn | null> {
  const library = await accounts.library();
  const signedIn = await library.signInByPasskey(response, libraryHeaders(visit));
  return signedIn && (await findAccount(accounts.db, signedIn.accountId)) ? signedIn : null;
}
