// The tables of mail beside the letters themselves: how fast they leave, what came back, what is kept of erased readers.
import type { AnyDatabase, TableShape } from "./table-shape.ts";

export const mailTables: Record<string, TableShape> = {
  mail_pace: {
    columns: [
      ["name", "text"],
      ["started_at", "text"],
      ["taken", "integer"],
    ],
    primaryKey: ["name"],
  },
  mail_returns: {
    columns: [
      ["pk", "integer"],
      ["fingerprint", "text"],
      ["received_at", "text"],
      ["via", "text"],
      ["class", "text"],
      ["subscriber_pk", "integer", "null"],
      ["matched_by", "text", "null"],
      ["kind", "text", "null"],
      ["issue", "text", "null"],
      ["status", "text", "null"],
      ["detail", "text", "null"],
      ["suppressed", "integer"],
    ],
    primaryKey: ["pk"],
    indexes: [
      { name: "mail_returns_fingerprint", columns: ["fingerprint"], unique: true },
      { name: "mail_returns_reader", columns: ["subscriber_pk", "received_at"] },
      { name: "mail_returns_class", columns: ["class", "received_at"] },
    ],
  },
  consent_proofs: {
    columns: [
      ["address_hash", "text"],
      ["erased_at", "text"],
      ["consent", "text"],
      ["keep_until", "text"],
    ],
    primaryKey: ["address_hash", "erased_at"],
  },
};

/** What comes back may name its letter by nothing but the Message-ID. */
export async function indexMessageIds(db: AnyDatabase): Promise<void> {
  await db.schema.createIndex("deliveries_message").on("deliveries").columns(["message_id"]).execute();
}

/** Letters are claimed in the order in which they wait: with thousands due at one time each claim would sort them all. */
export async function indexTurns(db: AnyDatabase): Promise<void> {
  await db.schema
    .createIndex("deliveries_in_turn")
    .on("deliveries")
    .columns(["state", "next_attempt_at", "subscriber_pk"])
    .execute();
  await db.schema.dropIndex("deliveries_due").execute();
}
