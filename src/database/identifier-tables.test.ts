// What was saved before the table was there is found in the records.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { heldIdentifiers, namedByRecords } from "../../test/support/world-identifiers.ts";
import { arxivRecord, paperItem, save } from "../../test/support/world-papers.ts";
import { addContestedIdentifiers } from "./identifier-tables.ts";

describeOnBothDatabases("identifiers of before", (open) => {
  test("lead to the oldest paper whose records name them, and the others are noted", async () => {
    const db = await open();
    const identifiers = ["10.1234/a", "10.1234/b"].map((value) => ({ scheme: "doi" as const, value }));
    for (const id of ["2001.00001", "2001.00002", "2001.00003"])
      await save(db, [{ ...paperItem(), records: [arxivRecord(id, { identifiers })] }]);
    const held = await heldIdentifiers(db);
    await db.schema.dropTable("contested_identifiers").execute();
    await db.deleteFrom("identifiers").where("value", "=", "10.1234/b").execute();
    await addContestedIdentifiers(db);
    expect(await heldIdentifiers(db)).toEqual(held);
    expect(held).toEqual(await namedByRecords(db));
    expect(held["doi:10.1234/b"]).toEqual([1, 2, 3]);
  });
});
