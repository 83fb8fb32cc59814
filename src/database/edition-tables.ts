// The tables of the editions as data, for the migration that makes them; edition-schema.ts says what is in them.
import { type AnyDatabase, createTables, type TableShape } from "./table-shape.ts";

const editionTables: Record<string, TableShape> = {
  estimates: {
    columns: [
      ["paper_pk", "integer"],
      ["day", "text"],
      ["model", "text"],
      ["value", "double precision"],
      ["parts", "text"],
      ["made_at", "text"],
    ],
    primaryKey: ["paper_pk", "day", "model"],
  },
  baselines: {
    columns: [
      ["day", "text"],
      ["value", "text"],
      ["made_at", "text"],
    ],
    primaryKey: ["day"],
  },
  settled_days: {
    columns: [
      ["day", "text"],
      ["settled_at", "text"],
    ],
    primaryKey: ["day"],
  },
  past_papers: {
    columns: [
      ["pk", "integer"],
      ["held_until", "text"],
      ["id", "text"],
      ["title", "text"],
      ["title_text", "text"],
      ["abstract", "text", "null"],
      ["abstract_text", "text"],
      ["abstract_kind", "text"],
      ["authors", "text"],
      ["year", "integer", "null"],
      ["published_on", "text", "null"],
      ["updated_on", "text", "null"],
      ["venue", "text", "null"],
      ["primary_category", "text", "null"],
      ["withdrawn", "integer"],
      ["details", "text"],
      ["change_number", "bigint"],
    ],
    primaryKey: ["pk", "held_until"],
  },
  absorbed_facts: {
    columns: [
      ["kind", "text"],
      ["paper_pk", "integer"],
      ["day", "text", "null"],
      ["fact", "text"],
      ["fact_hash", "text"],
      ["recorded_at", "text", "null"],
      ["absorbed_at", "text"],
    ],
    primaryKey: ["kind", "paper_pk", "fact_hash"],
    indexes: [{ name: "absorbed_facts_day", columns: ["day", "kind"] }],
  },
};

/** With the column that says when a row was recorded; rows from before carry none: nobody knows. */
export async function addEditionTables(db: AnyDatabase): Promise<void> {
  await createTables(db, editionTables);
  for (const table of ["submissions", "announcements", "signals"])
    await db.schema.alterTable(table).addColumn("recorded_at", "text").execute();
  for (const table of ["submissions", "announcements"])
    await db.schema.createIndex(`${table}_recorded`).on(table).column("recorded_at").execute();
}
