// What somebody kept before the account was there, or before its address was confirmed, becomes the account's.
import { findAccount } from "../accounts/accounts-store.ts";
import { findSubscriberByKey } from "../digest/subscribers-store.ts";
import { keeperAtMachine, keepersOfSubscribers } from "../library/keeper.ts";
import type { PageDeps } from "./deps.ts";

/** The library of this machine joins the first owner's; that of the letter's reader joins the account of the same address. */
export async function joinLibraries(
  { db, clock }: Pick<PageDeps, "db" | "clock">,
  accountId: string,
): Promise<void> {
  const now = clock().toISOString();
  const account = await findAccount(db, accountId);
  if (account?.role === "owner") await keeperAtMachine(db, now);
  if (!account?.addressVerified) return;
  const reader = await findSubscriberByKey(db, account.addressKey);
  if (reader) await keepersOfSubscribers(db, [reader], now);
}
