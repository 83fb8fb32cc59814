import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { letterContextFor } from "../../test/support/letters.ts";
import type { Db } from "../database/dialect.ts";
import { enterLook } from "../harvest/ledger-entry.ts";
import type { Search } from "../search/search.ts";
import { checkHealth } from "./health.ts";

const now = "2026-05-12T12:00:00.000Z";

async function ledgerCheck(db: Db) {
  const status = () => ({ documents: 0, changeNumber: 0, bytesOnDisk: 0, damage: null });
  const subject = {
    ...letterContextFor(db, now),
    search: { status } as unknown as Search,
    ownsFolder: true,
    dataFolder: "/nowhere",
    publicUrl: null,
    accounts: [{ source: "arxiv", category: "cs.CL" }],
  };
  return (await checkHealth(subject)).find(({ name }) => name === "ledger")!;
}

describeOnBothDatabases("doctor and the ledger", (open) => {
  test("nothing harvested is no fault", async () => {
    expect(await ledgerCheck(await open())).toEqual({
      name: "ledger",
      state: "ok",
      message: "nothing was harvested yet",
    });
  });

  test("every short day of a followed category is explained, with the remedy", async () => {
    const db = await open();
    for (const category of ["cs.CL", "math.CO"]) {
      const key = { source: "arxiv", category, day: "2026-05-11" };
      const look = { outcome: "cut", route: "listing", announced: 9, trouble: "it ends early" } as const;
      await db.transaction().execute((trx) => enterLook(trx, key, { look, now }));
    }
    const check = await ledgerCheck(db);
    expect(check.state).toBe("warning");
    expect(check.message).toContain(
      "1 category-day is short: 2026-05-11 cs.CL partial: the page was cut off",
    );
    expect(check.remedy).toContain("harvest");
  });
});
