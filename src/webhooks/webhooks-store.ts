// The rows of webhooks.
import type { Selectable } from "kysely";
import { type Db, textsIn } from "../database/dialect.ts";
import type { WebhooksTable } from "../database/webhook-schema.ts";
import type { Day, Instant } from "../lib/clock.ts";

export type Webhook = Selectable<WebhooksTable>;

const fresh = {
  state: "on",
  failures: 0,
  last_issue: null,
  last_made_at: null,
  last_ok_at: null,
  last_error: null,
  tested_at: null,
  off_at: null,
  note_due_at: null,
};

export async function insertWebhook(db: Db, given: Omit<Webhook, keyof typeof fresh>): Promise<Webhook> {
  const row = { ...given, ...fresh };
  await db.insertInto("webhooks").values(row).execute();
  return row;
}

export async function findWebhook(db: Db, id: string): Promise<Webhook | null> {
  const row = await db.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function countWebhooks(db: Db, keeper: string): Promise<number> {
  const row = await db
    .selectFrom("webhooks")
    .select((e) => e.fn.countAll().as("count"))
    .where("keeper", "=", keeper)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Those of these keepers (null: of all), oldest first. */
export function listWebhooks(db: Db, keepers: readonly string[] | null): Promise<Webhook[]> {
  return db
    .selectFrom("webhooks")
    .selectAll()
    .$if(keepers !== null, (q) => q.where("keeper", "in", textsIn(db, keepers!)))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export function listWebhooksThatAreOn(db: Db): Promise<Webhook[]> {
  return db.selectFrom("webhooks").selectAll().where("state", "=", "on").orderBy("id").execute();
}

/** With what waits for it; false when there was none of these keepers (null: of anybody). */
export async function deleteWebhook(db: Db, id: string, keepers: readonly string[] | null): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const result = await trx
      .deleteFrom("webhooks")
      .where("id", "=", id)
      .$if(keepers !== null, (q) => q.where("keeper", "in", textsIn(trx, keepers!)))
      .executeTakeFirst();
    if (Number(result.numDeletedRows) === 0) return false;
    for (const table of ["webhook_deliveries", "webhook_papers"] as const)
      await trx.deleteFrom(table).where("webhook_id", "=", id).execute();
    return true;
  });
}

/** All that a keeper has. */
export async function eraseWebhooks(trx: Db, keeper: string): Promise<void> {
  const ids = trx.selectFrom("webhooks").select("id").where("keeper", "=", keeper);
  for (const table of ["webhook_deliveries", "webhook_papers"] as const)
    await trx.deleteFrom(table).where("webhook_id", "in", ids).execute();
  await trx.deleteFrom("webhooks").where("keeper", "=", keeper).execute();
}

/** False when it was tested after `before`. */
export async function markTested(
  db: Db,
  id: string,
  at: { now: Instant; before: Instant },
): Promise<boolean> {
  const result = await db
    .updateTable("webhooks")
    .set({ tested_at: at.now })
    .where("id", "=", id)
    .where((e) => e.or([e("tested_at", "is", null), e("tested_at", "<=", at.before)]))
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

export async function noteIssue(trx: Db, id: string, issue: { day: Day; madeAt: Instant }): Promise<void> {
  await trx
    .updateTable("webhooks")
    .set({ last_issue: issue.day, last_made_at: issue.madeAt })
    .where("id", "=", id)
    .execute();
}

/**
 * Takes the row for this transaction, and changes nothing. Whoever plans holds the webhook before its deliveries: whoever settles
 * does the same, or the two wait for each other for ever (PostgreSQL).
 */
export async function holdWebhook(trx: Db, id: string): Promise<void> {
  await trx
    .updateTable("webhooks")
    .set((e) => ({ failures: e.ref("failures") }))
    .where("id", "=", id)
    .execute();
}

/** It took something: what went wrong before is forgotten. */
export async function noteSuccess(trx: Db, id: string, now: Instant): Promise<void> {
  await trx
    .updateTable("webhooks")
    .set({ last_ok_at: now, last_error: null, failures: 0 })
    .where("id", "=", id)
    .execute();
}

export async function noteError(trx: Db, id: string, reason: string): Promise<void> {
  await trx.updateTable("webhooks").set({ last_error: reason }).where("id", "=", id).execute();
}

/** An issue was given up; switches off at so many in a row, drops what waits, and lets the owner know. True when it did. */
export async function noteGivenUp(
  trx: Db,
  id: string,
  { offAt, now }: { offAt: number; now: Instant },
): Promise<boolean> {
  await trx
    .updateTable("webhooks")
    .set((e) => ({ failures: e("failures", "+", 1) }))
    .where("id", "=", id)
    .execute();
  const result = await trx
    .updateTable("webhooks")
    .set({ state: "off", off_at: now, note_due_at: now })
    .where("id", "=", id)
    .where("state", "=", "on")
    .where("failures", ">=", offAt)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) return false;
  await trx
    .updateTable("webhook_deliveries")
    .set({ state: "dropped", body: "" })
    .where("webhook_id", "=", id)
    .where("state", "=", "due")
    .execute();
  return true;
}

/** Switched on again by its keeper, from the next edition on; false when it is none of theirs. */
export async function switchOn(
  db: Db,
  id: string,
  keepers: readonly string[] | null,
  now: Instant,
): Promise<boolean> {
  const result = await db
    .updateTable("webhooks")
    .set({ state: "on", failures: 0, off_at: null, note_due_at: null, last_made_at: now })
    .where("id", "=", id)
    .where("state", "=", "off")
    .$if(keepers !== null, (q) => q.where("keeper", "in", textsIn(db, keepers!)))
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

export function listNotesDue(db: Db, now: Instant): Promise<Webhook[]> {
  return db
    .selectFrom("webhooks")
    .selectAll()
    .where("note_due_at", "is not", null)
    .where("note_due_at", "<=", now)
    .orderBy("note_due_at")
    .limit(50)
    .execute();
}

/** Moves a note on from where it stood (null: it is done); false when another was quicker. */
export async function moveNote(db: Db, { id, note_due_at }: Webhook, to: Instant | null): Promise<boolean> {
  const result = await db
    .updateTable("webhooks")
    .set({ note_due_at: to })
    .where("id", "=", id)
    .where("note_due_at", "=", note_due_at)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
