// Dates as feeds, archives and bibliographies write them; impossible ones are nothing, or as much as is sure.

import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { formatDay, monthOf, parseInstant, parsePartialDate } from "./written-date.ts";

describe("instants", () => {
  test.each([
    ["Wed, 25 Jun 2008 15:29:38 GMT", "2008-06-25T15:29:38.000Z", "2008-06-25"],
    ["Wed, 29 Jul 2026 00:00:00 -0400", "2026-07-29T04:00:00.000Z", "2026-07-29"],
    ["Sat, 21 Nov 2026 00:00:00 EST", "2026-11-21T05:00:00.000Z", "2026-11-21"],
    ["Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59.999Z", "2016-12-31"],
    ["Mon, 02 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42.000Z", "2007-04-02"],
    ["3 Jun 03 09:39 UT", "2003-06-03T09:39:00.000Z", "2003-06-03"],
    ["Tue, 1 Jan 85 00:00:00 GMT", "1985-01-01T00:00:00.000Z", "1985-01-01"],
    ["2026-06-11T17:59:49Z", "2026-06-11T17:59:49.000Z", "2026-06-11"],
    ["2021-05-20T22:40:55-07:00", "2021-05-21T05:40:55.000Z", "2021-05-20"],
    ["2026-11-21T21:16:00.922295+00:00", "2026-11-21T21:16:00.922Z", "2026-11-21"],
    ["2016-03-22 04:55:27", "2016-03-22T04:55:27.000Z", "2016-03-22"],
    ["2016-01-07-08:00", "2016-01-07T00:00:00.000Z", "2016-01-07"],
    ["2024-05-22", "2024-05-22T00:00:00.000Z", "2024-05-22"],
    ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z", "2016-12-31"],
  ])("%s", (text, instant, day) => {
    expect(parseInstant(text)).toEqual({ instant, day });
  });

  test.each([
    "",
    "yesterday",
    "2024-02-30",
    "2024-13-01T00:00:00Z",
    "2024-01-01T25:00:00Z",
    "Wed, 31 Feb 2026 00:00:00 GMT",
    "Wed, 12 Foo 2026 00:00:00 GMT",
    "Wed, 12 Aug 2026 00:00:00 QQQ",
    "2024-01-01T00:00:00+99:00",
    "0000-01-01",
    "9".repeat(100),
  ])("%j is none", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test("every instant is read back from its own ISO and RFC 822 form", () => {
    const range = { min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        const second = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(parseInstant(date.toISOString())?.instant).toBe(date.toISOString());
        expect(parseInstant(second.toUTCString())?.instant).toBe(second.toISOString());
        // Without the zone it is read the long way.
        const long = second.toUTCString().replace(" GMT", "");
        expect(parseInstant(long)).toEqual(parseInstant(second.toUTCString()));
      }),
    );
  });
});

describe("partial dates", () => {
  test.each([
    ["2014", { year: 2014 }],
    ["2014//", { year: 2014 }],
    ["1948/07//", { year: 1948, month: 7 }],
    ["2026/06/11/", { year: 2026, month: 6, day: 11 }],
    ["2016-01-07-08:00", { year: 2016, month: 1, day: 7 }],
    ["2010 Sep-Oct", { year: 2010, month: 9 }],
    ["May 21 2021 12:00:00:000AM", { year: 2021, month: 5, day: 21 }],
    ["21st May 2021", { year: 2021, month: 5, day: 21 }],
    ["Summer 1998", { year: 1998 }],
    ["2024-02-30", { year: 2024, month: 2 }],
    ["2024-17-03", { year: 2024 }],
  ])("%s", (text, date) => {
    expect(parsePartialDate(text)).toEqual(date);
  });

  test.each(["", "in press", "12/05/98", "99999"])("%j has no year", (text) => {
    expect(parsePartialDate(text)).toBeNull();
  });

  test("a day only when it exists", () => {
    expect(formatDay({ year: 2024, month: 2, day: 29 })).toBe("2024-02-29");
    expect(formatDay({ year: 2023, month: 2, day: 29 })).toBeNull();
    expect(formatDay({ year: 2023, month: 2 })).toBeNull();
  });

  test("months by name", () => {
    expect(monthOf("Marzo")).toBe(3);
    expect(monthOf("summary")).toBeUndefined();
    expect(monthOf("")).toBeUndefined();
  });
});
