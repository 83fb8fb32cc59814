import { sql } from "kysely";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { paperItem, save } from "../../test/support/world-papers.ts";
import { type Db, isPostgres } from "../database/dialect.ts";
import { listPapersByAuthor } from "./browse-store.ts";
import { buildLateIndexes, dropLateIndexes } from "./late-indexes-store.ts";

async function hasIndex(db: Db): Promise<boolean> {
  const catalogue = isPostgres(db)
    ? sql`select 1 from pg_indexes where indexname = 'paper_authors_key'`
    : sql`select 1 from sqlite_master where type = 'index' and name = 'paper_authors_key'`;
  return (await catalogue.execute(db)).rows.length > 0;
}

describeOnBothDatabases("indexes for the end of a first load", (open) => {
  test("go from an empty SQLite collection and come back as they were", async () => {
    const db = await open();
    await dropLateIndexes(db);
    await dropLateIndexes(db);
    expect(await hasIndex(db)).toBe(isPostgres(db));
    await save(db, [paperItem({ title: "On Counting", authors: ["Ada Lovelace"] })]);
    const shelf = () => listPapersByAuthor(db, "ada lovelace", { limit: 5 });
    const before = await shelf();
    expect(before.total).toBe(1);
    await buildLateIndexes(db);
    await buildLateIndexes(db);
    expect(await hasIndex(db)).toBe(true);
    expect(await shelf()).toEqual(before);
  });

  test("stay where a collection has readers", async () => {
    const db = await open();
    const [outcome] = await save(db, [paperItem({ title: "On Counting" })]);
    expect(outcome).toMatchObject({ kind: "added" });
    await db.updateTable("papers").set({ pk: 10_001 }).execute();
    await dropLateIndexes(db);
    expect(await hasIndex(db)).toBe(true);
  });
});
