import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import type { Db } from "../database/dialect.ts";
import { enterLook, type Look, reviewLedger } from "./ledger-entry.ts";
import { findLedgerRow, listLedgerRows } from "./ledger-store.ts";

const day = "2026-05-12";
const key = { source: "arxiv", category: "cs.CL", day };

async function hold(db: Db, ids: string[], { category = "cs.CL", late = false } = {}) {
  await saveDay(
    db,
    day,
    ids.map((id) => ({ id, submitter: null, announcements: [{ category, kind: "new" as const, late }] })),
  );
}

function enter(db: Db, look: Partial<Look>, time = "00:03", of = key) {
  const whole: Look = { outcome: "batch", route: "listing", ...look };
  return db
    .transaction()
    .execute((trx) => enterLook(trx, of, { look: whole, now: `${day}T${time}:00.000Z` }));
}

describeOnBothDatabases("entering looks", (open) => {
  test("counts what is held, not what was claimed, and keeps the larger declaration", async () => {
    const db = await open();
    await hold(db, ["2605.00001", "2605.00002"]);
    expect(await enter(db, { announced: 3, whole: true })).toMatchObject({
      received: 2,
      announced: 3,
      state: "partial",
    });
    await hold(db, ["2605.00003"]);
    const whole = await enter(db, { announced: 2, whole: true }, "00:12");
    expect(whole).toMatchObject({
      received: 3,
      announced: 3,
      state: "fresh",
      completeAt: `${day}T00:12:00.000Z`,
    });
    expect(whole.history.map(({ state }) => state)).toEqual(["partial", "fresh"]);
    expect(await findLedgerRow(db, key)).toEqual(whole);
  });

  test("what another route knows more was announced too", async () => {
    const db = await open();
    await hold(db, ["2605.00001"]);
    await enter(db, { announced: 1, whole: true });
    await hold(db, ["2605.00002"]);
    const row = await enter(db, { route: "oai", trouble: "one was left out" }, "02:55");
    expect(row).toMatchObject({ announced: 2, received: 2, state: "fresh", route: "listing" });
    expect(row.history).toMatchObject([{ state: "partial", reason: "one was left out" }]);
  });

  test("what could not be asked does not hide what was seen, nor change whose account it is", async () => {
    const db = await open();
    await enter(db, { outcome: "cut", announced: 9, trouble: "it ends early" });
    expect(await enter(db, { outcome: "failed", route: "feed" }, "00:55")).toMatchObject({
      state: "partial",
      look: "cut",
    });
    await hold(db, ["2605.00001"]);
    await enter(db, { outcome: "batch", route: "oai" }, "02:55");
    expect(await enter(db, { outcome: "previous" }, "03:10")).toMatchObject({
      route: "oai",
      state: "partial",
    });
  });

  test("what comes after the morning is counted as late", async () => {
    const db = await open();
    await hold(db, ["2605.00001"]);
    await enter(db, { announced: 3, outcome: "cut" });
    await hold(db, ["2605.00002", "2605.00003"], { late: true });
    expect(await enter(db, { announced: 3, whole: true }, "15:00")).toMatchObject({
      state: "late",
      late: 2,
      received: 3,
    });
  });

  test("an hour passes: what was waiting is late, and stalled once another category has its batch", async () => {
    const db = await open();
    const review = (time: string) =>
      reviewLedger(db, {
        source: "arxiv",
        categories: ["cs.CL", "cs.LG"],
        days: [day],
        now: `${day}T${time}:00.000Z`,
      });
    const states = async () => (await listLedgerRows(db, { from: day, to: day })).map(({ state }) => state);
    await enter(db, { outcome: "previous" });
    await enter(db, { outcome: "previous" }, "00:03", { ...key, category: "cs.LG" });
    await review("00:20");
    expect(await states()).toEqual(["waiting", "waiting"]);
    await review("00:45");
    expect(await states()).toEqual(["late", "late"]);
    await hold(db, ["2605.00009"], { category: "cs.LG" });
    await enter(db, { announced: 1, whole: true }, "00:50", { ...key, category: "cs.LG" });
    await review("00:55");
    expect(await states()).toEqual(["stalled", "fresh"]);
    const row = await findLedgerRow(db, key);
    expect(row!.history.map(({ state, at }) => `${at.slice(11, 16)} ${state}`)).toEqual([
      "00:45 late",
      "00:55 stalled",
    ]);
    expect(row!.dueAt).toBe(`${day}T00:00:00.000Z`);
  });

  test("a day nobody looked at gets its row", async () => {
    const db = await open();
    const days = [day, "2026-05-10"];
    await reviewLedger(db, { source: "arxiv", categories: ["cs.CL"], days, now: "2026-05-13T00:00:00.000Z" });
    const rows = await listLedgerRows(db, { from: "2026-05-01", to: day });
    expect(rows.map((row) => `${row.day} ${row.state}`)).toEqual([`${day} late`, "2026-05-10 quiet"]);
  });
});
