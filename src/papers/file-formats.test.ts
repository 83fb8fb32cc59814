import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";
import { Cite } from "@citation-js/core";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { formatCell } from "./csv.ts";
import { paperFileFormats } from "./file-formats.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { Identifier, Paper } from "./paper.ts";

const paper = (given: Partial<Paper> = {}): Paper =>
  ({
    pk: 1,
    id: "2605.00001",
    title: "On Counting",
    titleText: "On Counting",
    abstract: "We count.",
    abstractText: "We count.",
    abstractKind: "abstract",
    authors: [{ name: "Ada Lovelace", given: "Ada", family: "Lovelace" }],
    categories: ["cs.CL", "math.CO"],
    primaryCategory: "cs.CL",
    year: 2026,
    publishedOn: "2026-05-12",
    updatedOn: null,
    venue: null,
    withdrawn: false,
    versions: [],
    links: [],
    details: {},
    changeNumber: 7,
    ...given,
  }) as Paper;

const arxiv: Identifier[] = [{ scheme: "arxiv", value: "2605.00001" }];

function fileOf(name: keyof typeof paperFileFormats, papers: readonly Paper[]): string {
  const writer = paperFileFormats[name].openWriter();
  return writer.begin + papers.map((each) => writer.next(each, arxiv)).join("") + writer.end;
}

const hostile = [
  '=HYPERLINK("http://evil.test","x")',
  "+cmd|' /C calc'!A0",
  "@BENCH: a title",
  "50% & $cost_{x}$ #1 ~ ^",
  "@comment{ x",
  '"quoted", with\na line',
  "<script>alert(1)</script> [x](javascript:alert(1)) `c` | https://evil.test",
];

describe("CSV", () => {
  test("an outside reader reads every title back, formulas as text", () => {
    const rows = parse(
      fileOf(
        "csv",
        hostile.map((titleText) => paper({ titleText })),
      ),
      { columns: true },
    );
    const titles = (rows as { title: string }[]).map(({ title }) => title);
    expect(titles).toEqual(
      hostile.map((title) => (/^[=+@]/.test(title) ? `'${title}` : title.replace("\n", " "))),
    );
    expect(rows[0]).toMatchObject({
      arxiv: "2605.00001",
      url: "https://arxiv.org/abs/2605.00001",
      year: "2026",
    });
  });

  test("whatever a cell holds, it is one cell", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 4 }), (cells) => {
        const [row] = parse(`${cells.map(formatCell).join(",")}\r\n`, {
          skip_empty_lines: false,
        }) as string[][];
        expect(row).toEqual(cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
      }),
    );
  });
});

describe("Markdown", () => {
  test("is a numbered list with title, authors, place and abstract", () => {
    expect(fileOf("markdown", [paper(), paper({ authors: [], abstractText: "" })])).toBe(
      [
        "1. **[On Counting](<https://arxiv.org/abs/2605.00001>)**  ",
        "   Ada Lovelace  ",
        "   cs.CL · 2026-05-12 · 2605.00001",
        "",
        "   > We count.",
        "",
        "2. **[On Counting](<https://arxiv.org/abs/2605.00001>)**  ",
        "   cs.CL · 2026-05-12 · 2605.00001",
        "",
        "",
      ].join("\n"),
    );
  });

  test.each([
    ["<b>x</b>", "\\<b\\>x\\</b\\>"],
    ["[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"],
    ["# no heading", "\\# no heading"],
    ["- no list", "\\- no list"],
    ["1. no list", "1\\. no list"],
    ["see https://evil.test", "see https\\://evil.test"],
    ["a_b *c* `d` ~e~ $f$ &lt; |", "a\\_b \\*c\\* \\`d\\` \\~e\\~ \\$f\\$ \\&lt; \\|"],
    ["token-level (v2.0), 3 + 4 = 7", "token-level (v2.0), 3 + 4 = 7"],
  ])("%s stays text", (given, written) => {
    expect(escapeMarkdown(given)).toBe(written);
  });
});

describe("JSON lines", () => {
  test("each line is the paper as the API gives it, without what only this installation knows", () => {
    const lines = fileOf(
      "jsonl",
      hostile.map((title) => paper({ title })),
    )
      .split("\n")
      .slice(0, -1);
    expect(lines.map((line) => JSON.parse(line).title)).toEqual(hostile);
    expect(lines[0]).not.toMatch(/"pk"|"changeNumber"/);
  });
});

/** What the library's types ask for; these are its defaults. */
const outsideOptions = { maxChainLength: 10, generateGraph: false, strict: true, target: "@csl/list+object" };

describe("an outside citation library", () => {
  test.each(["bibtex", "ris", "csl-json"] as const)("reads %s", (name) => {
    const plain = paper({ title: "Größe $x^2$ & more", titleText: "Größe x² & more" });
    const text = fileOf(name, [plain, paper()]);
    const read = new Cite(name === "csl-json" ? JSON.parse(text) : text, {
      ...outsideOptions,
      forceType: { bibtex: "@biblatex/text", ris: "@ris/file", "csl-json": "@csl/list+object" }[name],
    }).data as { title: string; author: { family: string; given: string }[]; issued: unknown; URL: string }[];
    expect(read).toHaveLength(2);
    expect(read[1]).toMatchObject({ title: "On Counting", author: [{ family: "Lovelace", given: "Ada" }] });
    expect(read[0]!.title).toMatch(/^Größe .* & more$/);
    expect(JSON.stringify(read[1]!.issued)).toContain("2026");
    expect(read[1]!.URL).toContain("arxiv.org/abs/2605.00001");
  });

  test("3,000 authors and a collaboration come through", () => {
    const authors = Array.from({ length: 3_000 }, (_, i) => ({
      name: `A${i} B`,
      given: `A${i}`,
      family: "B",
    }));
    const large = paper({
      authors: [{ name: "The ATLAS Collaboration", literal: true }, ...authors] as Paper["authors"],
    });
    const [read] = new Cite(fileOf("bibtex", [large]), { ...outsideOptions, forceType: "@biblatex/text" })
      .data as {
      author: object[];
    }[];
    expect(read!.author).toHaveLength(3_001);
    expect(JSON.stringify(read!.author[0])).toContain("ATLAS Collaboration");
  });
});
