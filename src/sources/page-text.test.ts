import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entriesOf, itemAt, reasonsOf, recordAt } from "../../test/support/entries.ts";
import { fc } from "../../test/support/properties.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { pageText } from "./page-text.ts";

const read = (text: string | Uint8Array, fileName = "page.txt") => entriesOf(pageText, text, { fileName });
const abstract = (word: string) =>
  `We study ${word} in depth. ${"It is a subject of its own. ".repeat(14)}`.trim();
const titles = (entries: Awaited<ReturnType<typeof read>>) =>
  entries.map((entry) => (entry.ok ? entry.item.records[0]?.title : null));

const invitation =
  "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\n";
const banners: [string, string][] = [
  ["no banner", ""],
  ["invitation, Subscribe glued", `${invitation}Subscribe`],
  ["invitation, Subscribe alone", `${invitation}Subscribe\n`],
  [
    "new, blank lines, byline and date",
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 11\n\n",
  ],
  ["byline known by its date alone", `${invitation}Subscribe\nby Somebody\nDec 3\n`],
  ["byline without a date", `${invitation}Subscribe\nbyAK and the research community\n`],
  ["byte order mark and CRLF", "\ufeffnew\r\n"],
];

describe("page text", () => {
  test.each(banners)("takes off the banner: %s", async (_name, banner) => {
    const entries = await read(
      `${banner}Growing Moss\n${abstract("moss")}\nCounting Stones\n${abstract("stones")}\n`,
    );
    expect(titles(entries)).toEqual(["Growing Moss", "Counting Stones"]);
    expect(recordAt(entries)).toMatchObject({
      source: "listing",
      abstract: abstract("moss"),
      authors: [],
      versions: [],
    });
    expect(recordAt(entries)).not.toHaveProperty("year");
  });

  test("pages joined into one file each lose their banner", async () => {
    const page = (title: string) => `${invitation}Subscribe${title}\n${abstract(title)}\n`;
    expect(titles(await read(page("growing moss") + page("vLLM again")))).toEqual([
      "growing moss",
      "vLLM again",
    ]);
  });

  test("a title that begins with Subscribe, by or a date keeps it", async () => {
    const text = [
      "First Title",
      "Subscribe to Surprise",
      "SubscribeNet",
      "by Design: Safe Agents",
      "Mar 11",
      "new",
    ]
      .map((title) => `${title}\n${abstract(title)}\n`)
      .join("");
    expect(titles(await read(text))).toEqual([
      "First Title",
      "Subscribe to Surprise",
      "SubscribeNet",
      "by Design: Safe Agents",
      "Mar 11",
      "new",
    ]);
    expect(titles(await read(`Subscribe to Surprise\n${abstract("x")}\n`))).toEqual([
      "Subscribe to Surprise",
    ]);
    expect(titles(await read(`byT5 Revisited\n${abstract("x")}\n`))).toEqual(["byT5 Revisited"]);
  });

  test("keeps the listing: its id and title from the file, its order, its repetitions", async () => {
    const text = `A\n${abstract("a")}\nB\n${abstract("b")}\nA\n${abstract("a")}\n`;
    const entries = await read(text, "folder/My Page_01.txt.gz");
    const common = {
      listId: "my-page_01",
      listTitle: "Listing page My Page_01",
      sourceFile: "My Page_01.txt.gz",
    };
    expect(entries.map((entry) => entry.ok && entry.item.places)).toEqual(
      [1, 2, 3].map((position) => [{ ...common, position }]),
    );
    expect(recordAt(entries, 2)).toEqual(recordAt(entries, 0));
    expect(itemAt(await read(text, "-")).places[0]).toMatchObject({ listId: "standard-input" });
    expect(itemAt(await read(text, "???.txt")).places[0]).toMatchObject({ listId: "listing" });
  });

  test("a title without its abstract is refused and the rest stays in step", async () => {
    const text = `Lonely Title\nGrowing Moss\n${abstract("moss")}\nCounting Stones\n${abstract("stones")}\nThe End\n`;
    const entries = await read(text);
    expect(titles(entries)).toEqual([null, "Growing Moss", "Counting Stones", null]);
    expect(reasonsOf(entries)[0]).toBe('the title has no abstract: "Lonely Title"');
    expect(reasonsOf(entries)[3]).toBe('the title has no abstract: "The End"');
    expect(entries.map((entry) => entry.entry)).toEqual([1, 2, 3, 4]);
  });

  test("a second paragraph is refused as one and the rest stays in step", async () => {
    const entries = await read(
      `Growing Moss\n${abstract("moss")}\n${abstract("ferns")} ${abstract("more")}\nStones\n${abstract("stones")}\n`,
    );
    expect(titles(entries)).toEqual(["Growing Moss", null, "Stones"]);
    expect(reasonsOf(entries)[1]).toMatch(/^a paragraph of \d+ characters stands where a title should/);
  });

  test("a short abstract between two papers is still an abstract", async () => {
    expect(titles(await read(`Moss\nA note on moss.\nStones\n${abstract("stones")}\n`))).toEqual([
      "Moss",
      "Stones",
    ]);
  });

  test("hostile texts: kept as text, or refused with a reason", async () => {
    const huge = "x".repeat(10_000_000);
    const entries = await read(
      Buffer.concat([
        Buffer.from(`<script>alert(1)</script>\n${abstract("<img onerror=x>")}\nBad Bytes\n`),
        Buffer.from([0x57, 0x65, 0xc3, 0x28]),
        Buffer.from(
          ` ${abstract("x")}\nControl\u0007 \u0000 Title\n${abstract("y")}\n${huge}\nHuge Abstract\n${huge}\n`,
        ),
      ]),
    );
    expect(titles(entries)).toEqual([
      "<script>alert(1)</script>",
      null,
      "Control\u0007 \u0000 Title",
      null,
      null,
    ]);
    expect(reasonsOf(entries).slice(1)).toEqual([
      "invalid UTF-8",
      null,
      expect.stringContaining("a paragraph of 10,000,000 characters"),
      "its abstract has 10,000,000 characters, more than 200,000",
    ]);
  });

  test("never throws, and counts every entry once in order", async () => {
    const line = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("Subscribe", "new", "Mar 1", "byX", abstract("z"), invitation, ""),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const entries = await read(lines.join("\n"));
        expect(entries.map((entry) => entry.entry)).toEqual(entries.map((_, index) => index + 1));
      }),
      { numRuns: 200 },
    );
  });
});

describe("detection", () => {
  test.each([
    [`${invitation}Subscribe`, true],
    [`A Title\n${abstract("x")}`, true],
    [`A Title\n\n${abstract("x")}`, true],
    ['{"id": 1}', false],
    ["<html>\n<body>", false],
    ["# Heading\nwords", false],
    ["short\nlines\nonly", false],
    ["", false],
    [`A\0B\n${abstract("x")}`, false],
  ])("%j", (head, expected) => expect(pageText.detect(head, "x")).toBe(expected));
});

const seeds = sharedSamples("seeds", "the five real listing pages");
describe.skipIf(seeds.missing)("the five real pages", () => {
  const readPages = () => Promise.all(seeds.names().map((name) => read(seeds.bytes(name), name)));
  const fingerprintsOf = (pages: Awaited<ReturnType<typeof readPages>>) =>
    new Set(pages.flatMap((entries) => entries.map((_, index) => recordAt(entries, index).sourceId)));

  test("hold 121, 119, 119, 68 and 119 entries, 546 in all, 484 different, none refused", async () => {
    const pages = await readPages();
    expect(pages.map((entries) => entries.length)).toEqual([121, 119, 119, 68, 119]);
    expect(pages.flatMap(reasonsOf).filter((reason) => reason !== null)).toEqual([]);
    expect(fingerprintsOf(pages).size).toBe(484);
  });

  test("the founding collection of the sample names entries of these pages", async () => {
    const fingerprints = fingerprintsOf(await readPages());
    const lines = readFileSync("sample/founding.jsonl", "utf8").trim().split("\n");
    const founding = lines.map((line) => JSON.parse(line).listing);
    expect(founding).toHaveLength(60);
    expect(founding.filter((fingerprint) => !fingerprints.has(fingerprint))).toEqual([]);
  });
});
