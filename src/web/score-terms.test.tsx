import { expect, test } from "vitest";
import { describeTerm, formatPart, formatPoints, formatTermValue, TermBar } from "./score-terms.tsx";

test.each([
  [40, 60],
  [-40, 60],
  [-400, 120],
  [0, 0],
])("%d of 80 points are %d pixels", (points, width) => {
  const bar = String(<TermBar term={{ name: "votes", value: 1, points }} score={80} />);
  expect(bar).toContain(`width="${width}"`);
});

test("a score of nothing has no bars, and every term has words", () => {
  expect(String(<TermBar term={{ name: "votes", value: 1, points: 0 }} score={0} />)).toContain('width="0"');
  expect(describeTerm({ name: "share of submitter", value: 0.5, points: -3 })).toContain("one submitter");
  expect(describeTerm({ name: "something new", value: 1, points: 1 })).toBe("Something new");
});

test.each([
  ["votes", 1_250, "1,250"],
  ["submitted", 1, ""],
  ["estimate", 0.8345, "+0.83"],
  ["estimate", -0.8345, "−0.83"],
  ["share of submitter", 0.5, "50 %"],
  ["stars", 12.345, "12.35"],
  ["field", 0.5, "0.5"],
])("%s %d is written %j", (name, value, text) => {
  expect(formatTermValue({ name, value, points: 1 })).toBe(text);
});

test("points and parts have a true minus, and nothing is nothing", () => {
  expect([formatPoints(-3.254), formatPoints(1_000), formatPoints(0.001)]).toEqual(["−3.25", "1,000", "0"]);
  expect([formatPart(0.96), formatPart(-0.04)]).toEqual(["96 %", "−4.0 %"]);
});
