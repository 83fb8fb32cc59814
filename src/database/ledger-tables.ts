// The tables of harvesting: what is asked for by itself, and the account of what was announced and what of it is held.
import type { AnyDatabase, TableShape } from "./table-shape.ts";

export const ledgerTables: Record<string, TableShape> = {
  harvest_streams: {
    columns: [
      ["name", "text"],
      ["source", "text"],
      ["next_at", "text"],
      ["tried_at", "text", "null"],
      ["succeeded_at", "text", "null"],
      ["failures", "integer"],
      ["message", "text"],
      ["position", "text", "null"],
    ],
    primaryKey: ["name"],
    indexes: [{ name: "harvest_streams_due", columns: ["next_at"] }],
  },
  ledger: {
    columns: [
      ["source", "text"],
      ["category", "text"],
      ["day", "text"],
      ["due_at", "text", "null"],
      ["state", "text"],
      ["reason", "text"],
      ["announced", "integer", "null"],
      ["received", "integer"],
      ["new_papers", "integer"],
      ["cross_lists", "integer"],
      ["updates", "integer"],
      ["rejected", "integer"],
      ["late", "integer"],
      ["route", "text", "null"],
      ["look", "text"],
      ["looked_at", "text", "null"],
      ["whole_looks", "integer"],
      ["complete_at", "text", "null"],
      ["history", "text"],
    ],
    primaryKey: ["source", "category", "day"],
    indexes: [{ name: "ledger_day", columns: ["day"] }],
  },
};

/** Papers that were held on their day only by filling in afterwards carry a mark. */
export async function addLateMark(db: AnyDatabase): Promise<void> {
  await db.schema
    .alterTable("announcements")
    .addColumn("late", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
}
