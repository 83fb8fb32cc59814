// The calendar of announcements: weekends, deferrals, years nobody entered, and the changes of the clock in US Eastern.

import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import {
  announcementDue,
  easternInstant,
  lastAnnouncement,
  nextAnnouncement,
} from "./arxiv-announcements.ts";
import { announcementDay } from "./arxiv-calendar.ts";

const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const due = (day: string) => announcementDue("cs.AI", day);
const none = (reason: string) => ({ state: "none", reason });

describe("a week without holidays", () => {
  test.each([
    ["Monday", "2026-08-10", { state: "due", at: "2026-08-10T00:00:00.000Z" }],
    ["Tuesday", "2026-08-11", { state: "due", at: "2026-08-11T00:00:00.000Z" }],
    ["Wednesday", "2026-08-12", { state: "due", at: "2026-08-12T00:00:00.000Z" }],
    ["Thursday", "2026-08-13", { state: "due", at: "2026-08-13T00:00:00.000Z" }],
    ["Friday", "2026-08-14", { state: "due", at: "2026-08-14T00:00:00.000Z" }],
    ["Saturday", "2026-08-15", none("weekend")],
    ["Sunday", "2026-08-16", none("weekend")],
  ])("%s", (_name, day, expected) => {
    expect(due(day)).toEqual(expected);
  });
});

describe("deferrals", () => {
  test("Thanksgiving evening (Thursday 26 November) leaves UTC Friday without announcement", () => {
    expect(due("2026-11-26")).toEqual({ state: "due", at: "2026-11-26T01:00:00.000Z" });
    expect(due("2026-11-27")).toEqual(none("deferral"));
    expect(due("2026-11-30")).toEqual({ state: "due", at: "2026-11-30T01:00:00.000Z" });
  });

  test("a Monday's leaves UTC Tuesday, a Friday's leaves UTC Monday without", () => {
    expect(due("2026-01-20")).toEqual(none("deferral"));
    expect(due("2026-06-22")).toEqual(none("deferral"));
    expect(due("2026-07-06")).toEqual(none("deferral"));
    expect(due("2026-06-19").state).toBe("due");
  });

  test("the end of the year", () => {
    const days = ["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"];
    expect(days.map((day) => due(day).state)).toEqual(["none", "due", "none", "due", "none"]);
  });
});

describe("what is not known", () => {
  test("a weekday of a year without published deferrals, not its weekend", () => {
    expect(due("2027-01-04")).toEqual({ state: "unknown", at: "2027-01-04T01:00:00.000Z" });
    expect(due("2027-01-09")).toEqual(none("weekend"));
    expect(due("2025-07-07").state).toBe("unknown");
  });

  test("another archive's category", () => {
    expect(announcementDue("biorxiv.ecology", "2026-08-12").state).toBe("unknown");
  });
});

describe("changes of the clock", () => {
  test.each([
    ["2026-03-06", "2026-03-06T01:00:00.000Z"],
    ["2026-03-09", "2026-03-09T00:00:00.000Z"],
    ["2026-10-30", "2026-10-30T00:00:00.000Z"],
    ["2026-11-02", "2026-11-02T01:00:00.000Z"],
  ])("the announcement of %s is at %s", (day, at) => {
    expect(due(day)).toEqual({ state: "due", at });
  });

  test.each([
    ["2026-03-08", 0, "2026-03-08T05:00:00.000Z"],
    ["2026-03-08", 14, "2026-03-08T18:00:00.000Z"],
    ["2026-11-01", 0, "2026-11-01T04:00:00.000Z"],
    ["2026-11-01", 14, "2026-11-01T19:00:00.000Z"],
  ])("%s %d:00 in New York is %s", (day, hour, instant) => {
    expect(easternInstant(day, hour)).toBe(instant);
  });

  test("minutes", () => {
    expect(easternInstant("2026-08-11", 22, 30)).toBe("2026-08-12T02:30:00.000Z");
  });
});

describe("next and last", () => {
  test("over a weekend and a deferral", () => {
    expect(nextAnnouncement("2026-11-26T01:00:00.000Z")).toEqual({
      day: "2026-11-30",
      at: "2026-11-30T01:00:00.000Z",
      certain: true,
    });
    expect(lastAnnouncement("2026-11-30T00:59:59.999Z")).toMatchObject({ day: "2026-11-26" });
    expect(lastAnnouncement("2026-11-30T01:00:00.000Z")).toMatchObject({ day: "2026-11-30" });
    expect(nextAnnouncement("2029-05-05T12:00:00.000Z")).toMatchObject({ day: "2029-05-07", certain: false });
  });

  test("nothing lies between the last and the next", () => {
    const range = {
      min: new Date("2026-01-06T00:00:00Z"),
      max: new Date("2026-12-20T00:00:00Z"),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        const now = date.toISOString();
        const [last, next] = [lastAnnouncement(now), nextAnnouncement(now)];
        expect(last.at <= now && now < next.at).toBe(true);
        expect(nextAnnouncement(last.at)).toEqual(next);
      }),
    );
  });
});

test("what is submitted is announced on a day that has an announcement, at most six days later", () => {
  const range = {
    min: new Date("2026-01-05T00:00:00Z"),
    max: new Date("2026-12-20T00:00:00Z"),
    noInvalidDate: true,
  };
  fc.assert(
    fc.property(fc.date(range), (submitted) => {
      const day = announcementDay(submitted.toISOString());
      const announced = due(day);
      expect(announced.state, day).toBe("due");
      if (announced.state !== "due") return;
      const wait = Date.parse(announced.at) - submitted.getTime();
      // From the cut-off at 14:00 it is six hours at least.
      expect(wait).toBeGreaterThanOrEqual(6 * 3_600_000);
      expect(wait).toBeLessThan(6 * 86_400_000);
    }),
    { numRuns: 500 },
  );
});

describe("deferrals that fall on any day", () => {
  const on = (...days: string[]) => ({ days: new Set(days), years: new Set(["2028"]) });

  test("a Sunday's mailing: what closed on Friday waits for Monday evening", () => {
    const christmasEve = on("2028-12-24");
    const isDue = (day: string) => announcementDue("cs.AI", day, christmasEve).state;
    // Friday noon, and Thursday after the cut-off; 25 December is a Monday, when UTC has no announcement then.
    expect(announcementDay("2028-12-22T15:00:00.000Z", christmasEve)).toBe("2028-12-26");
    expect(announcementDay("2028-12-21T20:00:00.000Z", christmasEve)).toBe("2028-12-26");
    expect(announcementDay("2028-12-21T15:00:00.000Z", christmasEve)).toBe("2028-12-22");
    expect(["2028-12-22", "2028-12-25", "2028-12-26"].map(isDue)).toEqual(["due", "none", "due"]);
  });

  test("a Sunday's and the Monday after it", () => {
    const both = on("2028-12-24", "2028-12-25");
    expect(announcementDay("2028-12-22T15:00:00.000Z", both)).toBe("2028-12-27");
    expect(announcementDue("cs.AI", "2028-12-26", both).state).toBe("none");
  });

  test("whatever is deferred, a paper is announced on a day with an announcement, and none overtakes another", () => {
    const dayIn2028 = fc.integer({ min: 20, max: 330 }).map((n) => addDays("2028-01-01", n));
    const submitted = fc.date({
      min: new Date("2028-01-15"),
      max: new Date("2028-12-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.array(dayIn2028, { maxLength: 60 }),
        submitted,
        fc.nat(9 * 86_400_000),
        (days, at, laterMs) => {
          const deferrals = on(...days);
          const day = announcementDay(at.toISOString(), deferrals);
          expect(announcementDue("cs.AI", day, deferrals).state).toBe("due");
          const after = announcementDay(new Date(at.getTime() + laterMs).toISOString(), deferrals);
          expect(after >= day).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("over each change of the clock for forty years, 20:00 in New York is 20:00 there", () => {
  const hour = new Intl.DateTimeFormat("en-GB", {
    timeZone: "America/New_York",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (let year = 2000; year < 2040; year++) {
    for (
      let day = `${year}-03-01`;
      day <= `${year}-11-12`;
      day = addDays(day, day.slice(5, 7) === "03" || day >= `${year}-10-25` ? 1 : 20)
    ) {
      const found = announcementDue("", day);
      if (found.state !== "none") expect(hour.format(new Date(found.at)), day).toBe("20:00");
    }
  }
});
