// Out and in again: an empty folder becomes the same bibliography, and its export the same file, byte for byte.

import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { corpusFiles } from "../../test/support/program.ts";
import { fc } from "../../test/support/properties.ts";
import { testFolder, writeTestFile } from "../../test/support/world-files.ts";
import { itemArbitrary, paperItem, save } from "../../test/support/world-papers.ts";
import type { Db } from "../database/dialect.ts";
import type { Identifier } from "../papers/paper.ts";
import { countPapers, findPaper } from "../papers/papers-store.ts";
import { exportAll } from "./export.ts";
import { importFiles } from "./import.ts";
import { loadSample } from "./sample.ts";

const clock = () => new Date("2026-05-12T12:00:00.000Z");

async function exportText(db: Db): Promise<string> {
  return (await Array.fromAsync(exportAll(db))).join("");
}

async function importText(db: Db, text: string) {
  const file = writeTestFile(testFolder(), "export.jsonl", text);
  return importFiles(db, {
    paths: [file],
    origin: "import",
    clock: () => new Date("2026-06-01T00:00:00.000Z"),
  });
}

/** "doi:10.1234/b" */
function identifierOf(text: string): Identifier {
  const [scheme, value] = text.split(":");
  return { scheme: scheme as Identifier["scheme"], value: value! };
}

/** Which paper each identifier leads to, by the paper's id, and which other papers name it. */
async function listLeads(db: Db) {
  const tables = ["identifiers", "contested_identifiers"] as const;
  const rows = tables.map((table) =>
    db
      .selectFrom(table)
      .innerJoin("papers", "papers.pk", `${table}.paper_pk`)
      .select([`${table}.scheme`, `${table}.value`, "papers.id"])
      .orderBy("scheme")
      .orderBy("value")
      .orderBy("papers.id")
      .execute(),
  );
  return Promise.all(rows);
}

describeOnBothDatabases("export", (open) => {
  test("of the small corpus and the sample survives the round trip", async () => {
    const db = await open();
    await loadSample(db, clock);
    await importFiles(db, { paths: corpusFiles(), origin: "import", clock });
    const text = await exportText(db);
    const copy = await open();
    const report = await importText(copy, text);
    expect(report).toMatchObject({ added: await countPapers(db), merged: 0, rejected: 0 });
    expect(await exportText(copy)).toBe(text);
    expect(await importText(copy, text)).toMatchObject({ added: 0, updated: 0, merged: 0, rejected: 0 });
    expect(await importText(db, text)).toMatchObject({ added: 0, updated: 0, merged: 0, rejected: 0 });
    expect(await exportText(db)).toBe(text);
  });

  test("ids that were given up lead to the paper in the copy too", async () => {
    const db = await open();
    const doi = { scheme: "doi" as const, value: "10.1234/a" };
    const [outcome] = await save(db, [paperItem({ identifiers: [doi] })]);
    const row = await db.selectFrom("papers").select(["pk", "id"]).executeTakeFirstOrThrow();
    expect(outcome).toMatchObject({ pk: row.pk });
    await save(db, [
      paperItem({ source: "arxiv", identifiers: [doi, { scheme: "arxiv", value: "2001.00001" }] }),
    ]);
    const copy = await open();
    await importText(copy, await exportText(db));
    expect(await findPaper(copy, row.id)).toEqual({ redirectTo: "2001.00001" });
  });

  test("what a new version took back survives the round trip", async () => {
    const db = await open();
    await save(db, [paperItem({ sourceId: "one", title: "Counting" })]);
    await save(db, [paperItem({ sourceId: "one", title: "Counting Again" })]);
    const text = await exportText(db);
    expect(text).toContain('"changes":[{');
    const copy = await open();
    await importText(copy, text);
    expect(await exportText(copy)).toBe(text);
  });

  test("so does what was taken back field by field at one instant", async () => {
    const db = await open();
    const voices = [
      { title: "Withdrawn" },
      { title: "Counting", abstract: "We count." },
      { title: "Counting" },
    ];
    for (const said of voices) await save(db, [paperItem({ sourceId: "one", ...said })]);
    const text = await exportText(db);
    expect(text).toContain('"before":{"title":"Withdrawn","abstract":"We count."}');
    const copy = await open();
    await importText(copy, text);
    expect(await exportText(copy)).toBe(text);
  });

  test("so do papers that an identifier would join, had not one of them named it before", async () => {
    const db = await open();
    const [first, second, doi] = ["arxiv:2001.00002", "arxiv:2001.00001", "doi:10.1234/b"].map(identifierOf);
    const voices = [
      { source: "listing", sourceId: "one", identifiers: [first!, doi!] },
      { source: "arxiv", sourceId: "two", identifiers: [second!, doi!] },
      { source: "listing", sourceId: "one", identifiers: [] },
      { source: "arxiv", sourceId: "three", identifiers: [doi!] },
    ] as const;
    for (const voice of voices)
      await save(db, [paperItem({ title: "Withdrawn", ...voice, identifiers: [...voice.identifiers] })]);
    const text = await exportText(db);
    const copy = await open();
    expect(await importText(copy, text)).toMatchObject({ added: 2, merged: 0 });
    expect(await exportText(copy)).toBe(text);
    expect(await findPaper(copy, "doi:10.1234/b")).toEqual({ redirectTo: "2001.00001" });
    expect(await findPaper(db, "doi:10.1234/b")).toEqual({ redirectTo: "2001.00001" });
  });

  test("of whatever bibliography survives the round trip", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(itemArbitrary(), { minLength: 1, maxLength: 12 }), async (items) => {
        const [db, copy] = [await open(), await open()];
        for (const item of items) await save(db, [item]);
        const text = await exportText(db);
        await importText(copy, text);
        expect(await exportText(copy)).toBe(text);
        expect(await listLeads(copy)).toEqual(await listLeads(db));
      }),
      { numRuns: 4 },
    );
  });

  test("of nothing is a header", async () => {
    const text = await exportText(await open());
    expect(text).toMatch(/^\{"broadsheet":1.*\}\n$/);
  });
});
