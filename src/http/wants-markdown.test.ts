import { expect, test } from "vitest";
import { wantsMarkdown } from "./wants-markdown.ts";

test.each([
  [true, "text/markdown"],
  [true, "text/markdown, text/html, */*"],
  [true, "Text/Markdown;q=0.9, text/html;q=0.5"],
  [false, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
  [false, "text/html, text/markdown;q=0.5"],
  [false, "text/markdown;q=0"],
  [false, "text/markdown;q=x"],
  [false, "*/*"],
  [false, ""],
  [false, undefined],
])("%s for %s", (expected, accept) => {
  expect(wantsMarkdown(accept)).toBe(expected);
});
