// What every format must bear: broken, hostile and absurd files. One broken entry never ends the rest.

import { describe, expect, test } from "vitest";
import { entriesOf, reasonsOf } from "../../test/support/entries.ts";
import { fc } from "../../test/support/properties.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { arxivSnapshot } from "./arxiv-snapshot.ts";
import { broadsheet } from "./broadsheet.ts";
import { conferenceList } from "./conference-list.ts";
import { dailyJson } from "./daily-json.ts";
import type { FileFormat } from "./format.ts";
import { sample } from "./sample.ts";

/** Of each format of JSON lines: a good entry with the title given. */
const makers: [FileFormat, (title: unknown) => object][] = [
  [
    arxivSnapshot,
    (title) => ({ id: "2605.04601", title, authors: "A B", categories: "cs.CL", versions: [] }),
  ],
  [conferenceList, (title) => ({ id: "x:1", title, authors: ["A B"], venue: "V", year: 2024 })],
  [
    dailyJson,
    (title) => ({ paper: { id: "2605.04601", title, authors: [{ name: "A B" }] }, _day: "2026-05-11" }),
  ],
  [sample, (title) => ({ day: "2026-05-11", arxiv: "2605.04601", title, authors: ["A B"], summary: "S" })],
  [
    broadsheet,
    (title) => ({
      type: "paper",
      id: "x",
      records: [
        {
          source: "hub",
          sourceId: "x",
          identifiers: [],
          title,
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
    }),
  ],
];
const xss = sharedSamples("hostile-inputs.json", "hostile texts in titles");

describe.each(makers.map(([format, make]) => [format.name, format, make] as const))(
  "%s",
  (_name, format, make) => {
    const line = (title: unknown) => `${JSON.stringify(make(title))}\n`;
    const good = line("Good");

    test("a good entry among broken ones is taken, each of them is refused once", async () => {
      const deep = "[".repeat(100_000) + "]".repeat(100_000);
      const lines = [
        "{\n",
        "not json\n",
        "[]\n",
        "12\n",
        `${deep}\n`,
        line(null),
        line(12),
        line("   "),
        `${good.trim().slice(0, -3)}\n`,
      ];
      const entries = await entriesOf(format, lines.join("") + good);
      expect(entries.map((entry) => entry.ok)).toEqual([...lines.map(() => false), true]);
      expect(entries.map((entry) => entry.entry)).toEqual(entries.map((_, index) => index + 1));
      expect(
        reasonsOf(entries)
          .slice(0, -1)
          .every((reason) => reason !== null && reason.length < 300),
      ).toBe(true);
    });

    test("invalid UTF-8 refuses its own line only", async () => {
      const bytes = Buffer.concat([
        Buffer.from(good.slice(0, 30)),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(good.slice(30)),
        Buffer.from(good),
      ]);
      expect(reasonsOf(await entriesOf(format, bytes))).toEqual(["invalid UTF-8", null]);
    });

    test("a title of ten megabytes is refused, its neighbour taken", async () => {
      const entries = await entriesOf(format, line("x".repeat(10_000_000)) + good);
      expect(entries.map((entry) => entry.ok)).toEqual([false, true]);
    });

    test("a file that ends in the middle of an entry loses that entry only", async () => {
      expect((await entriesOf(format, good + good.slice(0, 40))).map((entry) => entry.ok)).toEqual([
        true,
        false,
      ]);
    });

    test("keys that reach for the prototype are only unknown keys", async () => {
      const evil = `${good.trim().slice(0, -1)},"__proto__":{"title":"Evil","polluted":true},"constructor":{"prototype":{"polluted":true}}}\n`;
      const [entry] = await entriesOf(format, evil);
      expect(entry?.ok && entry.item.records[0]?.title).toBe("Good");
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });

    test("never throws, whatever the fields hold", async () => {
      const keys = Object.keys(make("x"));
      const fields = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }));
      await fc.assert(
        fc.asyncProperty(fields, async (change) => {
          const entries = await entriesOf(
            format,
            `${JSON.stringify({ ...make("T"), ...change, broadsheet: undefined })}\n${good}`,
          );
          expect(entries).toHaveLength(2);
          expect(entries[1]?.ok).toBe(true);
        }),
        { numRuns: 300 },
      );
    });

    test.skipIf(xss.missing)("hostile texts stay text", async () => {
      const inputs: { area: string; input: string }[] = JSON.parse(xss.text());
      const titles = inputs
        .filter(({ area, input }) => ["xss", "latex", "unicode"].includes(area) && input.length <= 5_000)
        .map(({ input }) => input);
      const entries = await entriesOf(format, titles.map(line).join(""));
      expect(
        entries.map((entry) => entry.ok && entry.item.records[0]?.title.replace(/\s+/g, " ").trim()),
      ).toEqual(titles.map((title) => title.replace(/\s+/g, " ").trim()));
    });
  },
);
