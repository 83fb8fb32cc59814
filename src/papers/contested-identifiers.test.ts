// An identifier that several papers name leads to the oldest of them, and to the next as soon as that one names it no more.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { heldIdentifiers, namedByRecords } from "../../test/support/world-identifiers.ts";
import { arxivRecord, paperItem, paperRecord, save, saveKinds } from "../../test/support/world-papers.ts";
import type { Db } from "../database/dialect.ts";
import { loadBatch } from "./batch-store.ts";
import type { Identifier, PaperRecord, SourceItem } from "./paper.ts";
import { countPapers, findPaper } from "./papers-store.ts";
import { prepareItem } from "./prepared-item.ts";
import { removeSampleRows } from "./sample-store.ts";

const doi: Identifier = { scheme: "doi", value: "10.1234/b" };
const address = "doi:10.1234/b";

const [one, two, three] = ["2001.00001", "2001.00002", "2001.00003"].map(
  (id) =>
    (given: object = {}) =>
      itemOf(arxivRecord(id, { title: `Of ${id}`, identifiers: [doi], ...given })),
) as [ItemMaker, ItemMaker, ItemMaker];

type ItemMaker = (given?: object) => SourceItem;

function itemOf(record: PaperRecord): SourceItem {
  return { ...paperItem(), records: [record] };
}

/** In one batch, then one after the other. */
const cuts: [string, (db: Db, items: SourceItem[]) => Promise<unknown>][] = [
  ["in one batch", (db, items) => save(db, items)],
  [
    "one after the other",
    async (db, items) => {
      for (const item of items) await save(db, [item]);
    },
  ],
];

describeOnBothDatabases("an identifier that two papers name", (open) => {
  test.each(cuts)("leads to the next when the first gives it up, %s", async (_name, saveAll) => {
    const db = await open();
    await saveAll(db, [one(), two(), three(), one({ identifiers: [] })]);
    expect(await countPapers(db)).toBe(3);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00002" });
    await saveAll(db, [two({ identifiers: [] }), paperItem({ identifiers: [doi] })]);
    expect(await countPapers(db)).toBe(3);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00003" });
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  });

  test.each(cuts)("is the older paper's, also where that one names it later, %s", async (_name, saveAll) => {
    const db = await open();
    await saveAll(db, [one({ identifiers: [] }), two(), one()]);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00001" });
    await saveAll(db, [one({ identifiers: [] })]);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00002" });
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  });

  test.each(cuts)("joins them when nothing says any more that they are two, %s", async (_name, saveAll) => {
    const db = await open();
    const listing = (identifiers: Identifier[]) =>
      itemOf(paperRecord({ source: "listing", sourceId: "l", title: "Listed", identifiers }));
    await saveAll(db, [listing([{ scheme: "arxiv", value: "2001.00009" }, doi]), two(), listing([doi])]);
    expect(await countPapers(db)).toBe(1);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00002" });
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  });

  test("goes over to an older paper that a record which names it joins, and back with it", async () => {
    const db = await open();
    await save(db, [one({ identifiers: [] })]);
    await save(db, [two({ source: "sample" })], { origin: "sample" });
    await save(db, [three()]);
    const known: Identifier = { scheme: "doi", value: "10.1234/known" };
    await save(db, [one({ identifiers: [known] }), paperItem({ identifiers: [known, doi] })]);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00001" });
    await save(db, [one({ identifiers: [] })]);
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
    await db.transaction().execute((trx) => removeSampleRows(trx, "2026-06-01T00:00:00.000Z"));
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  });

  test.each(cuts)("is an older paper's that takes in one which contests it, %s", async (_name, saveAll) => {
    const db = await open();
    const oldest = (identifiers: Identifier[]) =>
      itemOf(paperRecord({ source: "arxiv", sourceId: "a", title: "Withdrawn", identifiers }));
    await saveAll(db, [oldest([]), two(), one()]);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00002" });
    await saveAll(db, [oldest([{ scheme: "arxiv", value: "2001.00001" }])]);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00001" });
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  });

  test.each(cuts)(
    "joins two places in one proceedings when a record names both, %s",
    async (_name, saveAll) => {
      const db = await open();
      const placed = (value: string, more: Identifier[] = []) =>
        paperItem({ identifiers: [{ scheme: "conference", value }, ...more] });
      await saveAll(db, [placed("iclr2018:a"), placed("iclr2018:b", [doi]), placed("iclr2018:a", [doi])]);
      expect(await countPapers(db)).toBe(1);
    },
  );

  test("is the heir's when the paper that had it leaves with the sample", async () => {
    const db = await open();
    await save(db, [one({ source: "sample" })], { origin: "sample" });
    await save(db, [two()]);
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00001" });
    await db.transaction().execute((trx) => removeSampleRows(trx, "2026-06-01T00:00:00.000Z"));
    expect(await findPaper(db, address)).toEqual({ redirectTo: "2001.00002" });
    expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  });

  test("brings its heirs along into a batch, and the same again says nothing new", async () => {
    const db = await open();
    await save(db, [one(), two()]);
    expect(await saveKinds(db, [one(), two()])).toBe("unchanged,unchanged");
    const changed = prepareItem(one({ comments: "9 pages" }));
    if ("refused" in changed) throw new Error(changed.refused);
    const { set } = await loadBatch(db, [changed]);
    expect(set.all.map((draft) => draft.id)).toEqual(["2001.00001", "2001.00002"]);
  });
});
