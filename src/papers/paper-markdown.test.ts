import { expect, test } from "vitest";
import type { Paper } from "./paper.ts";
import { formatPaperMarkdown } from "./paper-markdown.ts";

const paper: Paper = {
  pk: 1,
  id: "2605.00001",
  title: "On $x$",
  titleText: "On <b>x</b>\n# and *y*",
  abstract: "",
  abstractText: "We prove it.\n\n# Not a heading\n[click](javascript:x)",
  abstractKind: "abstract",
  authors: Array.from({ length: 103 }, (_, i) => ({ name: `Author_${i}` })),
  year: 2026,
  publishedOn: "2026-05-04",
  updatedOn: "2026-05-09",
  venue: null,
  primaryCategory: "cs.CL",
  categories: ["cs.CL", "cs.LG"],
  versions: [],
  links: [
    { kind: "code", url: "https://github.com/a/b" },
    { kind: "site", url: "javascript:alert(1)" },
    { kind: "abstract", url: "https://arxiv.org/abs/2605.00001" },
  ],
  withdrawn: false,
  details: { comments: "12 pages", fieldSources: {} },
  changeNumber: 1,
};
const options = {
  identifiers: [
    { scheme: "arxiv" as const, value: "2605.00001" },
    { scheme: "doi" as const, value: "10.1000/x" },
  ],
  pageUrl: "https://papers.example.org/papers/2605.00001",
  votes: 7,
};

test("says what the page says, and what stands in the paper stays text", () => {
  const text = formatPaperMarkdown(paper, options);
  const lines = text.split("\n");
  expect(lines[0]).toBe("# On \\<b\\>x\\</b\\> # and \\*y\\*");
  expect(lines.filter((line) => line.startsWith("#"))).toEqual([lines[0], "## Abstract"]);
  expect(text).toContain("Author\\_99 and 3 more");
  expect(text).toContain("- Published: 2026-05-04\n- Updated: 2026-05-09\n- Categories: cs.CL, cs.LG");
  expect(text).toContain("- Votes: 7\n- Page: <https://papers.example.org/papers/2605.00001>\n");
  expect(text).toContain("- At: <https://doi.org/10.1000/x>\n- At: <https://arxiv.org/abs/2605.00001>\n");
  expect(text).toContain("- Code: <https://github.com/a/b>");
  expect(text).not.toMatch(/<javascript|[^\\]\]\(/);
  expect(text.endsWith("# Not a heading \\[click\\](javascript:x)\n")).toBe(true);
});

test("a summary is called one, a withdrawal is told first, what is missing is left out", () => {
  const bare: Paper = { ...paper, withdrawn: true, abstractKind: "summary", abstractText: "", authors: [] };
  const text = formatPaperMarkdown(bare, { ...options, votes: null });
  expect(text).toContain("\n\n**This paper has been withdrawn.**\n\n- Id: 2605.00001");
  expect(text).toContain("## Summary\n\nNo abstract is held.\n");
  expect(text).not.toContain("Votes");
});
