import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { formatAddress, safeHref } from "./safe-href.ts";

describe("safeHref", () => {
  test.each([
    ["https://arxiv.org/abs/2605.00658", "https://arxiv.org/abs/2605.00658"],
    ["http://example.org", "http://example.org/"],
    ["HTTPS://EXAMPLE.org/a b", "https://example.org/a%20b"],
    // Cyrillic а: the look-alike must be seen for what it is.
    ["https://\u0430rxiv.org/abs/1", "https://xn--rxiv-43d.org/abs/1"],
    ['https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"],
  ])("gives %s as %s", (given, expected) => {
    expect(safeHref(given)).toBe(expected);
  });

  test.each([
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.test/",
    "/papers/1",
    "github.com/a/b",
    "https://user:secret@example.org/",
    "https://user@example.org/",
    "https://",
    "",
    `https://example.org/${"x".repeat(3000)}`,
  ])("refuses %j", (given) => {
    expect(safeHref(given)).toBeUndefined();
  });

  test("whatever comes in, what goes out begins with http", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: "binary" })), (text) => {
        const href = safeHref(text);
        expect(href === undefined || /^https?:\/\/[^@<>"\s]+$/.test(href.replace(/@/g, ""))).toBe(true);
      }),
    );
  });
});

test("formatAddress drops what a reader does not need", () => {
  expect(formatAddress("https://www.github.com/owner/name/")).toBe("github.com/owner/name");
  expect(formatAddress("https://example.org/")).toBe("example.org");
});
