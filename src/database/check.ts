// Asks the database whether it is sound.
import { sql } from "kysely";
import { type Db, isPostgres } from "./dialect.ts";

export interface DatabaseCheck {
  kind: "SQLite" | "PostgreSQL";
  version: string;
  /** What is wrong, in the database's own words; empty when sound. */
  problems: string[];
}

/** SQLite: reads every page (sqlite.org/pragma.html#pragma_quick_check). PostgreSQL: that it answers; it checks its own pages. */
export async function checkDatabase(db: Db): Promise<DatabaseCheck> {
  if (isPostgres(db)) {
    const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
    return { kind: "PostgreSQL", version: rows[0]?.server_version ?? "unknown", problems: [] };
  }
  const version = await sql<{ v: string }>`select sqlite_version() as v`.execute(db);
  const found = await sql<{ quick_check: string }>`pragma quick_check`.execute(db);
  const problems = found.rows.map((row) => row.quick_check).filter((line) => line !== "ok");
  return { kind: "SQLite", version: version.rows[0]?.v ?? "unknown", problems };
}
