// The named differences, on both databases: what goes in comes out, conflicts are said, numbers come in order.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { insertRows, isPostgres, numbersIn, takeNumbers, textsIn } from "./dialect.ts";

const hostileText = "a'b\"c\\d\u2028\u{1F600} $1 ? :x";

describeOnBothDatabases("dialect", (open) => {
  test("insertRows keeps text, numbers and nulls as they are", async () => {
    const db = await open();
    const row = {
      paper_pk: 7,
      kind: "upvotes",
      source: hostileText,
      observed_at: "2026-05-12T08:30:00.000Z",
      value: 12.5,
      detail: null,
      approximate: 1,
      origin: "import",
      recorded_at: null,
    };
    expect(await insertRows(db, "signals", [row, { ...row, paper_pk: 8 }])).toBe(2);
    expect(await db.selectFrom("signals").selectAll().orderBy("paper_pk").execute()).toEqual([
      row,
      { ...row, paper_pk: 8 },
    ]);
  });

  test("insertRows takes thousands of rows in one statement and says how many were new", async () => {
    const db = await open();
    const rows = Array.from({ length: 5_000 }, (_, i) => ({
      scheme: "doi",
      value: `10.1/${i}`,
      paper_pk: i,
    }));
    expect(await insertRows(db, "identifiers", rows)).toBe(5_000);
    expect(await insertRows(db, "identifiers", rows.slice(0, 10), { onConflict: "do nothing" })).toBe(0);
    await expect(insertRows(db, "identifiers", rows.slice(0, 1))).rejects.toThrow();
  });

  test("textsIn and numbersIn select by long lists", async () => {
    const db = await open();
    const rows = Array.from({ length: 40_000 }, (_, i) => ({
      scheme: "doi",
      value: `10.1/${i}`,
      paper_pk: i,
    }));
    await insertRows(db, "identifiers", rows);
    const byText = await db
      .selectFrom("identifiers")
      .select("paper_pk")
      .where(
        "value",
        "in",
        textsIn(
          db,
          rows.map((r) => r.value),
        ),
      )
      .execute();
    expect(byText).toHaveLength(40_000);
    const byNumber = await db
      .selectFrom("identifiers")
      .select("value")
      .where("paper_pk", "in", numbersIn(db, [3, 5, 70_000]))
      .execute();
    expect(byNumber.map((r) => r.value).sort()).toEqual(["10.1/3", "10.1/5"]);
  });

  test("takeNumbers hands out each number once, also to transactions at the same time", async () => {
    const db = await open();
    const take = () => db.transaction().execute((trx) => takeNumbers(trx, "change", 3));
    const firsts = await Promise.all(Array.from({ length: 10 }, take));
    expect([...firsts].sort((a, b) => a - b)).toEqual([1, 4, 7, 10, 13, 16, 19, 22, 25, 28]);
  });

  test("a transaction that fails leaves nothing", async () => {
    const db = await open();
    const failing = db.transaction().execute(async (trx) => {
      await insertRows(trx, "settings", [{ name: "a", value: "b" }]);
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect(await db.selectFrom("settings").selectAll().execute()).toEqual([]);
    expect(typeof isPostgres(db)).toBe("boolean");
  });
});
