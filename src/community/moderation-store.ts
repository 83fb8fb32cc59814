// The rows of reports and of the log of moderation.
import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { ModerationLogTable, ReportsTable } from "../database/community-schema.ts";
import type { Db } from "../database/dialect.ts";

export type Report = Selectable<ReportsTable>;
export type LogEntry = Selectable<ModerationLogTable>;

export async function insertReport(db: Db, report: Omit<Report, "id" | "state">): Promise<void> {
  await db
    .insertInto("reports")
    .values({ id: randomUUID(), state: "open", ...report })
    .execute();
}

export async function hasOpenReport(db: Db, paperPk: number, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom("reports")
    .select("id")
    .where("paper_pk", "=", paperPk)
    .where("account_id", "=", accountId)
    .where("state", "=", "open")
    .executeTakeFirst();
  return row !== undefined;
}

/** Oldest first. */
export function listOpenReports(db: Db, limit: number): Promise<Report[]> {
  return db
    .selectFrom("reports")
    .selectAll()
    .where("state", "=", "open")
    .orderBy("reported_at")
    .orderBy("id")
    .limit(limit)
    .execute();
}

export function listReportsOf(db: Db, accountId: string): Promise<Report[]> {
  return db
    .selectFrom("reports")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("reported_at", "desc")
    .orderBy("id")
    .execute();
}

/** All that are open about a paper; returns how many. */
export async function closeReports(trx: Db, paperPk: number): Promise<number> {
  const result = await trx
    .updateTable("reports")
    .set({ state: "closed" })
    .where("paper_pk", "=", paperPk)
    .where("state", "=", "open")
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function logAction(trx: Db, entry: Omit<LogEntry, "id">): Promise<void> {
  await trx
    .insertInto("moderation_log")
    .values({ id: randomUUID(), ...entry })
    .execute();
}

/** Newest first. */
export function listLog(db: Db, limit: number): Promise<LogEntry[]> {
  return db
    .selectFrom("moderation_log")
    .selectAll()
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** What an erased account reported stays without its name; what it moderated stays, under a role instead of an address. */
export async function makeModerationAnonymous(trx: Db, accountId: string): Promise<void> {
  await trx
    .updateTable("reports")
    .set({ account_id: "nobody" })
    .where("account_id", "=", accountId)
    .execute();
  await trx
    .updateTable("moderation_log")
    .set({ account_id: "nobody", actor: "somebody who left" })
    .where("account_id", "=", accountId)
    .execute();
}
