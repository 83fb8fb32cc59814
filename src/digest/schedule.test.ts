import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { isTimeOfDay, isZone, localDay, localInstant } from "./local-time.ts";
import { dueDays, isPaused, type ReaderClock, type ReaderState, slotAt } from "./schedule.ts";

const iso = (ms: number) => new Date(ms).toISOString();
type Reader = ReaderState & ReaderClock;
const berlin: Reader = {
  zone: "Europe/Berlin",
  sendAt: "08:40",
  weekdays: "1234567",
  rhythm: "daily",
  confirmedAt: "2026-05-01T12:00:00.000Z",
  pausedUntil: null,
  clockSetAt: null,
  lastIssue: null,
  lastMadeAt: null,
};
const dueIssue = (reader: Reader, now: string, days: readonly string[]) =>
  dueDays(reader, now, days).at(-1) ?? null;
const week = ["2026-05-08", "2026-05-11", "2026-05-12", "2026-05-13"];

describe("the reader's clock", () => {
  test.each([
    ["Europe/Berlin", "2026-05-12", "08:40", "2026-05-12T06:40:00.000Z"],
    ["Europe/Berlin", "2026-01-12", "08:40", "2026-01-12T07:40:00.000Z"],
    ["Pacific/Auckland", "2026-05-13", "07:00", "2026-05-12T19:00:00.000Z"],
    ["Asia/Kathmandu", "2026-05-12", "00:00", "2026-05-11T18:15:00.000Z"],
    ["UTC", "2026-05-12", "23:59", "2026-05-12T23:59:00.000Z"],
    // Skipped in spring: as much later as the clock jumps.
    ["Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:30:00.000Z"],
    ["America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30:00.000Z"],
    // Twice in autumn: the first.
    ["Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"],
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00.000Z"],
    // Half an hour only, and a day that never was.
    ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00.000Z"],
  ])("%s %s %s", (zone, day, time, instant) => {
    expect(iso(localInstant(zone, day, time))).toBe(instant);
  });

  test("every time of every day exists, in order, in every zone", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Pacific/Auckland",
      "Asia/Kolkata",
      "Africa/Cairo",
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 1_200 }), fc.nat(23), (zone, offset, hour) => {
        const day = iso(Date.UTC(2025, 0, 1) + offset * 86_400_000).slice(0, 10);
        const time = `${String(hour).padStart(2, "0")}:30`;
        const at = localInstant(zone, day, time);
        expect(localDay(zone, at)).toBe(day);
        const next = localInstant(zone, iso(Date.parse(day) + 86_400_000).slice(0, 10), time);
        expect(next - at).toBeGreaterThanOrEqual(22.5 * 3_600_000);
        expect(next - at).toBeLessThanOrEqual(25.5 * 3_600_000);
      }),
    );
  });

  test("knows zones and times", () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta"]) {
      expect(isZone(zone)).toBe(true);
    }
    for (const zone of [
      "",
      "Mars/Base",
      "+02:00",
      "Europe/Berlin\r\n",
      "x".repeat(99),
      "../etc/localtime",
      "1",
    ]) {
      expect(isZone(zone)).toBe(false);
    }
    for (const time of ["00:00", "23:59", "08:40"]) expect(isTimeOfDay(time)).toBe(true);
    for (const time of ["24:00", "8:40", "08:60", "", "08:40:00", "ab:cd", "08:40\n"]) {
      expect(isTimeOfDay(time)).toBe(false);
    }
  });
});

describe("dueIssue", () => {
  test("the day's edition at the reader's time, not before", () => {
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-11" }, "2026-05-12T06:39:59.999Z", week)).toBeNull();
    expect(dueIssue(berlin, "2026-05-12T06:40:00.000Z", week)).toBe("2026-05-12");
  });

  test("once", () => {
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-12" }, "2026-05-12T06:41:00.000Z", week)).toBeNull();
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-12" }, "2026-05-13T06:40:00.000Z", week)).toBe(
      "2026-05-13",
    );
  });

  test("no edition, no letter; a late one is sent when it comes, until the next slot", () => {
    const sunday = "2026-05-10T09:00:00.000Z";
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-08" }, sunday, week)).toBeNull();
    const before = week.filter((day) => day !== "2026-05-12");
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-11" }, "2026-05-12T08:00:00.000Z", before)).toBeNull();
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-11" }, "2026-05-12T09:00:00.000Z", week)).toBe(
      "2026-05-12",
    );
    expect(dueIssue({ ...berlin, lastIssue: "2026-05-11" }, "2026-05-13T06:39:00.000Z", before)).toBeNull();
  });

  test("old editions are no news", () => {
    expect(dueIssue(berlin, "2026-06-01T09:00:00.000Z", week)).toBeNull();
  });

  test("who confirms after today's time begins with the next issue", () => {
    const late = { ...berlin, confirmedAt: "2026-05-12T06:50:00.000Z" };
    expect(dueIssue(late, "2026-05-12T10:00:00.000Z", week)).toBeNull();
    expect(dueIssue(late, "2026-05-13T06:40:00.000Z", week)).toBe("2026-05-13");
    const early = { ...berlin, confirmedAt: "2026-05-12T06:30:00.000Z" };
    expect(dueIssue(early, "2026-05-12T06:40:00.000Z", week)).toBe("2026-05-12");
  });

  test("far zones: the edition of the UTC day that it is then", () => {
    const auckland = { ...berlin, zone: "Pacific/Auckland", sendAt: "07:00" };
    expect(dueIssue(auckland, "2026-05-12T19:00:00.000Z", week)).toBe("2026-05-12");
    const pacific = { ...berlin, zone: "America/Los_Angeles", sendAt: "20:00" };
    expect(dueIssue(pacific, "2026-05-13T03:00:00.000Z", week)).toBe("2026-05-13");
  });

  test("weekdays: the day of letters brings what came out since the one before", () => {
    const reader = {
      ...berlin,
      weekdays: "15",
      lastIssue: "2026-05-08",
      lastMadeAt: "2026-05-08T06:40:01.000Z",
    };
    const days = [...week, "2026-05-09", "2026-05-14", "2026-05-15"].sort();
    expect(dueDays(reader, "2026-05-10T12:00:00.000Z", days)).toEqual([]);
    expect(dueDays(reader, "2026-05-11T06:40:00.000Z", days)).toEqual(["2026-05-09", "2026-05-11"]);
    const later = { ...reader, lastIssue: "2026-05-11", lastMadeAt: "2026-05-11T06:40:01.000Z" };
    expect(dueDays(later, "2026-05-14T12:00:00.000Z", days)).toEqual([]);
    expect(dueDays(later, "2026-05-15T06:40:00.000Z", days)).toEqual([
      "2026-05-12",
      "2026-05-13",
      "2026-05-14",
      "2026-05-15",
    ]);
  });

  test("weekly: on the first of the days, with the week's editions", () => {
    const reader: Reader = { ...berlin, weekdays: "24", rhythm: "weekly" };
    expect(dueDays(reader, "2026-05-12T06:40:00.000Z", week)).toEqual([
      "2026-05-08",
      "2026-05-11",
      "2026-05-12",
    ]);
    const served = { ...reader, lastIssue: "2026-05-12", lastMadeAt: "2026-05-12T06:40:00.000Z" };
    expect(dueDays(served, "2026-05-14T06:40:00.000Z", week)).toEqual([]);
    expect(dueDays(served, "2026-05-19T06:40:00.000Z", week)).toEqual(["2026-05-13"]);
  });

  test("a pause sends nothing until its day, and old editions are no news after it", () => {
    const paused = {
      ...berlin,
      pausedUntil: "2026-05-13",
      lastIssue: "2026-05-04",
      lastMadeAt: "2026-05-04T06:40:00.000Z",
    };
    expect(dueDays(paused, "2026-05-12T06:40:00.000Z", week)).toEqual([]);
    // The day of the end begins by the reader's clock; the slot before it stays paused.
    expect(dueDays(paused, "2026-05-13T06:39:00.000Z", week)).toEqual([]);
    expect(dueDays(paused, "2026-05-13T06:40:00.000Z", week)).toEqual([
      "2026-05-11",
      "2026-05-12",
      "2026-05-13",
    ]);
    expect(isPaused(paused, "2026-05-12T21:59:59.000Z")).toBe(true);
    expect(isPaused(paused, "2026-05-12T22:00:00.000Z")).toBe(false);
    expect(isPaused({ zone: "Mars/Base", pausedUntil: "2999-01-01" }, "2026-05-12T22:00:00.000Z")).toBe(
      false,
    );
  });

  test("who confirms again is owed nothing of before", () => {
    const again = {
      ...berlin,
      lastIssue: "2026-05-08",
      lastMadeAt: "2026-05-08T06:40:00.000Z",
      confirmedAt: "2026-05-12T12:00:00.000Z",
    };
    expect(dueDays(again, "2026-05-12T13:00:00.000Z", week)).toEqual([]);
    expect(dueDays(again, "2026-05-13T06:40:00.000Z", week)).toEqual(["2026-05-13"]);
  });

  test("another hour counts from the next slot, twelve hours from the last letter, and loses no edition", () => {
    const set: Reader = {
      ...berlin,
      sendAt: "12:00",
      clockSetAt: "2026-05-12T07:00:00.000Z",
      lastIssue: "2026-05-11",
      lastMadeAt: "2026-05-12T06:40:00.000Z",
    };
    expect(dueDays(set, "2026-05-12T07:01:00.000Z", week)).toEqual([]);
    expect(dueDays(set, "2026-05-12T10:00:00.000Z", week)).toEqual([]);
    expect(dueDays(set, "2026-05-13T10:00:00.000Z", week)).toEqual(["2026-05-12", "2026-05-13"]);
    const evening = { ...set, sendAt: "21:00" };
    expect(dueDays(evening, "2026-05-12T19:00:00.000Z", week)).toEqual(["2026-05-12"]);
  });

  test("a broken row is skipped, not thrown", () => {
    expect(dueIssue({ ...berlin, zone: "Mars/Base" }, "2026-05-12T09:00:00.000Z", week)).toBeNull();
    expect(dueIssue({ ...berlin, sendAt: "25:99" }, "2026-05-12T09:00:00.000Z", week)).toBeNull();
    for (const weekdays of ["", "8", "0", "12x"])
      expect(dueIssue({ ...berlin, weekdays }, "2026-05-12T09:00:00.000Z", week)).toBeNull();
  });

  test("over the days when clocks change every edition comes once, at every hour, in every zone", () => {
    // Three days before each change, three after.
    const changes: [string, string[]][] = [
      ["Europe/Berlin", ["2026-10-22", "2027-03-25"]],
      ["America/New_York", ["2026-10-29", "2027-03-11"]],
      ["Pacific/Auckland", ["2026-09-24", "2027-04-01"]],
    ];
    const count = 6;
    for (const [zone, firsts] of changes) {
      for (const first of firsts) {
        for (const sendAt of ["00:30", "01:30", "02:30", "12:00", "23:30"]) {
          const issues = simulate({ ...berlin, zone, sendAt }, first, count);
          expect(new Set(issues).size, `${zone} ${sendAt}: ${issues}`).toBe(issues.length);
          // An hour less or more around UTC midnight may leave the first or last to the next letter; none between them is lost.
          expect(issues.length, `${zone} ${sendAt}: ${issues}`).toBeGreaterThanOrEqual(count - 1);
          expect(Date.parse(issues.at(-1)!) - Date.parse(issues[0]!)).toBe((issues.length - 1) * 86_400_000);
        }
      }
    }
  });
});

/** Asks every half hour for `count` days and notes the issues. */
function simulate(reader: Reader, first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  const editionDays = Array.from({ length: count + 4 }, (_, i) =>
    iso(start + (i - 2) * 86_400_000).slice(0, 10),
  );
  const issues: string[] = [];
  let lastIssue: string | null = null;
  let lastMadeAt: string | null = null;
  let lastSlot = "";
  for (let at = start; at < start + count * 86_400_000; at += 1_800_000) {
    const due: string[] = dueDays({ ...reader, lastIssue, lastMadeAt }, iso(at), editionDays);
    if (due.length === 0) continue;
    const slot = slotAt(reader, iso(at))!.at;
    expect(slot).not.toBe(lastSlot);
    lastSlot = slot;
    lastIssue = due.at(-1)!;
    lastMadeAt = iso(at);
    issues.push(...due);
  }
  return issues;
}
