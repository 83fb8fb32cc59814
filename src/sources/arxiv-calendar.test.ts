import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { announcementDay } from "./arxiv-calendar.ts";
import { publishedDeferrals } from "./arxiv-deferrals.ts";

describe("announcementDay", () => {
  test.each([
    // Summer: 14:00 Eastern is 18:00 UTC. Winter: 19:00 UTC.
    ["Monday before the cut-off", "2026-05-11T17:59:59.000Z", "2026-05-12"],
    ["Monday at the cut-off", "2026-05-11T18:00:00.000Z", "2026-05-13"],
    ["winter, before", "2026-01-13T18:59:59.000Z", "2026-01-14"],
    ["winter, after", "2026-01-13T19:00:00.000Z", "2026-01-15"],
    ["Thursday before: announced that evening, Friday's edition", "2026-05-14T12:00:00.000Z", "2026-05-15"],
    ["Thursday after: Sunday evening, Monday's edition", "2026-05-14T18:00:00.000Z", "2026-05-18"],
    ["Friday before: Sunday evening", "2026-05-15T17:59:59.000Z", "2026-05-18"],
    ["Friday after: Monday evening", "2026-05-15T18:00:00.000Z", "2026-05-19"],
    ["Saturday", "2026-05-16T10:00:00.000Z", "2026-05-19"],
    ["Sunday", "2026-05-17T23:00:00.000Z", "2026-05-19"],
    ["late on Sunday in UTC is still Sunday there", "2026-05-18T03:00:00.000Z", "2026-05-19"],
    ["the day the clocks go forward (8 March 2026)", "2026-03-09T17:59:59.000Z", "2026-03-10"],
    ["the day after they go back (1 November 2026)", "2026-11-02T18:59:59.000Z", "2026-11-03"],
    ["a Monday holiday waits for Tuesday", "2026-01-17T12:00:00.000Z", "2026-01-21"],
    ["Thanksgiving waits for Sunday", "2026-11-25T20:00:00.000Z", "2026-11-30"],
    ["a Friday holiday waits for Monday", "2026-07-02T20:00:00.000Z", "2026-07-07"],
    ["two holidays at the end of the year", "2026-12-30T20:00:00.000Z", "2027-01-04"],
    ["long ago", "1993-08-04T12:00:00.000Z", "1993-08-05"],
  ])("%s", (_name, submittedAt, day) => expect(announcementDay(submittedAt)).toBe(day));

  test("is a Monday to Friday, later than the submission, within eight days, and never goes back in time", () => {
    const instant = fc.date({
      min: new Date("2000-01-01"),
      max: new Date("2040-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 10 * 86_400_000 }), (date, laterMs) => {
        const day = announcementDay(date.toISOString());
        expect([1, 2, 3, 4, 5]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
        const waitMs = Date.parse(`${day}T01:00:00Z`) - date.getTime();
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThan(8 * 86_400_000);
        expect(announcementDay(new Date(date.getTime() + laterMs).toISOString()) >= day).toBe(true);
      }),
    );
  });

  test("an hour met before says the same as one counted anew", () => {
    const range = { min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        const instant = date.toISOString();
        const anew = announcementDay(instant, { ...publishedDeferrals });
        expect([announcementDay(instant), announcementDay(instant)]).toEqual([anew, anew]);
      }),
    );
  });
});
