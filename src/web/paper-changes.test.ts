import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";
import { listItems } from "../papers/export-store.ts";
import type { PaperRecord, SourceItem } from "../papers/paper.ts";
import { listRecordChanges } from "../papers/record-changes-store.ts";
import { saveItems } from "../papers/save-store.ts";

function itemOf(given: Partial<PaperRecord>): SourceItem {
  return { records: [recordOf(given)], submissions: [], announcements: [], signals: [], places: [] };
}

async function save(db: Db, given: Partial<PaperRecord>, day: string) {
  const options = { now: `${day}T01:00:00.000Z`, origin: "import" } as const;
  await db.transaction().execute((trx) => saveItems(trx, [itemOf(given)], options));
}

describeOnBothDatabases("a new version of a paper", (open) => {
  test("updates the same paper and keeps what it changed, on its page and in the export", async () => {
    const db = await open();
    await save(db, {}, "2026-05-12");
    await save(db, {}, "2026-05-13");
    await save(
      db,
      { title: "On Counting <Again>", authors: [{ name: "Ada Lovelace" }, { name: "Grace Hopper" }] },
      "2026-05-14",
    );
    await save(
      db,
      { title: "On Counting <Again>", authors: [{ name: "Grace Hopper" }], withdrawn: true },
      "2026-05-15",
    );
    const papers = await db.selectFrom("papers").select(["pk", "title"]).execute();
    expect(papers).toMatchObject([{ title: "On Counting <Again>" }]);
    const changes = (await listRecordChanges(db, [papers[0]!.pk])).get(papers[0]!.pk)!;
    expect(changes.map(({ changedAt, before }) => [changedAt.slice(0, 10), before])).toEqual([
      ["2026-05-14", { title: "On Counting", authors: ["Ada Lovelace"] }],
      ["2026-05-15", { authors: ["Ada Lovelace", "Grace Hopper"], withdrawn: false }],
    ]);
    const { items } = await listItems(db, 0, 10);
    expect(items[0]!.changes).toEqual(changes);
    const other = await open();
    await other
      .transaction()
      .execute((trx) => saveItems(trx, items, { now: "2026-06-01T00:00:00.000Z", origin: "import" }));
    expect((await listItems(other, 0, 10)).items).toEqual(items);
    const html = await (await openPages(db)).read("/papers/2605.00001");
    expect(html).toContain("14 May 2026: the title was “On Counting”; the authors were Ada Lovelace.");
    expect(html).toContain("15 May 2026: the authors were Ada Lovelace, Grace Hopper; withdrawn.");
  });
});
