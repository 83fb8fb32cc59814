// arXiv's published timetable, its deferrals and the two clock changes of a year.
import { expect, test } from "vitest";
import { batchOf, listBatches } from "./calendar.ts";
import { easternDay, easternInstant, easternOffset } from "./eastern.ts";

const dayOfSubmission = (instant: string, options = {}) => {
  const batches = listBatches({ from: "2026-01-01", until: "2026-12-31", ...options });
  return batches[batchOf(batches, new Date(instant))]?.day;
};

test.each([
  // 14:00 Eastern is 18:00 UTC in summer.
  ["Tuesday before the cut-off", "2026-08-11T17:59:59Z", "2026-08-12"],
  ["Tuesday at the cut-off", "2026-08-11T18:00:00Z", "2026-08-13"],
  ["Thursday after the cut-off", "2026-08-13T18:00:00Z", "2026-08-17"],
  ["Friday before the cut-off: Sunday evening, Monday's edition", "2026-08-14T17:59:59Z", "2026-08-17"],
  ["Friday after the cut-off", "2026-08-14T18:00:00Z", "2026-08-18"],
  ["Sunday", "2026-08-16T12:00:00Z", "2026-08-18"],
  // 19:00 UTC in winter.
  ["winter, before the cut-off", "2026-01-13T18:59:59Z", "2026-01-14"],
])("%s", (_name, submittedAt, day) => {
  expect(dayOfSubmission(submittedAt)).toBe(day);
});

test("a deferred day joins the next; a deferred Friday leaves Sunday evening empty", () => {
  const deferrals = ["2026-11-26", "2026-07-03"];
  expect(dayOfSubmission("2026-11-26T12:00:00Z", { deferrals })).toBe("2026-11-30");
  expect(dayOfSubmission("2026-07-03T12:00:00Z", { deferrals })).toBe("2026-07-07");
  expect(listBatches({ from: "2026-07-01", until: "2026-07-08", deferrals }).map(({ day }) => day)).toEqual([
    "2026-07-01",
    "2026-07-02",
    "2026-07-03",
    "2026-07-07",
    "2026-07-08",
  ]);
});

test("20:00 in New York is 00:00 UTC in summer and 01:00 in winter, and the listing is dated by that UTC day", () => {
  const due = listBatches({ from: "2026-10-29", until: "2026-11-03" }).map(({ dueAt }) =>
    dueAt.toISOString(),
  );
  expect(due).toEqual([
    "2026-10-29T00:00:00.000Z",
    "2026-10-30T00:00:00.000Z",
    "2026-11-02T01:00:00.000Z",
    "2026-11-03T01:00:00.000Z",
  ]);
});

test("lateness moves the publication, not what is due", () => {
  const [batch] = listBatches({ from: "2026-08-12", until: "2026-08-12", late: { "2026-08-12": 90 } });
  expect(batch?.publishedAt.getTime()).toBe(batch!.dueAt.getTime() + 90 * 60_000);
});

test("Eastern time agrees with the system's over two years of hours", () => {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: "America/New_York",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" });
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 3_600_000) {
    const instant = new Date(at);
    const hour = (instant.getUTCHours() + 24 - easternOffset(instant)) % 24;
    expect(hour).toBe(Number(format.format(instant)));
    expect(easternDay(instant)).toBe(day.format(instant));
  }
  expect(easternInstant("2026-03-08", 14).toISOString()).toBe("2026-03-08T18:00:00.000Z");
  expect(easternInstant("2026-11-01", 14).toISOString()).toBe("2026-11-01T19:00:00.000Z");
});
