// Who acts: an account, or the owner at this machine who has none.
import type { Account } from "../accounts/account.ts";
import type { Instant } from "../lib/clock.ts";
import { machineKeeper } from "../library/keeper.ts";

export interface Person {
  /** The account's id. */
  id: string;
  /** What is shown beside what he did; null: nothing. */
  name: string | null;
  /** How the log of moderation calls him. */
  label: string;
  since: Instant;
  role: "reader" | "editor" | "owner";
}

/** The owner at this machine, before there is an account. */
const machineOwner: Person = {
  id: machineKeeper,
  name: null,
  label: "the owner at this machine",
  since: "1970-01-01T00:00:00.000Z",
  role: "owner",
};

export function personOf(account: Account | null): Person {
  if (!account) return machineOwner;
  const { id, name, address, createdAt, role } = account;
  return { id, name: name === "" ? null : name, label: address, since: createdAt, role };
}

/** Accounts are new for three days. */
const newDays = 3;

export function isNew({ since }: Person, now: Date): boolean {
  return now.getTime() - Date.parse(since) < newDays * 86_400_000;
}
