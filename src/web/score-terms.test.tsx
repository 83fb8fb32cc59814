import { expect, test } from "vitest";
import { describeTerm, TermBar } from "./score-terms.tsx";

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
  expect(describeTerm({ name: "something new", value: 1, points: 1 })).toBe("something new");
});
