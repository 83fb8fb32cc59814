// Several papers that become one in one batch, each with the same facts: on both databases one row of each stays.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { paperItem, save, testNow } from "../../test/support/world-papers.ts";

const doi = (value: string) => ({ scheme: "doi" as const, value: `10.1234/${value}` });

/** A paper that was put forward, announced and voted for at the same time as the others. */
function paper(name: string, submitter: string) {
  return paperItem(
    { identifiers: [doi(name)] },
    {
      submissions: [{ day: "2026-05-12", source: "hub", submitter }],
      signals: [{ kind: "upvotes", source: "hub", observedAt: testNow, value: 3, detail: submitter }],
      announcements: [{ source: "arxiv", category: "cs.CL", day: "2026-05-11", kind: "new" }],
    },
  );
}

const together = () => paperItem({ identifiers: [doi("a"), doi("b"), doi("c")] });

describeOnBothDatabases("papers that become one", (open) => {
  test("the same facts of those that go are one, in the words of the older and the import's", async () => {
    const db = await open();
    await save(db, [paperItem({ identifiers: [doi("a")] })]);
    await save(db, [paper("b", "ada")], { origin: "sample" });
    await save(db, [paper("c", "bob")]);
    await save(db, [together()]);
    expect(await db.selectFrom("papers").select("pk").execute()).toEqual([{ pk: 1 }]);
    expect(await db.selectFrom("submissions").selectAll().execute()).toMatchObject([
      { paper_pk: 1, submitter: "ada", origin: "import" },
    ]);
    expect(await db.selectFrom("signals").selectAll().execute()).toMatchObject([
      { paper_pk: 1, detail: "ada", origin: "import" },
    ]);
    expect(await db.selectFrom("announcements").selectAll().execute()).toMatchObject([{ paper_pk: 1 }]);
  });

  test("what the paper that stays has of its own keeps its words", async () => {
    const db = await open();
    await save(db, [paper("a", "eve"), paper("b", "ada")], { origin: "sample" });
    await save(db, [paper("c", "bob")]);
    await save(db, [together()]);
    for (const table of ["submissions", "signals"] as const)
      expect(await db.selectFrom(table).selectAll().execute()).toMatchObject([
        { [table === "signals" ? "detail" : "submitter"]: "eve", origin: "import" },
      ]);
  });

  test("in a batch, what the sample and an import bring alike is the import's", async () => {
    const db = await open();
    const sample = paper("a", "ada");
    await save(db, [
      { ...sample, records: sample.records.map((record) => ({ ...record, source: "sample" as const })) },
      paper("a", "bob"),
    ]);
    for (const table of ["submissions", "signals"] as const)
      expect(await db.selectFrom(table).selectAll().execute()).toMatchObject([{ origin: "import" }]);
  });
});
