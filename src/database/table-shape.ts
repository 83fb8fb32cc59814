// Tables as data, for migrations: columns, primary key, indexes; the same on both databases.
import type { Kysely } from "kysely";

type Column = [name: string, type: "integer" | "bigint" | "text" | "double precision", nullable?: "null"];

export interface TableShape {
  columns: Column[];
  primaryKey: string[];
  indexes?: { name: string; columns: string[]; unique?: boolean }[];
}

// biome-ignore lint/suspicious/noExplicitAny: a migration speaks to the schema of its own time, not to today's types
export type AnyDatabase = Kysely<any>;

async function createTable(db: AnyDatabase, name: string, shape: TableShape): Promise<void> {
  let table = db.schema.createTable(name);
  for (const [column, type, nullable] of shape.columns) {
    table = table.addColumn(column, type, (c) => (nullable ? c : c.notNull()));
  }
  await table.addPrimaryKeyConstraint(`${name}_pk`, shape.primaryKey as never[]).execute();
  for (const index of shape.indexes ?? []) {
    const builder = db.schema.createIndex(index.name).on(name).columns(index.columns);
    await (index.unique ? builder.unique() : builder).execute();
  }
}

/** Creates the tables with their indexes. */
export async function createTables(db: AnyDatabase, tables: Record<string, TableShape>): Promise<void> {
  for (const [name, shape] of Object.entries(tables)) await createTable(db, name, shape);
}
