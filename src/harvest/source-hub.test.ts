import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openWork } from "../../test/support/harvesting.ts";
import { openServer, type TestAnswer } from "../../test/support/http-server.ts";
import { harvestDue } from "./harvest.ts";
import { findLedgerRow } from "./ledger-store.ts";

const pageSize = 2;
const key = (day: string) => ({ source: "hub", category: "all", day });

interface Row {
  id: string;
}

function rowOf(day: string, { id }: Row) {
  const paper = {
    id,
    title: `On counting, part ${id}`,
    summary: "We count.",
    authors: [{ name: "Ada Lovelace" }],
    upvotes: 3,
    publishedAt: `${day}T00:00:00.000Z`,
    submittedOnDailyAt: `${day}T01:00:00.000Z`,
  };
  return { paper, publishedAt: paper.publishedAt, title: paper.title, numComments: 0 };
}

/** The hub's daily papers, two a page; `spoil` decides about an answer before it is given. */
function openHub(days: Record<string, Row[]>, spoil: (day: string) => TestAnswer | null = () => null) {
  return openServer(({ searchParams, pathname }) => {
    const day = searchParams.get("date") ?? "";
    const page = Number(searchParams.get("p") ?? 0);
    const rows = days[day] ?? [];
    const shown = rows.slice(page * pageSize, (page + 1) * pageSize);
    const link = `<${pathname}?date=${day}&limit=100&p=${page + 1}>; rel="next"`;
    const headers: Record<string, string> = rows.length > (page + 1) * pageSize ? { link } : {};
    return spoil(day) ?? { headers, body: JSON.stringify(shown.map((row) => rowOf(day, row))) };
  });
}

const papers = (month: string, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `2605.${month}${String(i).padStart(3, "0")}` }));

describeOnBothDatabases("the hub", (open) => {
  test("each day has a row: its papers as listed, what could not be taken, and quiet weekends", async () => {
    const days = {
      "2026-05-08": papers("08", 3),
      "2026-05-11": [...papers("11", 5), papers("11", 1)[0]!, { id: "nonsense" }],
      "2026-05-12": papers("12", 1),
    };
    using hub = await openHub(days);
    const db = await open();
    const time = createSimulatedClock("2026-05-12T08:00:00Z");
    const work = openWork(db, hub, time, { sources: ["hub"] });
    await using _ = work.fetcher;
    expect(await harvestDue(work)).toMatchObject([{ ok: true }]);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({
      state: "fresh",
      announced: 6,
      received: 5,
      rejected: 1,
      late: 0,
      route: "api",
    });
    expect(await findLedgerRow(db, key("2026-05-08"))).toMatchObject({ state: "late", received: 3, late: 3 });
    expect(await findLedgerRow(db, key("2026-05-10"))).toMatchObject({ state: "quiet", announced: 0 });
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({ state: "waiting", received: 1 });
    time.advanceTo(new Date("2026-05-13T08:00:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({ state: "fresh", announced: 1 });
  });

  test("the day before shown as today is stalled, and none of it becomes today's", async () => {
    const days: Record<string, Row[]> = { "2026-05-11": papers("11", 4) };
    days["2026-05-12"] = days["2026-05-11"]!;
    using hub = await openHub(days);
    const db = await open();
    const time = createSimulatedClock("2026-05-12T08:00:00Z");
    const work = openWork(db, hub, time, { sources: ["hub"] });
    await using _ = work.fetcher;
    const message = "The hub shows the papers of 2026-05-11 for 2026-05-12.";
    expect(await harvestDue(work)).toMatchObject([{ ok: false, message }]);
    time.advanceTo(new Date("2026-05-13T08:00:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({ state: "stalled", received: 0 });
  });

  test("a day that could not be asked is failed once it is over, and filled in when the hub is back", async () => {
    const days = { "2026-05-11": papers("11", 2), "2026-05-12": papers("12", 2) };
    let down = true;
    using hub = await openHub(days, (day) => (down && day === "2026-05-12" ? { status: 500 } : null));
    const db = await open();
    const time = createSimulatedClock("2026-05-12T08:00:00Z");
    const work = openWork(db, hub, time, { sources: ["hub"] });
    await using _ = work.fetcher;
    for (const at of ["2026-05-12T08:00:00Z", "2026-05-13T19:00:00Z"]) {
      time.advanceTo(new Date(at));
      await harvestDue(work);
    }
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({ state: "failed" });
    down = false;
    time.advanceTo(new Date("2026-05-13T20:30:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({ state: "late", received: 2, late: 2 });
  });
});
