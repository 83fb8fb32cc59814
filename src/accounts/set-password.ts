// A password set or changed by its owner: with the present one, or soon after signing in by another way.
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { findPasswordHash } from "./accounts-store.ts";
import { checkPassword, type PasswordProblem } from "./password-rules.ts";
import { changePassword } from "./set-up.ts";
import { type TurnLimit, takeTurn } from "./turns-store.ts";

export type SetPasswordProblem = PasswordProblem | "current" | "not-fresh" | "too-many";

const changes: TurnLimit = { name: "password changes", most: 10, windowMs: 3_600_000 };

/** Without a password of before, the session must have begun within an hour (ASVS 5.0.0, 7.5.1). */
const freshMs = 3_600_000;

/** Null when it is set. */
export async function setPassword(
  accounts: Accounts,
  who: { account: Account; session: { startedAt: Date } | null },
  given: { current: string; next: string },
): Promise<SetPasswordProblem | null> {
  const { account, session } = who;
  if (!(await takeTurn(accounts.db, changes, account.id, accounts.clock()))) return "too-many";
  const problem = checkPassword(given.next, [account.address, account.name]);
  if (problem) return problem;
  const library = await accounts.library();
  const hash = await findPasswordHash(accounts.db, account.id);
  if (hash !== null) {
    if (!(await library.verifyPassword(hash, given.current))) return "current";
  } else if (session === null || Date.now() - session.startedAt.getTime() > freshMs) return "not-fresh";
  await changePassword(accounts, account.id, given.next);
  return null;
}
