import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { emptyLedgerRow, type LedgerRow } from "./ledger.ts";
import { judgeFeedDay } from "./ledger-feed-state.ts";

const day = "2026-05-12";
const row = (given: Partial<LedgerRow> = {}): LedgerRow => ({
  ...emptyLedgerRow({ source: "feeds", category: "https://journal.test/rss", day }),
  ...given,
});

function judge(
  given: Partial<LedgerRow>,
  { now = "2026-05-14T00:00:00.000Z", heldDays = [] as string[] } = {},
) {
  const due = { state: "due" as const, at: "2026-05-13T06:00:00.000Z" };
  const laterIsOut = heldDays.some((held) => held > day);
  return judgeFeedDay(row(given), { due, now, heldDays, laterIsOut, othersHaveIt: false });
}

const failure = { at: "2026-05-12T08:00:00.000Z", state: "failed" as const, reason: "503" };

test.each<[string, Parameters<typeof judge>, string]>([
  ["the day is not over", [{ received: 2 }, { now: "2026-05-13T05:59:59.000Z" }], "waiting"],
  ["it is, and something came", [{ received: 2 }], "fresh"],
  ["some of it came only afterwards", [{ received: 2, late: 1 }], "late"],
  ["only what could not be taken", [{ rejected: 1 }], "fresh"],
  ["nothing, but of a later day", [{}, { heldDays: ["2026-05-11", "2026-05-13"] }], "quiet"],
  ["nothing, nor of a later day", [{}, { heldDays: ["2026-05-09", "2026-05-10", "2026-05-11"] }], "waiting"],
  ["the feed could not be asked", [{ look: "failed", history: [failure] }], "failed"],
  [
    "it could not, and there is time",
    [{ look: "failed", history: [failure] }, { now: "2026-05-13T07:00:00.000Z" }],
    "waiting",
  ],
  [
    "a daily feed silent for a week",
    [{}, { heldDays: ["2026-05-03", "2026-05-04", "2026-05-05"] }],
    "stalled",
  ],
  [
    "a weekly feed silent for a week",
    [{}, { heldDays: ["2026-04-21", "2026-04-28", "2026-05-05"] }],
    "waiting",
  ],
  ["a feed seen once, a week ago", [{}, { heldDays: ["2026-05-05"] }], "waiting"],
  ["a feed seen once, long ago", [{}, { heldDays: ["2026-04-20"] }], "stalled"],
])("%s", (_name, given, state) => {
  expect(judge(...given).state).toBe(state);
});

test("a feed that shows nothing later is never quiet, however long one waits", () => {
  const days = fc
    .integer({ min: 1, max: 80 })
    .map((ago) => new Date(Date.parse(day) - ago * 86_400_000).toISOString().slice(0, 10));
  fc.assert(
    fc.property(fc.array(days), fc.integer({ min: 0, max: 400 }), (held, waited) => {
      const now = new Date(Date.parse(day) + waited * 86_400_000).toISOString();
      expect(judge({ look: "previous" }, { now, heldDays: held.sort() }).state).not.toBe("quiet");
    }),
  );
});
