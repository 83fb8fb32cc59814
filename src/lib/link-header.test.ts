// Next pages as servers announce them; another server's address is none.
import { describe, expect, test } from "vitest";
import { findNextPage, parseLinkHeader } from "./link-header.ts";

const asked = "https://hub.test/api/daily_papers?date=2026-06-12";

test("several links with their relations", () => {
  const header = `</a?p=0,1>; rel="prev start", <https://x.test/b>;title="a, <b>; rel=no"; REL=Next , <c>`;
  expect(parseLinkHeader(header)).toEqual([
    { target: "/a?p=0,1", relations: ["prev", "start"] },
    { target: "https://x.test/b", relations: ["next"] },
    { target: "c", relations: [] },
  ]);
});

test.each([null, undefined, "", "nonsense", "<", `<${"a".repeat(10_000)}>; rel=next`])(
  "%j has none",
  (header) => {
    expect(parseLinkHeader(header)).toEqual([]);
  },
);

describe("the next page", () => {
  test.each([
    [
      `</api/daily_papers?p=1&date=2026-06-12>; rel="next"`,
      "https://hub.test/api/daily_papers?p=1&date=2026-06-12",
    ],
    [`<https://hub.test/x?p=2>; rel=next`, "https://hub.test/x?p=2"],
    [`<?p=3>; rel="last", <?p=1>; rel="next"`, "https://hub.test/api/daily_papers?p=1"],
  ])("%s", (header, next) => {
    expect(findNextPage(header, asked)).toBe(next);
  });

  test.each([
    `</x>; rel="prev"`,
    `<https://evil.test/x>; rel="next"`,
    `<//evil.test/x>; rel="next"`,
    `<javascript:alert(1)>; rel="next"`,
    `<http://hub.test/x>; rel="next"`,
    `<http://[>; rel="next"`,
  ])("%s leads nowhere", (header) => {
    expect(findNextPage(header, asked)).toBeNull();
  });
});
