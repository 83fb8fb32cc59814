// What identifiers ought to lead to, read off the records one by one: the oracle for what batches keep as they go.
import type { Db } from "../../src/database/dialect.ts";
import type { PaperRecord } from "../../src/papers/paper.ts";
import { identifierKey, identifiersOf } from "../../src/papers/prepared-item.ts";

/** By identifier: the paper it leads to, then the others that name it. Ids of our own are left out. */
export type Leads = Record<string, number[]>;

/** As stored. */
export async function heldIdentifiers(db: Db): Promise<Leads> {
  const owned = await db.selectFrom("identifiers").selectAll().where("scheme", "<>", "broadsheet").execute();
  const contested = await db.selectFrom("contested_identifiers").selectAll().orderBy("paper_pk").execute();
  return group([...owned, ...contested].map((row) => [identifierKey(row), row.paper_pk]));
}

/** As it follows from the records: the paper with the lowest pk first. */
export async function namedByRecords(db: Db): Promise<Leads> {
  const rows = await db
    .selectFrom("paper_records")
    .select(["paper_pk", "record"])
    .orderBy("paper_pk")
    .execute();
  const named = rows.flatMap(({ paper_pk, record }) =>
    identifiersOf(JSON.parse(record) as PaperRecord).map((each) => [identifierKey(each), paper_pk] as const),
  );
  return group(named);
}

function group(pairs: Iterable<readonly [string, number]>): Leads {
  const leads: Leads = {};
  for (const [key, pk] of pairs) if (!leads[key]?.includes(pk)) leads[key] = [...(leads[key] ?? []), pk];
  return leads;
}
