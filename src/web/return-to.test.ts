import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { safeReturn } from "./return-to.ts";

describe("safeReturn", () => {
  test.each([
    ["/papers/2605.04101", "/papers/2605.04101"],
    ["/papers?q=a+b&next=%2F%2Fevil.test", "/papers?q=a+b&next=%2F%2Fevil.test"],
    ["/ok#https://evil.test", "/ok"],
    ["/a/../b", "/b"],
    ["/", "/"],
  ])("keeps %j as %j", (given, expected) => {
    expect(safeReturn(given)).toBe(expected);
  });

  test.each([
    undefined,
    "",
    "//evil.test/x",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    " //evil.test",
    "http:///evil.test",
    "https:evil.test",
    "https://papers.example.org.evil.test/",
    "https://papers.example.org@evil.test/",
    "javascript:alert(1)",
    "data:text/html,x",
    "%2F%2Fevil.test",
    "/..//evil.test",
    "/.//evil.test",
    `/${"a".repeat(600)}`,
  ])("leads %j to the front page", (given) => {
    expect(safeReturn(given)).toBe("/");
  });

  test("whatever is given, a browser stays here", () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\n",
      ".",
      "..",
      "@",
      ":",
      "evil.test",
      "https",
      "%2f",
      "#",
      "?",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const base = "https://papers.example.org";
        expect(new URL(safeReturn(parts.join("")), base).origin).toBe(base);
      }),
    );
  });
});
