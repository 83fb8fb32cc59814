// What each reader was told of: papers, in which version, when; the other half of "no paper twice".
import { type Db, insertRows, numbersIn } from "../database/dialect.ts";
import type { SentPapersTable } from "../database/letter-schema.ts";
import type { Instant } from "../lib/clock.ts";

export interface ToldPaper {
  pk: number;
  /** The latest version there was; null where the paper has none. */
  version: number | null;
}

export type ToldRow = SentPapersTable;

/** That a letter told its reader of a paper. */
export function toldRow(
  { subscriber_pk, issue }: { subscriber_pk: number; issue: string },
  { pk, version }: ToldPaper,
  now: Instant,
): ToldRow {
  return { subscriber_pk, paper_pk: pk, issue, version, told_at: now };
}

/** In the transaction that settles their letters. A paper that is told of again is remembered as it is now. */
export async function rememberPapers(trx: Db, rows: readonly ToldRow[]): Promise<void> {
  const unique = new Map(rows.map((row) => [`${row.subscriber_pk} ${row.paper_pk}`, row]));
  await insertRows(trx, "sent_papers", [...unique.values()], {
    onConflict:
      "(subscriber_pk, paper_pk) do update set issue = excluded.issue, version = excluded.version, told_at = excluded.told_at",
  });
}

/** Of these papers, what readers from one pk to another were told: reader pk -> paper pk -> the row. */
export async function listSentPapers(
  db: Db,
  readers: { from: number; to: number },
  paperPks: readonly number[],
): Promise<Map<number, Map<number, SentPapersTable>>> {
  const rows = await db
    .selectFrom("sent_papers")
    .selectAll()
    .where("paper_pk", "in", numbersIn(db, paperPks))
    .where("subscriber_pk", ">=", readers.from)
    .where("subscriber_pk", "<=", readers.to)
    .execute();
  const byReader = Map.groupBy(rows, (row) => row.subscriber_pk);
  return new Map([...byReader].map(([pk, list]) => [pk, new Map(list.map((row) => [row.paper_pk, row]))]));
}
