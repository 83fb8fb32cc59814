import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { paperItem, save, testNow } from "../../test/support/world-papers.ts";
import { countStatements } from "../../test/support/world-statements.ts";
import { findList, getList, listLists, listPlaces } from "./lists-store.ts";
import type { SourceItem } from "./paper.ts";

function placed(position: number, listId = "spring", item: SourceItem = paperItem()): SourceItem {
  return {
    ...item,
    places: [{ listId, listTitle: `List ${listId}`, sourceFile: `${listId}.txt`, position }],
  };
}

describeOnBothDatabases("lists", (open) => {
  test("a list keeps its file, its order and every entry, also of a paper that is there twice", async () => {
    const db = await open();
    const twice = paperItem({ title: "Twice on It" });
    await save(db, [placed(3, "spring", twice), placed(1), placed(2, "spring", twice)]);
    const list = await getList(db, "spring", { limit: 10 });
    expect(list).toMatchObject({
      id: "spring",
      title: "List spring",
      sourceFile: "spring.txt",
      createdAt: testNow,
      total: 3,
      next: null,
    });
    expect(list.entries.map((entry) => entry.position)).toEqual([1, 2, 3]);
    expect(list.entries[1]!.paper).toEqual(list.entries[2]!.paper);
    expect(list.entries[1]!.paper.title).toBe("Twice on It");
  });

  test("pages go on where they ended", async () => {
    const db = await open();
    await save(
      db,
      Array.from({ length: 5 }, (_, i) => placed(i + 1)),
    );
    const first = await getList(db, "spring", { limit: 2 });
    const second = await getList(db, "spring", { limit: 2, after: first.next! });
    const third = await getList(db, "spring", { limit: 2, after: second.next! });
    const positions = [first, second, third].map((page) => page.entries.map((entry) => entry.position));
    expect(positions).toEqual([[1, 2], [3, 4], [5]]);
    expect(third.next).toBeNull();
  });

  test("a place says the latest that stands there", async () => {
    const db = await open();
    await save(db, [placed(1)]);
    await save(db, [placed(1, "spring", paperItem({ title: "The One That Stands There Now" }))]);
    const list = await getList(db, "spring", { limit: 10 });
    expect(list.entries.map((entry) => entry.paper.title)).toEqual(["The One That Stands There Now"]);
  });

  test("a list that is not there is none, a cursor that is none is refused", async () => {
    const db = await open();
    expect(await findList(db, "nothing", { limit: 10 })).toBeNull();
    expect(await findList(db, "\u0000", { limit: 10 })).toBeNull();
    await expect(getList(db, "nothing", { limit: 10 })).rejects.toMatchObject({ code: "not-found" });
    await save(db, [placed(1)]);
    await expect(getList(db, "spring", { limit: 10, after: "1; drop" })).rejects.toMatchObject({
      code: "bad-input",
    });
  });

  test("listLists counts entries, listPlaces says where a paper stands first", async () => {
    const db = await open();
    const item = paperItem();
    const [outcome] = await save(db, [
      placed(4, "b", item),
      placed(2, "b", item),
      placed(9, "a", item),
      placed(1, "a"),
    ]);
    expect(await listLists(db)).toMatchObject([
      { id: "a", total: 2 },
      { id: "b", total: 2 },
    ]);
    const pk = outcome!.kind === "rejected" ? -1 : outcome!.pk;
    expect((await listPlaces(db, pk)).map((place) => [place.listId, place.position])).toEqual([
      ["a", 9],
      ["b", 2],
    ]);
    expect(await listPlaces(db, 999)).toEqual([]);
  });

  test("twice the entries take no more queries", async () => {
    const db = await open();
    const count = () => countStatements(db, (counting) => getList(counting, "spring", { limit: 50 }));
    await save(
      db,
      Array.from({ length: 10 }, (_, i) => placed(i + 1)),
    );
    const before = await count();
    await save(
      db,
      Array.from({ length: 10 }, (_, i) => placed(i + 11)),
    );
    expect(await count()).toBe(before);
    expect(before).toBeGreaterThan(0);
  });
});
