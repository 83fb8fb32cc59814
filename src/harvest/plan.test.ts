import { describe, expect, test } from "vitest";
import { addDays } from "../lib/clock.ts";
import { censusAt, feedAt, nextCensus, nextFeed, nextLook, nextSweep, recordsAt, retryAt } from "./plan.ts";

const at = (time: string) => new Date(time);
const day = "2026-05-12";

describe("looks at the listing", () => {
  const look = (now: string, looks: number) => nextLook({ now: at(now), day, looks });

  test("often in the first hour, then every half hour, then every hour", () => {
    expect(look("2026-05-12T00:02:00Z", 0)).toBe("2026-05-12T00:10:00.000Z");
    expect(look("2026-05-12T02:00:00Z", 0)).toBe("2026-05-12T02:30:00.000Z");
    expect(look("2026-05-12T10:00:00Z", 0)).toBe("2026-05-12T11:00:00.000Z");
  });

  test("a whole batch is looked at once more within the hour, and then not until the next is due", () => {
    expect(look("2026-05-12T00:02:00Z", 1)).toBe("2026-05-12T00:45:00.000Z");
    expect(look("2026-05-12T06:00:00Z", 1)).toBe("2026-05-12T06:10:00.000Z");
    expect(look("2026-05-12T00:45:00Z", 2)).toBe("2026-05-13T00:02:00.000Z");
  });

  test("Friday's is followed by Monday's, also where New York has changed its clock", () => {
    expect(nextLook({ now: at("2026-10-30T01:00:00Z"), day: "2026-10-30", looks: 2 })).toBe(
      "2026-11-02T01:02:00.000Z",
    );
  });

  test("never beyond the next batch", () => {
    expect(look("2026-05-12T23:50:00Z", 0)).toBe("2026-05-13T00:02:00.000Z");
  });
});

describe("the other routes", () => {
  test("feed, sweep and census of a day", () => {
    expect(feedAt(day)).toBe("2026-05-12T04:35:00.000Z");
    expect(recordsAt(day)).toBe("2026-05-12T02:50:00.000Z");
    expect(censusAt(day)).toBe("2026-05-12T03:20:00.000Z");
  });

  test("the next one is that of today while its hour has not come", () => {
    expect(nextFeed(at("2026-05-12T04:00:00Z"))).toBe("2026-05-12T04:35:00.000Z");
    expect(nextFeed(at("2026-05-12T05:00:00Z"))).toBe("2026-05-13T04:35:00.000Z");
    expect(nextSweep(at("2026-05-15T05:00:00Z"))).toBe("2026-05-18T02:50:00.000Z");
    expect(nextCensus(at("2026-05-11T23:00:00Z"))).toBe("2026-05-12T03:20:00.000Z");
  });
});

test("after trouble: when the source says, or later and later up to an hour", () => {
  const now = at("2026-05-12T00:00:00Z");
  expect(retryAt(now, "2026-05-12T00:00:30.000Z", 9)).toBe("2026-05-12T00:00:30.000Z");
  expect(retryAt(now, null, 0)).toBe("2026-05-12T00:05:00.000Z");
  expect(retryAt(now, null, 2)).toBe("2026-05-12T00:20:00.000Z");
  expect(retryAt(now, null, 50)).toBe("2026-05-12T01:00:00.000Z");
});

test("days are counted over the ends of months", () => {
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});
