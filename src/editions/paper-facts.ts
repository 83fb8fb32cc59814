// What is known of papers beside their bibliography, wherever they come from: what was observed, who put them forward.
import type { Db } from "../database/dialect.ts";
import type { Day } from "../lib/clock.ts";
import { listLatestObservations } from "./editions-store.ts";
import { listSubmissionsOf } from "./paper-facts-store.ts";
import { type Observed, observedOf } from "./standing.ts";

export interface PaperFacts extends Observed {
  /** Names as the sources gave them, in order of appearance. */
  submitters: string[];
  /** The first day it was put forward for; null when nobody did. */
  submittedOn: Day | null;
}

/** The facts of every paper asked for, as of now. Two queries. */
export async function findPaperFacts(db: Db, pks: readonly number[]): Promise<Map<number, PaperFacts>> {
  if (pks.length === 0) return new Map();
  const observations = Map.groupBy(await listLatestObservations(db, pks), (row) => row.paper_pk);
  const submissions = Map.groupBy(await listSubmissionsOf(db, pks), (row) => row.paper_pk);
  return new Map(
    pks.map((pk) => {
      const rows = submissions.get(pk) ?? [];
      const submitters = [...new Set(rows.flatMap((row) => (row.submitter ? [row.submitter] : [])))];
      const submittedOn = rows[0]?.day ?? null;
      return [pk, { ...observedOf(observations.get(pk) ?? []), submitters, submittedOn }];
    }),
  );
}
