import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { readConfig } from "../config.ts";
import { keepRecentEditions } from "./recent-editions.ts";

describeOnBothDatabases("recent editions", (open) => {
  test("are kept for a minute, and then seen as they are", async () => {
    const db = await open();
    const day = "2026-05-12";
    await saveDay(db, day, papersOf(day, 3));
    let now = Date.parse("2026-05-12T12:00:00Z");
    const editions = keepRecentEditions({ db, clock: () => new Date(now), config: readConfig({}) });
    const first = await editions.find(day);
    await saveDay(db, day, [{ id: "2605.90000", votes: 99 }]);
    expect(await editions.find(day)).toBe(first);
    now += 60_000;
    expect((await editions.find(day))?.items).toHaveLength(4);
  });

  test("a day without papers has none, and only some are kept", async () => {
    const db = await open();
    await saveDay(db, "2026-05-01", papersOf("2026-05-01", 1));
    const now = new Date("2026-05-20T12:00:00Z");
    const editions = keepRecentEditions({ db, clock: () => now, config: readConfig({}) });
    const first = await editions.find("2026-05-01");
    for (let day = 10; day < 18; day++) expect(await editions.find(`2026-05-${day}`)).toBeNull();
    expect(await editions.find("2026-05-01")).not.toBe(first);
  });
});
