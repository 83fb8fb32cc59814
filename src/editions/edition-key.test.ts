import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { addDays } from "../lib/clock.ts";
import { parseEditionKey, periodOf, weekOf } from "./edition-key.ts";

describe("parseEditionKey", () => {
  test.each([
    ["2026-05-12", "day", "2026-05-12", "2026-05-12"],
    ["2024-02-29", "day", "2024-02-29", "2024-02-29"],
    ["2026-W20", "week", "2026-05-11", "2026-05-17"],
    ["2026-W01", "week", "2025-12-29", "2026-01-04"],
    ["2020-W53", "week", "2020-12-28", "2021-01-03"],
    ["2026-02", "month", "2026-02-01", "2026-02-28"],
    ["2024-02", "month", "2024-02-01", "2024-02-29"],
    ["2026-12", "month", "2026-12-01", "2026-12-31"],
  ])("%s", (key, kind, from, to) => {
    expect(parseEditionKey(key)).toEqual({ kind, key, from, to });
  });

  test.each([
    "2026-02-30",
    "2026-02-29",
    "2026-00-10",
    "2026-13-01",
    "2026-05-00",
    "2026-W60",
    "2026-W00",
    "2026-W54",
    "2025-W53",
    "2026-13",
    "2026-00",
    "2026",
    "26-05-12",
    "2026-5-12",
    "2026-05-12 ",
    "2026-w20",
    "0000-01-01",
    "9999-12-31",
    "",
    "2026-05-12T00:00",
    "../2026-05-12",
    "２０２６-05-12",
  ])("refuses %j", (key) => {
    expect(parseEditionKey(key)).toBeNull();
  });

  test("every day lies in its own day, week and month, and weeks follow each other without gap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (offset) => {
        const day = addDays("1970-01-01", offset);
        for (const kind of ["day", "week", "month"] as const) {
          const period = periodOf(kind, day);
          expect(period.from <= day && day <= period.to).toBe(true);
          expect(periodOf(kind, period.from)).toEqual(period);
          expect(periodOf(kind, addDays(period.to, 1)).from).toBe(addDays(period.to, 1));
        }
      }),
    );
  });

  test("the year of a week is that of its Thursday", () => {
    expect(weekOf("2027-01-01")).toBe("2026-W53");
    expect(weekOf("2024-12-30")).toBe("2025-W01");
  });
});
