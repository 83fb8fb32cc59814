// Invitations: a role for an address, by a letter whose link works once within a week. Whoever follows it has an account.
import { minutesAfter } from "../lib/clock.ts";
import { hashToken, isToken, newToken } from "../lib/link-token.ts";
import { type AddressProblem, parseAddress } from "../mail/address.ts";
import { type Account, hasRole, isRole, type Role } from "./account.ts";
import { queueAccountLetter } from "./account-letters-store.ts";
import type { Accounts, Visit } from "./accounts.ts";
import { ensureAccount, markVerified, setRole } from "./accounts-store.ts";
import type { SignedIn } from "./library.ts";
import { accountMessageId, startSession } from "./sign-in.ts";
import { findTicket, insertTicket, type Ticket, useTicket } from "./tickets-store.ts";
import { type TurnLimit, takeTurn } from "./turns-store.ts";

export const invitationDays = 7;

const invitationsOfPerson: TurnLimit = { name: "invitations", most: 50, windowMs: 24 * 3_600_000 };

export interface InvitationRequest {
  /** As typed. */
  address: string;
  role: Role;
  /** Account of who invites; null for the owner at this machine. */
  by: Account | null;
}

export type Invited = { token: string } | { problem: AddressProblem | "too-many" };

/** Writes the invitation and its letter. The token also comes back, for an instance that sends no mail. */
export async function invite(
  { db, clock, settings }: Accounts,
  { address: text, role, by }: InvitationRequest,
): Promise<Invited> {
  const address = parseAddress(text);
  if ("problem" in address) return address;
  const now = clock();
  if (!(await takeTurn(db, invitationsOfPerson, by?.id ?? "this machine", now)))
    return { problem: "too-many" };
  const token = newToken();
  const at = now.toISOString();
  const expires_at = minutesAfter(at, invitationDays * 24 * 60);
  const named = { address: address.address, address_key: address.key, expires_at };
  const payload = JSON.stringify({ token, role, by: by?.address ?? null });
  await db.transaction().execute(async (trx) => {
    const ticket = { ...named, role, invited_by: by?.id ?? null, browser_hash: null, created_at: at };
    await insertTicket(trx, { ...ticket, kind: "invitation", hash: hashToken(token) });
    const message_id = accountMessageId(token, settings.mailFrom);
    await queueAccountLetter(trx, { ...named, kind: "invitation", message_id, payload }, at);
  });
  return { token };
}

/** The invitation while it is good. Changes nothing. */
export async function findInvitation({ db, clock }: Accounts, token: string): Promise<Ticket | null> {
  if (!isToken(token)) return null;
  return findTicket(db, "invitation", hashToken(token), clock().toISOString());
}

/** Takes the invitation: the account is made or gets the higher role, and is signed in. Null when it is no good any more. */
export async function acceptInvitation(
  accounts: Accounts,
  token: string,
  visit: Visit,
): Promise<SignedIn | null> {
  if (!isToken(token)) return null;
  const now = accounts.clock().toISOString();
  const account = await accounts.db.transaction().execute(async (trx) => {
    const ticket = await useTicket(trx, "invitation", { hash: hashToken(token), now });
    if (!ticket) return null;
    const role = ticket.role !== null && isRole(ticket.role) ? ticket.role : "reader";
    const address = { address: ticket.address, key: ticket.address_key };
    const { account: found } = await ensureAccount(trx, { ...address, role, verified: true }, now);
    await markVerified(trx, found.id, now);
    if (!hasRole(found.role, role)) await setRole(trx, found.id, role, now);
    return found;
  });
  return account && startSession(accounts, account, visit);
}
