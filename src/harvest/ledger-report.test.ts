import { expect, test } from "vitest";
import { emptyLedgerRow, type LedgerRow } from "./ledger.ts";
import { composeReport, formatDayTotals } from "./ledger-report.ts";

const row = (category: string, day: string, given: Partial<LedgerRow> = {}): LedgerRow => ({
  ...emptyLedgerRow({ source: "arxiv", category, day }),
  ...given,
});
const composing = {
  from: "2026-05-10",
  to: "2026-05-12",
  asOf: "2026-05-12T12:00:00.000Z",
  accounts: [
    { source: "arxiv", category: "cs.CL" },
    { source: "arxiv", category: "cs.LG" },
  ],
  unindexed: new Map([["arxiv cs.CL 2026-05-12", 3]]),
};
const failed = (at: string, reason = "503") => ({
  at: `2026-05-12T${at}:00.000Z`,
  state: "failed" as const,
  reason,
});

test("every day of the stretch, newest first, categories in the order of the settings, older ones after them", () => {
  const rows = [
    row("math.CO", "2026-05-11", { received: 4 }),
    row("cs.CL", "2026-05-12", { announced: 10, received: 8, state: "partial" }),
  ];
  const report = composeReport(rows, composing);
  expect(report.days.map(({ day }) => day)).toEqual(["2026-05-12", "2026-05-11", "2026-05-10"]);
  expect(report.columns.map(({ title }) => title)).toEqual(["cs.CL", "cs.LG", "math.CO"]);
  expect(report.days[0]).toMatchObject({
    announced: 10,
    held: 8,
    cells: [{ received: 8, indexed: 5 }, null, null],
  });
  expect(report).toMatchObject({ announced: 14, held: 12, short: 1 });
});

test("a day that only OAI-PMH told of claims no cross-lists; one with a declaration does, and so do other sources", () => {
  const filled = { received: 9, newPapers: 6, crossLists: 3, route: "oai" as const };
  const rows = [
    row("cs.CL", "2026-05-12", filled),
    row("cs.LG", "2026-05-12", { ...filled, announced: 9 }),
    { ...row("https://a.test/rss", "2026-05-12", { received: 1 }), source: "feeds" },
  ];
  const [first] = composeReport(rows, composing).days;
  expect(first!.cells.map((cell) => cell!.crossLists)).toEqual([null, 3, 0]);
  expect(first!.cells[0]).toMatchObject({ received: 9, newPapers: 6 });
});

test("the same trouble is told once, for all its categories, from its first moment on", () => {
  const rows = [
    row("cs.LG", "2026-05-12", {
      history: [failed("01:00"), { ...failed("01:30"), state: "fresh" }, failed("02:00")],
    }),
    row("cs.CL", "2026-05-12", { history: [failed("00:30"), failed("03:00", "504")] }),
  ];
  const { incidents } = composeReport(rows, composing);
  expect(
    incidents.map(({ at, categories, reason }) => `${at.slice(11, 16)} ${categories} ${reason}`),
  ).toEqual(["03:00 cs.CL 504", "00:30 cs.CL,cs.LG 503"]);
});

const totals = { announced: 0, held: 0, late: 0, short: [], nothing: null };
const inState = (state: "late" | "partial" | "failed", ...categories: string[]) =>
  categories.map((category) => ({ category, state }));

test("a day's line says what is short and what came late", () => {
  expect(formatDayTotals({ ...totals, announced: 1412, held: 1412 })).toBe("1,412 announced, 1,412 held");
  const short = inState("partial", "cs.LG");
  expect(formatDayTotals({ ...totals, announced: 1412, held: 1144, late: 12, short })).toBe(
    "1,412 announced, 1,144 held (12 came late, cs.LG partial)",
  );
});

test("a day of which nothing has come is told with what is wrong, one without an announcement with the reason", () => {
  const short = [...inState("late", "cs.AI", "cs.CV", "cs.RO"), ...inState("failed", "cs.CL")];
  expect(formatDayTotals({ ...totals, short })).toBe(
    "nothing has come (failed in 1 category, late in 3 categories)",
  );
  expect(formatDayTotals({ ...totals, short: short.slice(3) })).toBe("nothing has come (cs.CL failed)");
  expect(formatDayTotals({ ...totals, nothing: "no announcement: weekend" })).toBe(
    "no announcement: weekend",
  );
  expect(formatDayTotals(totals)).toBeNull();
});

test("what is late and has not come is short; what came late is not", () => {
  const rows = [
    row("cs.CL", "2026-05-12", { state: "late" }),
    row("cs.LG", "2026-05-12", { state: "late", announced: 4, received: 4 }),
  ];
  expect(composeReport(rows, composing)).toMatchObject({ short: 1 });
});
