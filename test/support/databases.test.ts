import { expect, test } from "vitest";
import { listEditionDays } from "../../src/editions/editions.ts";
import { describeOnBothDatabases } from "./databases.ts";
import { papersOf, saveDay } from "./days.ts";

const options = { now: "2026-06-01T12:00:00.000Z", categories: ["cs.CL"] };

describeOnBothDatabases("a database for a test", (open) => {
  for (const time of ["first", "second", "third"]) {
    test(`is as new the ${time} time: no rows, numbers from the beginning`, async () => {
      const [db, other] = [await open(), await open()];
      expect(await listEditionDays(db, options)).toEqual([]);
      const counters = await db.selectFrom("counters").selectAll().orderBy("name").execute();
      await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
      const papers = await db.selectFrom("papers").select(["pk", "change_number"]).orderBy("pk").execute();
      expect(papers.map(({ pk }) => pk)).toEqual([1, 2, 3]);
      expect(papers.map((paper) => paper.change_number)).toEqual([1, 2, 3]);
      expect(await listEditionDays(other, options)).toEqual([]);
      expect(await other.selectFrom("counters").selectAll().orderBy("name").execute()).toEqual(counters);
    });
  }

  test("is dropped when its tables were changed", async () => {
    const db = await open();
    await db.schema.createTable("strange").addColumn("a", "integer").execute();
  });

  test("so that the next one has none of that", async () => {
    const db = await open();
    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain("strange");
  });
});
