import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { tinyModel } from "../../test/support/tiny-model.ts";
import { countStatements } from "../../test/support/world-statements.ts";
import { cacheEditions } from "../editions/edition-cache.ts";
import { openNewPapers } from "./new-papers.ts";
import { FeatureReader } from "./taste/features.ts";

const options = { now: "2026-05-14T12:00:00.000Z", categories: [] };
const reader = new FeatureReader(tinyModel());

describeOnBothDatabases("the papers that readers' own picks are chosen from", (open) => {
  test("are those of the newest three days within four, each of its newest", async () => {
    const db = await open();
    for (const day of ["2026-05-08", "2026-05-10", "2026-05-11", "2026-05-12", "2026-05-13"])
      await saveDay(db, day, papersOf(day, 2));
    await saveDay(db, "2026-05-13", [{ id: "2605.11000", votes: 9 }]);
    const { days, papers } = await openNewPapers(cacheEditions(db)).list(options);
    expect(days).toEqual(["2026-05-13", "2026-05-12", "2026-05-11"]);
    expect(papers.map(({ paper }) => paper.id).sort()).toEqual(
      ["2605.11000", "2605.11001", "2605.12000", "2605.12001", "2605.13000", "2605.13001"].sort(),
    );
    expect(papers.find(({ paper }) => paper.id === "2605.11000")!.day).toBe("2026-05-13");
    expect((await openNewPapers(cacheEditions(await open())).list(options)).papers).toEqual([]);
  });

  test("are laid out once, until something changes or another model reads them", async () => {
    const db = await open();
    await saveDay(db, "2026-05-13", papersOf("2026-05-13", 3));
    let asked = openNewPapers(cacheEditions(db));
    const cold = await countStatements(db, async (counting) => {
      asked = openNewPapers(cacheEditions(counting));
      const laidOut = (await asked.list(options)).candidates(reader);
      expect((await asked.list(options)).candidates(reader)).toBe(laidOut);
    });
    const once = await countStatements(db, (counting) =>
      openNewPapers(cacheEditions(counting)).list(options),
    );
    // Whether anything has changed is asked for the days and the day, and nothing else.
    expect(cold - once).toBeLessThanOrEqual(2);
    const first = await asked.list(options);
    expect(first.candidates(new FeatureReader(tinyModel())).items).toHaveLength(3);
    await saveDay(db, "2026-05-13", [{ id: "2605.99999" }]);
    expect((await asked.list(options)).papers).toHaveLength(4);
  });
});
