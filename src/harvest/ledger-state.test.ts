import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { announcementDue } from "../sources/arxiv-announcements.ts";
import { addNote, emptyLedgerRow, type LedgerRow, type LedgerState } from "./ledger.ts";
import { isComplete, judgeDay } from "./ledger-state.ts";

/** A Tuesday; its batch is due at 00:00 UTC (20:00 in New York, summer time). */
const day = "2026-05-12";
const key = { source: "arxiv", category: "cs.CL", day };
const row = (given: Partial<LedgerRow> = {}): LedgerRow => ({ ...emptyLedgerRow(key), ...given });

interface Given {
  now?: string;
  at?: string;
  others?: boolean;
  later?: boolean;
}

function stateOf(
  given: Partial<LedgerRow>,
  { now = `${day}T00:50:00.000Z`, at = day, others = false, later = false }: Given = {},
) {
  const due = announcementDue("cs.CL", at);
  return judgeDay(row(given), { due, now, othersHaveIt: others, laterIsOut: later }).state;
}

const whole = { announced: 40, received: 40, wholeLooks: 1, route: "listing", look: "batch" } as const;

describe("a day's state", () => {
  test.each<[string, Partial<LedgerRow>, Given, LedgerState]>([
    ["nobody asked, not due long", {}, { now: `${day}T00:30:00.000Z` }, "waiting"],
    ["nobody asked in the hour", {}, {}, "late"],
    [
      "the page still is yesterday's, soon after",
      { look: "previous" },
      { now: `${day}T00:39:00.000Z` },
      "waiting",
    ],
    ["the page still is yesterday's, everywhere", { look: "previous" }, {}, "late"],
    ["the page still is yesterday's, others are current", { look: "previous" }, { others: true }, "stalled"],
    ["the source could not be asked", { look: "failed" }, { others: true }, "failed"],
    ["the page was cut, at once", { look: "cut" }, { now: `${day}T00:03:00.000Z` }, "partial"],
    ["all there in time", { ...whole, completeAt: `${day}T00:03:00.000Z` }, {}, "fresh"],
    ["all there in the afternoon", { ...whole, completeAt: `${day}T14:00:00.000Z` }, {}, "late"],
    ["one missing", { ...whole, received: 39 }, {}, "partial"],
    [
      "one refused with a reason",
      { ...whole, received: 39, rejected: 1, completeAt: `${day}T00:03:00.000Z` },
      {},
      "fresh",
    ],
    ["filled in by the authority alone", { received: 40, route: "oai", look: "batch" }, {}, "late"],
    ["an empty feed in a year that is known", { look: "quiet", wholeLooks: 2, route: "feed" }, {}, "late"],
    [
      "the same when the next batch is out",
      { look: "quiet", wholeLooks: 2, route: "feed" },
      { later: true },
      "quiet",
    ],
    ["the listing says nothing, once", { look: "quiet", wholeLooks: 1, route: "listing" }, {}, "late"],
    ["the listing says nothing, twice", { look: "quiet", wholeLooks: 2, route: "listing" }, {}, "quiet"],
  ])("%s", (_, given, options, expected) => {
    expect(stateOf(given, options)).toBe(expected);
  });

  test("weekends and published deferrals are quiet without asking", () => {
    expect(stateOf({}, { at: "2026-05-10", now: "2026-05-10T20:00:00.000Z" })).toBe("quiet");
    expect(stateOf({}, { at: "2026-11-27", now: "2026-11-27T20:00:00.000Z" })).toBe("quiet");
  });

  test("in a year whose deferrals nobody entered an empty weekday waits until the source says so", () => {
    const unknown = { at: "2031-05-13", now: "2031-05-13T20:00:00.000Z" };
    expect(stateOf({ look: "previous" }, unknown)).toBe("waiting");
    expect(stateOf({ look: "quiet", wholeLooks: 2, route: "feed" }, unknown)).toBe("quiet");
    expect(stateOf({ look: "previous" }, { ...unknown, others: true })).toBe("stalled");
  });

  test("what is whole stays whole whatever a later look shows", () => {
    const looks = fc.constantFrom("batch", "cut", "previous", "quiet", "failed") as fc.Arbitrary<
      LedgerRow["look"]
    >;
    fc.assert(
      fc.property(looks, fc.integer({ min: 0, max: 400 }), (look, minutes) => {
        const now = new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000).toISOString();
        expect(stateOf({ ...whole, look, completeAt: `${day}T00:03:00.000Z` }, { now })).toBe("fresh");
      }),
    );
  });
});

describe("completeness", () => {
  test("that there is nothing has to be said by a whole page", () => {
    expect(isComplete(row({ announced: 0 }))).toBe(false);
    expect(isComplete(row({ announced: 0, wholeLooks: 1 }))).toBe(true);
    expect(isComplete(row({ received: 5 }))).toBe(false);
    expect(isComplete(row({ announced: 5, received: 5 }))).toBe(true);
  });
});

describe("the history", () => {
  const note = (n: number) => ({
    at: `2026-05-12T00:${String(n).padStart(2, "0")}:00.000Z`,
    state: "failed" as const,
    reason: `reason ${n}`,
  });

  test("does not repeat itself, and keeps the beginning when it grows long", () => {
    expect(addNote([note(1)], { ...note(1), at: "2026-05-12T09:00:00.000Z" })).toHaveLength(1);
    const long = Array.from({ length: 50 }, (_, n) => n).reduce(
      (kept, n) => addNote(kept, note(n)),
      [] as ReturnType<typeof addNote>,
    );
    expect(long).toHaveLength(24);
    expect(long[0]!.reason).toBe("reason 0");
    expect(long.at(-1)!.reason).toBe("reason 49");
  });
});
