import { describe, expect, test } from "vitest";
import { formatPause, formatWhen, type GivenWishes, parseWishes } from "./wishes.ts";

const given: GivenWishes = {
  zone: "Europe/Berlin",
  sendAt: "08:40",
  weekdays: "54321",
  rhythm: "daily",
  pausedUntil: "2026-06-01",
  papers: "20",
  ownShare: "30",
};
const today = () => "2026-05-12";
const parse = (changes: Partial<GivenWishes>) => parseWishes({ ...given, ...changes }, today);

describe("wishes", () => {
  test("are taken as columns, days in order", () => {
    expect(parse({})).toEqual({
      wishes: {
        zone: "Europe/Berlin",
        send_at: "08:40",
        weekdays: "12345",
        rhythm: "daily",
        paused_until: "2026-06-01",
        papers: 20,
        own_share: 30,
      },
    });
    expect(parse({ weekdays: "7717" })).toMatchObject({ wishes: { weekdays: "17" } });
  });

  test("a pause that ends today or ended before is none", () => {
    for (const pausedUntil of ["", "2026-05-12", "2020-01-01"])
      expect(parse({ pausedUntil })).toMatchObject({ wishes: { paused_until: null } });
  });

  test.each<[keyof GivenWishes, string[]]>([
    ["zone", ["", "Mars/Base", "+02:00"]],
    ["sendAt", ["", "24:00", "8:40"]],
    ["weekdays", ["", "8", "1,2", "x".repeat(100)]],
    ["rhythm", ["", "hourly", "DAILY"]],
    ["pausedUntil", ["tomorrow", "2026-02-30", "2026-13-01", "2028-01-01", "9999-99-99"]],
    ["papers", ["", "4", "31", "12.5", "-5", "1e1", "00005"]],
    ["ownShare", ["", "101", "-1", "a"]],
  ])("%s: what cannot be is said at its field alone", (name, values) => {
    for (const value of values) {
      const result = parse({ [name]: value });
      expect("problems" in result && Object.keys(result.problems), value).toEqual([name]);
    }
  });

  test("in words", () => {
    const when = (weekdays: string, rhythm = "daily") =>
      formatWhen({ zone: "UTC", send_at: "09:00", weekdays, rhythm });
    expect(when("1234567")).toBe("every day at 09:00 (UTC)");
    expect(when("12345")).toBe("Monday to Friday at 09:00 (UTC)");
    expect(when("67")).toBe("on Saturday and Sunday at 09:00 (UTC)");
    expect(when("135")).toBe("on Monday, Wednesday and Friday at 09:00 (UTC)");
    expect(when("3")).toBe("on Wednesday at 09:00 (UTC)");
    expect(when("345", "weekly")).toBe("once a week, on Wednesday, at 09:00 (UTC)");
    expect(formatPause("2027-01-07", "2027-01-06")).toBe("No letter before 7 January 2027.");
    expect(formatPause("2027-01-07", "2027-01-07")).toBe("");
    expect(formatPause(null, "2027-01-07")).toBe("");
  });
});
