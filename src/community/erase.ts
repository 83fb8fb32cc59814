// Erasing an account and what it did: votes and papers put forward stay as what anybody may have done, everything else goes.
import type { Account } from "../accounts/account.ts";
import { eraseAccount } from "../accounts/accounts-store.ts";
import { isLastOwner, lockOwners } from "../accounts/change-role.ts";
import type { Db } from "../database/dialect.ts";
import { eraseKeeper } from "../library/keepers-store.ts";
import { lockFacts, removeSubmitter } from "../papers/people-store.ts";
import { eraseWebhooks } from "../webhooks/webhooks-store.ts";
import { makeModerationAnonymous } from "./moderation-store.ts";
import { listProposalsOf, makeProposalsAnonymous } from "./proposals-store.ts";
import { makeVotesAnonymous } from "./votes-store.ts";

/** "last-owner": somebody else must be the owner first. */
export async function eraseMe(db: Db, account: Account): Promise<"erased" | "last-owner"> {
  return await db.transaction().execute(async (trx) => {
    await lockFacts(trx);
    await lockOwners(trx);
    if (account.role === "owner" && (await isLastOwner(trx))) return "last-owner";
    const proposals = await listProposalsOf(trx, account.id);
    await removeSubmitter(
      trx,
      proposals.map(({ paper_pk, day }) => ({ pk: paper_pk, day })),
    );
    await makeVotesAnonymous(trx, account.id);
    await makeProposalsAnonymous(trx, account.id);
    await makeModerationAnonymous(trx, account.id);
    await eraseKeeper(trx, account.id);
    await eraseWebhooks(trx, account.id);
    await eraseAccount(trx, account);
    return "erased";
  });
}
