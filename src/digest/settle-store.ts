// Ends the claims of letters that were sent, refused or dropped, and remembers what was told; many in one transaction.
import { type Db, numbersIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { Delivery } from "./deliveries-store.ts";
import { rememberPapers, type ToldPaper, type ToldRow, toldRow } from "./sent-papers-store.ts";

export type Settlement =
  | { state: "sent"; now: Instant; papers: readonly ToldPaper[] }
  | { state: "failed" | "dropped"; reason: string }
  | { state: "due"; reason: string; nextAttemptAt: Instant };

interface Settled {
  delivery: Delivery;
  settlement: Settlement;
}

/** Ends claims, and with them remembers which papers were sent; false for each claim that was lost meanwhile. */
export async function settleDeliveries(db: Db, by: string, settled: readonly Settled[]): Promise<boolean[]> {
  return await db.transaction().execute(async (trx) => {
    const kept = new Map<Delivery, boolean>();
    const issues = Map.groupBy(settled.filter(isIssueSent), ({ delivery }) => delivery.issue);
    for (const [issue, group] of issues) {
      const sent = await settleSentIssues(trx, by, { issue, group });
      for (const { delivery } of group) kept.set(delivery, sent.has(delivery.subscriber_pk));
    }
    for (const { delivery, settlement } of settled)
      if (!kept.has(delivery)) kept.set(delivery, await settleDelivery(trx, delivery, by, settlement));
    const told = settled.flatMap(({ delivery, settlement }): ToldRow[] => {
      if (!kept.get(delivery) || settlement.state !== "sent") return [];
      return settlement.papers.map((paper) => toldRow(delivery, paper, settlement.now));
    });
    await rememberPapers(trx, told);
    return settled.map(({ delivery }) => kept.get(delivery)!);
  });
}

type IssueSent = Settled & { settlement: { state: "sent" } };

function isIssueSent(settled: Settled): settled is IssueSent {
  return settled.delivery.kind === "digest" && settled.settlement.state === "sent";
}

/** The usual end of a letter, for all of an issue that ended meanwhile in one statement; whose claim was still held. */
async function settleSentIssues(
  trx: Db,
  by: string,
  { issue, group }: { issue: string; group: readonly IssueSent[] },
): Promise<Set<number>> {
  const rows = await trx
    .updateTable("deliveries")
    .set((e) => ({
      state: "sent",
      claimed_at: null,
      claimed_by: null,
      attempts: e("attempts", "+", 1),
      last_error: null,
      sent_at: group.at(-1)!.settlement.now,
    }))
    .where(
      "subscriber_pk",
      "in",
      numbersIn(
        trx,
        group.map(({ delivery }) => delivery.subscriber_pk),
      ),
    )
    .where("kind", "=", "digest")
    .where("issue", "=", issue)
    .where("state", "=", "claimed")
    .where("claimed_by", "=", by)
    .returning("subscriber_pk")
    .execute();
  return new Set(rows.map(({ subscriber_pk }) => subscriber_pk));
}

async function settleDelivery(
  trx: Db,
  delivery: Delivery,
  by: string,
  settlement: Settlement,
): Promise<boolean> {
  const result = await trx
    .updateTable("deliveries")
    .set(settledColumns(delivery, settlement))
    .where("subscriber_pk", "=", delivery.subscriber_pk)
    .where("kind", "=", delivery.kind)
    .where("issue", "=", delivery.issue)
    .where("state", "=", "claimed")
    .where("claimed_by", "=", by)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

function settledColumns(delivery: Delivery, settlement: Settlement): Partial<Delivery> {
  const attempts = delivery.attempts + (settlement.state === "dropped" ? 0 : 1);
  const freed = { state: settlement.state, claimed_at: null, claimed_by: null, attempts };
  // A confirmation's token is kept no longer than the letter needs it.
  const payload = delivery.kind === "digest" ? {} : { payload: "{}" };
  if (settlement.state === "sent") return { ...freed, ...payload, sent_at: settlement.now, last_error: null };
  if (settlement.state === "due")
    return { ...freed, last_error: settlement.reason, next_attempt_at: settlement.nextAttemptAt };
  return { ...freed, ...payload, last_error: settlement.reason };
}
