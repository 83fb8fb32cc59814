import { describe, expect, test } from "vitest";
import { entriesOf, itemAt, jsonLines, reasonsOf } from "../../test/support/entries.ts";
import { fc } from "../../test/support/properties.ts";
import type { SourceItem } from "../papers/paper.ts";
import { broadsheet, formatHeader, formatPaperLine } from "./broadsheet.ts";

const full: SourceItem & { id: string } = {
  id: "2605.04101",
  aliases: ["b7k2"],
  records: [
    {
      source: "arxiv",
      sourceId: "2605.04101",
      statedAt: "2026-05-12T00:00:00.000Z",
      identifiers: [{ scheme: "arxiv", value: "2605.04101" }],
      title: ' $A^2$\u2028 <b> & "quotes"\n',
      abstract: "An abstract.",
      abstractKind: "abstract",
      authors: [
        {
          name: "Roldao da Rocha Jr",
          family: "da Rocha",
          given: "Roldao",
          suffix: "Jr",
          affiliations: ["GANIL"],
        },
        { name: "The Team", literal: true },
      ],
      publishedOn: "2026-05-08",
      updatedOn: "2026-05-11",
      year: 2026,
      venue: "ICLR",
      categories: ["cs.CL", "cs.LG"],
      versions: [{ number: 1, submittedAt: "2026-05-08T17:40:11.000Z", withdrawn: true }],
      links: [{ kind: "code", url: "https://github.com/a/b" }],
      comments: "19 pages",
      journalReference: "J. 1",
      license: "CC0",
      withdrawn: false,
      citations: 0,
      area: "x",
      award: "Best",
      keywords: ["a"],
    },
  ],
  submissions: [
    { day: "2026-05-11", source: "hub", submitter: "I", submittedAt: "2026-05-11T00:07:12.345Z" },
  ],
  announcements: [{ source: "arxiv", category: "cs.CL", day: "2026-05-11", kind: "new" }],
  signals: [
    {
      kind: "stars",
      source: "hub",
      observedAt: "2026-05-11T08:30:00.000Z",
      value: 3,
      detail: "https://x.test",
      approximate: true,
    },
  ],
  places: [{ listId: "spring", listTitle: "Spring", sourceFile: "spring.txt", position: 2 }],
  merges: [
    {
      source: "hub",
      sourceId: "2605.04101",
      reason: "identifier",
      evidence: "arxiv:2605.04101",
      mergedAt: "2026-05-12T00:00:00.000Z",
      mergedId: "b7k2",
    },
  ],
};
const bare: SourceItem & { id: string } = {
  id: "b1",
  records: [
    {
      source: "listing",
      sourceId: "f",
      identifiers: [],
      title: "T",
      authors: [],
      categories: [],
      versions: [],
      links: [],
    },
  ],
  submissions: [],
  announcements: [],
  signals: [],
  places: [],
};

const lineOf = (change: object) => JSON.stringify({ type: "paper", ...full, ...change });
const withRecord = (change: object) => lineOf({ records: [{ ...full.records[0], ...change }] });
const reasonOf = async (line: string) => reasonsOf(await entriesOf(broadsheet, `${line}\n`))[0];

describe("our own format", () => {
  test("gives back exactly what was written, whatever is known or not", async () => {
    const text = jsonLines(formatHeader(), formatPaperLine(full), formatPaperLine(bare));
    const entries = await entriesOf(broadsheet, text);
    expect(entries).toHaveLength(2);
    expect(itemAt(entries, 0)).toStrictEqual(full);
    expect(itemAt(entries, 1)).toStrictEqual(bare);
    expect(formatPaperLine(itemAt(entries, 0) as typeof full)).toBe(formatPaperLine(full));
  });

  test("a line never holds a newline, whatever the texts hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        const line = formatPaperLine({ ...bare, records: [{ ...bare.records[0]!, title }] });
        expect(line).not.toContain("\n");
        expect(JSON.parse(line).records[0].title).toBe(title);
      }),
    );
  });

  test("reads a part of an export, without its header", async () => {
    expect(itemAt(await entriesOf(broadsheet, `${formatPaperLine(bare)}\n`))).toStrictEqual(bare);
  });

  test("will not guess at a newer format", async () => {
    const text = jsonLines({ broadsheet: 2 }, formatPaperLine(bare));
    await expect(entriesOf(broadsheet, text)).rejects.toMatchObject({
      code: "newer-version",
      remedy: expect.stringContaining("update"),
    });
  });

  test.each([
    ["unknown line", '{"type":"list"}', 'a line of type "list" is unknown'],
    ["no type", "{}", "a line of type undefined is unknown"],
    ["bad header", '{"broadsheet":"one"}', "its header names no version"],
    ["no records", lineOf({ records: [] }), "records: names no record of a source"],
    ["number for an id", lineOf({ id: 2605.041 }), /^id: /],
    ["unknown source", withRecord({ source: "me" }), /^records\.0\.source: /],
    ["no title", withRecord({ title: null }), /^records\.0\.title: /],
    ["empty title", withRecord({ title: "" }), /^records\.0\.title: /],
    ["long title", withRecord({ title: "x".repeat(5_001) }), /^records\.0\.title: /],
    ["authors no list", withRecord({ authors: "A" }), /^records\.0\.authors: /],
    ["impossible day", withRecord({ publishedOn: "2026-02-30" }), "records.0.publishedOn: is no day"],
    [
      "day with time",
      withRecord({ publishedOn: "2026-02-01T00:00:00Z" }),
      "records.0.publishedOn: is no day",
    ],
    [
      "instant of another form",
      lineOf({ signals: [{ ...full.signals[0], observedAt: "2026-05-11 08:30" }] }),
      /^signals\.0\.observedAt: is no instant/,
    ],
    [
      "script for a link",
      withRecord({ links: [{ kind: "code", url: "javascript:alert(1)" }] }),
      "records.0.links.0.url: is no http(s) address",
    ],
    ["half a line", lineOf({}).slice(0, 50), "invalid JSON"],
  ])("refuses a line: %s", async (_name, line, reason) => {
    expect(await reasonOf(line)).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
  });

  test("leaves unknown fields out, __proto__ among them", async () => {
    const line = formatPaperLine(bare).replace(
      '"type":"paper"',
      '"type":"paper","__proto__":{"polluted":1},"later":2',
    );
    const item = itemAt(await entriesOf(broadsheet, `${line}\n`));
    expect(item).toStrictEqual(bare);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
