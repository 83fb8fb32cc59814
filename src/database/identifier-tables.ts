// What records name that leads to another paper, and a migration that finds it in the records that are there.
import { sql } from "kysely";
import { isPostgres } from "./dialect.ts";
import { type AnyDatabase, createTables, type TableShape } from "./table-shape.ts";

const identifierTables: Record<string, TableShape> = {
  contested_identifiers: {
    columns: [
      ["scheme", "text"],
      ["value", "text"],
      ["paper_pk", "integer"],
    ],
    primaryKey: ["scheme", "value", "paper_pk"],
    indexes: [{ name: "contested_identifiers_paper", columns: ["paper_pk"] }],
  },
};

/** An identifier that leads nowhere although a record names it leads to the oldest paper that does. */
export async function addContestedIdentifiers(db: AnyDatabase): Promise<void> {
  await createTables(db, identifierTables);
  const named = isPostgres(db)
    ? sql`select r.paper_pk, i.value->>'scheme' as scheme, i.value->>'value' as value
        from paper_records r, json_array_elements(r.record::json->'identifiers') i`
    : sql`select r.paper_pk, i.value->>'scheme' as scheme, i.value->>'value' as value
        from paper_records r, json_each(r.record, '$.identifiers') i`;
  await sql`
    insert into identifiers (scheme, value, paper_pk)
    select scheme, value, min(paper_pk) from (${named}) n
    where value <> '' and scheme not in ('arxiv', 'broadsheet') group by scheme, value
    on conflict do nothing`.execute(db);
  await sql`
    insert into contested_identifiers (scheme, value, paper_pk)
    select distinct n.scheme, n.value, n.paper_pk from (${named}) n
    join identifiers o on o.scheme = n.scheme and o.value = n.value
    where o.paper_pk <> n.paper_pk`.execute(db);
}
