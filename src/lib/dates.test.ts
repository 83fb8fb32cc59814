import { expect, test } from "vitest";
import { formatDayMonth, formatDayRange, formatLongDay, formatMonth, formatTime } from "./dates.ts";

test("days and instants in words", () => {
  expect(formatLongDay("2026-05-12")).toBe("Tuesday 12 May 2026");
  expect(formatDayMonth("2026-05-04")).toBe("4 May");
  expect(formatMonth("2026-12-01")).toBe("December 2026");
  expect(formatTime("2026-05-12T08:30:00.000Z")).toBe("08:30 UTC");
});

test.each([
  ["2026-05-12", "2026-05-12", "12 May 2026"],
  ["2026-05-11", "2026-05-17", "11 to 17 May 2026"],
  ["2026-04-27", "2026-05-03", "27 April to 3 May 2026"],
  ["2025-12-29", "2026-01-04", "29 December 2025 to 4 January 2026"],
])("range %s to %s", (from, to, expected) => {
  expect(formatDayRange(from, to)).toBe(expected);
});
