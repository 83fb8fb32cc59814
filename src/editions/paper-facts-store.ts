// Who put papers forward, and when: by paper, and by name.
import { sql } from "kysely";
import { type Db, numbersIn } from "../database/dialect.ts";
import type { Day } from "../lib/clock.ts";
import type { SubmissionRow } from "./editions-store.ts";

export function listSubmissionsOf(db: Db, pks: readonly number[]): Promise<SubmissionRow[]> {
  return db
    .selectFrom("submissions")
    .select(["paper_pk", "day", "source", "submitter", "submitted_at", "recorded_at"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("day")
    .orderBy("source")
    .execute();
}

/** Every name that put something forward. */
export async function listSubmitters(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("submissions")
    .select("submitter")
    .where("submitter", "is not", null)
    .distinct()
    .execute();
  return rows.flatMap(({ submitter }) => (submitter === null ? [] : [submitter]));
}

export interface SubmittedOptions {
  until: Day;
  limit: number;
  offset: number;
}

/** The papers these names put forward up to this day, each once, the latest first. */
export async function listSubmittedBy(
  db: Db,
  submitters: readonly string[],
  { until, limit, offset }: SubmittedOptions,
): Promise<number[]> {
  if (submitters.length === 0) return [];
  const rows = await db
    .selectFrom("submissions")
    .select("paper_pk")
    .where("submitter", "in", submitters)
    .where("day", "<=", until)
    .groupBy("paper_pk")
    .orderBy(sql`max(day)`, "desc")
    .orderBy("paper_pk", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map((row) => row.paper_pk);
}
