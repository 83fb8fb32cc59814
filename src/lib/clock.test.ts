import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { addDays, dayOf, minutesAfter } from "./clock.ts";

test("days are added over months, leap days and changes of the clock, and taken back", () => {
  expect([addDays("2024-02-28", 1), addDays("2026-03-29", 1), addDays("2026-01-01", -1)]).toEqual([
    "2024-02-29",
    "2026-03-30",
    "2025-12-31",
  ]);
  const day = fc.date({ min: new Date("1991-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  const property = fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
    expect(addDays(addDays(dayOf(date), days), -days)).toBe(dayOf(date));
  });
  fc.assert(property);
});

test("minutes are added to an instant or a date", () => {
  expect(minutesAfter("2026-05-12T23:59:30.000Z", 1)).toBe("2026-05-13T00:00:30.000Z");
  expect(minutesAfter(new Date("2026-05-12T00:00:00Z"), -0.5)).toBe("2026-05-11T23:59:30.000Z");
});
