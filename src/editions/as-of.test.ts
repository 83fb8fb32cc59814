import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { parseAsOf } from "./as-of.ts";

const now = "2026-06-01T12:00:00.000Z";

describe("parseAsOf", () => {
  test.each([
    ["2026-05-12T10:00:00Z", "2026-05-12T10:00:00.000Z"],
    ["2026-05-12T10:00Z", "2026-05-12T10:00:00.000Z"],
    ["2026-05-12T10:00:00.5Z", "2026-05-12T10:00:00.500Z"],
    ["2026-05-12T10:00:00+02:00", "2026-05-12T08:00:00.000Z"],
    ["2026-05-12", "2026-05-12T00:00:00.000Z"],
    [now, now],
  ])("%s", (text, asOf) => {
    expect(parseAsOf(text, now)).toEqual({ asOf });
  });

  test.each([
    "",
    "yesterday",
    "2026-02-30",
    "2026-02-30T10:00:00Z",
    "2026-05-12T25:00:00Z",
    "2026-05-12T10:00:00",
    "2026-05-12 10:00:00Z",
    "2026-05-12T10:00:00Z ",
    "2026-05-12T10:00:00+99:99",
    "20260512",
    "2026-W20",
  ])("%j is none", (text) => {
    expect(parseAsOf(text, now)).toEqual({ wrong: "is no time" });
  });

  test("what has not come yet is told apart", () => {
    expect(parseAsOf("2026-06-01T12:00:01Z", now)).toEqual({ wrong: "has not come yet" });
  });

  test("any text gives an instant that is not later than now, or words", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map(String)), (text) => {
        const read = parseAsOf(text, now);
        if ("asOf" in read) expect(read.asOf <= now).toBe(true);
        else expect(read.wrong).not.toBe("");
      }),
    );
  });
});
