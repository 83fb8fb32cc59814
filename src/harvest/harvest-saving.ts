// Saves what a source brought, and marks what came too late for its day: each of those papers, not their number alone.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { SourceItem } from "../papers/paper.ts";
import { type ItemOutcome, saveItems } from "../papers/save-store.ts";
import { deadlineOf } from "./ledger-accounts.ts";

/** Needs a transaction. The outcomes are in the order of the items. */
export function saveHarvested(trx: Db, items: readonly SourceItem[], now: Instant): Promise<ItemOutcome[]> {
  return saveItems(
    trx,
    items.map((item) => markLate(item, now)),
    { now, origin: "import" },
  );
}

/** What is known already keeps the mark it had when it came. */
function markLate(item: SourceItem, now: Instant): SourceItem {
  const announcements = item.announcements.map((announcement) => {
    const deadline = deadlineOf(announcement);
    return deadline !== null && now > deadline ? { ...announcement, late: true } : announcement;
  });
  return { ...item, announcements };
}
