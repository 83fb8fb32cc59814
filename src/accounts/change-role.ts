// A role given by the owner. Somebody always stays the owner, also when two owners step down at once.
import { type Db, takeNumbers } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { Role } from "./account.ts";
import { findAccount, listAccounts, setRole } from "./accounts-store.ts";

export type RoleChange = "done" | "unknown" | "last-owner";

export async function changeRole(
  db: Db,
  { id, role }: { id: string; role: Role },
  now: Instant,
): Promise<RoleChange> {
  return await db.transaction().execute(async (trx) => {
    await lockOwners(trx);
    const account = await findAccount(trx, id);
    if (!account) return "unknown";
    if (account.role === "owner" && role !== "owner" && (await isLastOwner(trx))) return "last-owner";
    await setRole(trx, id, role, now);
    return "done";
  });
}

/** Who may take the last owner away takes turns. */
export async function lockOwners(trx: Db): Promise<void> {
  await takeNumbers(trx, "owners", 0);
}

export async function isLastOwner(trx: Db): Promise<boolean> {
  return (await listAccounts(trx)).filter(({ role }) => role === "owner").length <= 1;
}
