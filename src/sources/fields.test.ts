import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import * as fields from "./fields.ts";

describe("readDay and readInstant", () => {
  test.each([
    ["2026-05-11", "2026-05-11"],
    ["2026-05-11T23:59:59.000Z", "2026-05-11"],
    ["2024-02-29", "2024-02-29"],
    ["2026-02-29", undefined],
    ["2026-13-45", undefined],
    ["2026-5-1", undefined],
    ["2026-05-11 or so", undefined],
    ["", undefined],
    [20260511, undefined],
    [null, undefined],
  ])("the day of %j is %j", (value, day) => expect(fields.readDay(value)).toBe(day));

  test.each([
    ["2026-05-11T00:30:02.362Z", "2026-05-11T00:30:02.362Z"],
    ["2026-05-11T00:30:02Z", "2026-05-11T00:30:02.000Z"],
    ["2026-05-11T00:30:02+02:00", "2026-05-10T22:30:02.000Z"],
    ["2026-05-11", undefined],
    ["2026-05-11T00:30:02", undefined],
    ["2026-02-30T00:30:02Z", undefined],
    ["2026-05-11T25:00:00Z", undefined],
    [{}, undefined],
  ])("the instant of %j is %j", (value, instant) => expect(fields.readInstant(value)).toBe(instant));

  test("every real instant comes back as it was", () => {
    const dates = fc.date({ min: new Date("1900-01-01"), max: new Date("2199-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(fields.readInstant(date.toISOString())).toBe(date.toISOString());
        expect(fields.readDay(date.toISOString())).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });
});

describe("readAddress", () => {
  test.each([
    ["https://github.com/a/b", "https://github.com/a/b"],
    [" http://x.test/a b ", "http://x.test/a%20b"],
    ["github.com/a/b", "https://github.com/a/b"],
    ["www.example.org", "https://www.example.org"],
    ["https://a.test/1; https://b.test/2", "https://a.test/1"],
    ["javascript:alert(1)", undefined],
    ["data:text/html,x", undefined],
    ["java\tscript:alert(1)", undefined],
    ["https://user:secret@x.test/", undefined],
    ["https://", undefined],
    ["//x.test/", undefined],
    ["this URL", undefined],
    ["owner/name", undefined],
    [`https://x.test/${"y".repeat(2_100)}`, undefined],
    [7, undefined],
  ])("%j gives %j", (value, address) => expect(fields.readAddress(value)).toBe(address));

  test("whatever is accepted is an http(s) address", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: "binary" })), (value) => {
        const address = fields.readAddress(value);
        if (address !== undefined) expect(["http:", "https:"]).toContain(new URL(address).protocol);
      }),
    );
  });
});

describe("numbers and texts", () => {
  test("years and counts in their bounds", () => {
    expect([2024, "2024", 1399, 2201, 2024.5, "24", null].map(fields.readYear)).toEqual([
      2024,
      2024,
      ...Array(5).fill(undefined),
    ]);
    expect([0, 7, -1, 1.5, "7", Number.MAX_VALUE].map(fields.readCount)).toEqual([
      0,
      7,
      ...Array(4).fill(undefined),
    ]);
  });

  test("titles and abstracts up to their limits", () => {
    expect(fields.readTitle("x".repeat(5_000))).toHaveLength(5_000);
    expect(fields.isRefusal(fields.readTitle("x".repeat(5_001)))).toBe(true);
    expect(fields.readAbstract("x".repeat(200_000))).toHaveLength(200_000);
    expect(fields.isRefusal(fields.readAbstract("x".repeat(200_001)))).toBe(true);
    expect(fields.readAbstract(" ")).toBeUndefined();
  });

  test("an id must be text", () => {
    expect(fields.readId(" 0704.0001 ", "id")).toBe("0704.0001");
    expect(fields.readId(704.0001, "id")).toEqual({
      refused: "its id is a number, which loses zeros; it must be text",
    });
    expect(fields.readId(true, "id")).toEqual({ refused: "it has no id" });
  });

  test("identifiers are added once, and only of the schemes asked for", () => {
    const identifiers: Parameters<typeof fields.addIdentifier>[0] = [];
    for (const value of ["10.1000/A", "https://doi.org/10.1000/a", "2605.04101", 12, null])
      fields.addIdentifier(identifiers, value, ["doi"]);
    expect(identifiers).toEqual([{ scheme: "doi", value: "10.1000/a" }]);
  });
});
