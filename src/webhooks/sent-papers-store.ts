// Which papers a webhook of picks was sent: none comes twice.
import { type Db, insertRows, numbersIn } from "../database/dialect.ts";

/** Those of these papers that the webhook had. */
export async function listHadPapers(
  db: Db,
  webhookId: string,
  paperPks: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .selectFrom("webhook_papers")
    .select("paper_pk")
    .where("webhook_id", "=", webhookId)
    .where("paper_pk", "in", numbersIn(db, paperPks))
    .execute();
  return new Set(rows.map((row) => row.paper_pk));
}

/** In the transaction that makes the issue. */
export async function noteSentPapers(
  trx: Db,
  { webhookId, issue }: { webhookId: string; issue: string },
  paperPks: readonly number[],
): Promise<void> {
  const rows = paperPks.map((paper_pk) => ({ webhook_id: webhookId, paper_pk, issue }));
  await insertRows(trx, "webhook_papers", rows, { onConflict: "do nothing" });
}
