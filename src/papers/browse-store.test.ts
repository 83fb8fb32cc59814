import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { paperItem, type RecordGiven, save } from "../../test/support/world-papers.ts";
import { countStatements } from "../../test/support/world-statements.ts";
import type { Db } from "../database/dialect.ts";
import { listPapersByAuthor, listPapersByCategories, type PaperPage } from "./browse-store.ts";
import { authorKey } from "./names.ts";

const ada = authorKey("Ada Lovelace");

function saveRecords(db: Db, given: RecordGiven[]) {
  return save(
    db,
    given.map((record) => paperItem({ authors: ["Ada Lovelace"], categories: ["cs.CL"], ...record })),
  );
}

async function walk(list: (after: string | undefined) => Promise<PaperPage>): Promise<string[]> {
  const titles: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(after);
    titles.push(...page.papers.map((paper) => paper.title));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return titles;
}

describeOnBothDatabases("shelves", (open) => {
  test("an author's papers, newest first, however the name is marked", async () => {
    const db = await open();
    await saveRecords(db, [
      { title: "unknown" },
      { title: "of 2020", year: 2020 },
      { title: "of March", publishedOn: "2020-03-01" },
      { title: "of May", publishedOn: "2020-05-01", authors: ["Grace Hopper", "Àda LOVELACE"] },
      { title: "another's", authors: ["Grace Hopper"] },
    ]);
    const page = await listPapersByAuthor(db, ada, { limit: 10 });
    expect(page.papers.map((paper) => paper.title)).toEqual(["of May", "of March", "of 2020", "unknown"]);
    expect(page).toMatchObject({ total: 4, next: null });
    expect(await listPapersByAuthor(db, "nobody", { limit: 10 })).toEqual({
      papers: [],
      next: null,
      total: 0,
    });
  });

  test("pages hold every paper once, also those of the same day and those without any", async () => {
    const db = await open();
    await saveRecords(
      db,
      Array.from({ length: 23 }, (_, i) => ({
        title: `paper ${i}`,
        ...(i % 3 === 0 ? {} : i % 3 === 1 ? { year: 2020 } : { publishedOn: "2020-05-01" }),
      })),
    );
    for (const limit of [1, 4, 23]) {
      const titles = await walk((after) =>
        listPapersByAuthor(db, ada, { limit, ...(after === undefined ? {} : { after }) }),
      );
      expect(titles).toHaveLength(23);
      expect(new Set(titles).size).toBe(23);
    }
  });

  test("a cursor stays right when papers come in meanwhile", async () => {
    const db = await open();
    await saveRecords(
      db,
      ["2020-05-03", "2020-05-02", "2020-05-01"].map((publishedOn) => ({ title: publishedOn, publishedOn })),
    );
    const first = await listPapersByCategories(db, ["cs.CL"], { limit: 2 });
    await saveRecords(db, [{ title: "newer", publishedOn: "2020-06-01" }]);
    const second = await listPapersByCategories(db, ["cs.CL"], { limit: 2, after: first.next! });
    expect(second.papers.map((paper) => paper.title)).toEqual(["2020-05-01"]);
  });

  test("categories are united, each paper once", async () => {
    const db = await open();
    await saveRecords(db, [
      { title: "both", categories: ["cs.CL", "cs.LG"] },
      { title: "one", categories: ["cs.LG"] },
      { title: "other", categories: ["math.CO"] },
    ]);
    const page = await listPapersByCategories(db, ["cs.CL", "cs.LG"], { limit: 10 });
    expect(page.papers.map((paper) => paper.title).sort()).toEqual(["both", "one"]);
    expect(page.total).toBe(2);
    expect((await listPapersByCategories(db, [], { limit: 10 })).total).toBe(0);
    expect((await listPapersByCategories(db, ["\u0000\ud800"], { limit: 10 })).total).toBe(0);
  });

  test("a cursor that is none is refused", async () => {
    const db = await open();
    for (const after of ["", "x", "2020-05-01", "2020-05-01.1 or 1=1", "1.99999999999"]) {
      await expect(listPapersByAuthor(db, ada, { limit: 2, after })).rejects.toMatchObject({
        code: "bad-input",
      });
    }
  });

  test("twice the papers take no more queries", async () => {
    const db = await open();
    const count = () => countStatements(db, (counting) => listPapersByAuthor(counting, ada, { limit: 50 }));
    await saveRecords(
      db,
      Array.from({ length: 10 }, () => ({})),
    );
    const before = await count();
    await saveRecords(
      db,
      Array.from({ length: 10 }, () => ({})),
    );
    expect(await count()).toBe(before);
  });
});
