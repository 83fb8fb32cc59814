// The first owner: whoever reads the console of the program holds a code that works once, and becomes the owner by it.

import { randomInt } from "node:crypto";
import { minutesAfter } from "../lib/clock.ts";
import { hashToken } from "../lib/link-token.ts";
import { type AddressProblem, parseAddress } from "../mail/address.ts";
import { type Accounts, libraryHeaders, type Visit } from "./accounts.ts";
import { ensureAccount, savePassword, setRole } from "./accounts-store.ts";
import type { SignedIn } from "./library.ts";
import { checkPassword, type PasswordProblem } from "./password-rules.ts";
import { startSession } from "./sign-in.ts";
import { findTicket, insertTicket, useTicket } from "./tickets-store.ts";
import { type TurnLimit, takeTurn } from "./turns-store.ts";

const codeDays = 7;

/** Without letters and digits that look alike; 16 of them are 79 bits. */
const alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

const codesOfNetwork: TurnLimit = { name: "owner codes", most: 12, windowMs: 15 * 60_000 };

/** A new code for the console, "K7QM-2XPD-…"; earlier ones stay good until their week is over. */
export async function createOwnerCode({ db, clock }: Accounts): Promise<string> {
  const signs = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]!);
  const code = signs.join("").replace(/.{4}(?=.)/g, "$&-");
  const now = clock().toISOString();
  const unnamed = { address: "", address_key: "", role: "owner", invited_by: null, browser_hash: null };
  const expires_at = minutesAfter(now, codeDays * 24 * 60);
  await insertTicket(db, { ...unnamed, kind: "owner", hash: hashCode(code), created_at: now, expires_at });
  return code;
}

function hashCode(code: string): string {
  return hashToken(`owner code ${code.toUpperCase().replace(/[^A-Z0-9]/g, "")}`);
}

export interface OwnerRequest {
  code: string;
  address: string;
  password: string;
}

export interface OwnerProblems {
  code?: "code" | "too-many";
  address?: AddressProblem;
  password?: PasswordProblem;
}

/** Makes the account the owner's and signs it in. The code is used up only when everything else is right. */
export async function setUpOwner(
  accounts: Accounts,
  request: OwnerRequest,
  visit: Visit,
): Promise<SignedIn | OwnerProblems> {
  const { db, clock } = accounts;
  const now = clock();
  const at = now.toISOString();
  if (!(await takeTurn(db, codesOfNetwork, visit.network, now))) return { code: "too-many" };
  const hash = hashCode(request.code);
  const address = parseAddress(request.address);
  const password = checkPassword(request.password, [request.address]);
  const problems: OwnerProblems = {
    ...((await findTicket(db, "owner", hash, at)) ? {} : { code: "code" as const }),
    ...("problem" in address ? { address: address.problem } : {}),
    ...(password ? { password } : {}),
  };
  if ("problem" in address || Object.keys(problems).length > 0) return problems;
  const passwordHash = await (await accounts.library()).hashPassword(request.password);
  const account = await db.transaction().execute(async (trx) => {
    if (!(await useTicket(trx, "owner", { hash, now: at }))) return null;
    const ensured = await ensureAccount(trx, { ...address, role: "owner", verified: false }, at);
    if (!ensured.created) await setRole(trx, ensured.account.id, "owner", at);
    await savePassword(trx, ensured.account.id, passwordHash, at);
    return ensured.account;
  });
  return account ? startSession(accounts, account, visit) : { code: "code" };
}

/** Hashes and keeps a new password. */
export async function changePassword(accounts: Accounts, accountId: string, password: string): Promise<void> {
  const hash = await (await accounts.library()).hashPassword(password);
  await savePassword(accounts.db, accountId, hash, accounts.clock().toISOString());
}

/** Ends the session of this browser; the cookies that take its cookie away. */
export async function signOut(accounts: Accounts, visit: Visit): Promise<string[]> {
  return (await accounts.library()).signOut(libraryHeaders(visit));
}
