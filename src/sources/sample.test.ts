import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entriesOf, itemAt, jsonLines, reasonsOf, recordAt } from "../../test/support/entries.ts";
import { sample } from "./sample.ts";

const daily = {
  day: "2026-05-04",
  arxiv: "2605.00658",
  title: "A Title",
  authors: ["Ada Lovelace"],
  publishedAt: "2026-05-01T00:00:00.000Z",
  submittedAt: "2026-05-04T00:19:22.371Z",
  upvotes: 61,
  repository: "https://github.com/a/b",
  summary: "A summary of ours.",
};

describe("the sample", () => {
  test("reads a daily paper: our summary, the hub's submission and votes", async () => {
    const item = itemAt(await entriesOf(sample, jsonLines(daily)));
    expect(item.records[0]).toMatchObject({
      source: "sample",
      sourceId: "2605.00658",
      abstract: "A summary of ours.",
      abstractKind: "summary",
      publishedOn: "2026-05-01",
      links: [{ kind: "code", url: "https://github.com/a/b" }],
    });
    expect(item.submissions).toEqual([
      { day: "2026-05-04", source: "hub", submittedAt: "2026-05-04T00:19:22.371Z" },
    ]);
    const observed = { source: "hub", observedAt: "2026-05-04T08:30:00.000Z", approximate: true };
    expect(item.signals).toEqual([
      { kind: "upvotes", ...observed, value: 61 },
      { kind: "repository", ...observed, detail: "https://github.com/a/b" },
    ]);
  });

  test("reads the founding collection: a list, papers known by their listing entry, no dates, no votes", async () => {
    const listing = "0123456789abcdef01234567";
    const entries = await entriesOf(
      sample,
      jsonLines({ title: "One", summary: "S", listing }, { title: "Two", summary: "S", listing }),
    );
    expect(itemAt(entries, 1)).toEqual({
      records: [
        {
          source: "sample",
          sourceId: listing,
          identifiers: [{ scheme: "listing", value: listing }],
          title: "Two",
          abstract: "S",
          abstractKind: "summary",
          authors: [],
          categories: [],
          versions: [],
          links: [],
        },
      ],
      submissions: [],
      announcements: [],
      signals: [],
      places: [
        {
          listId: "founding",
          listTitle: "The founding collection",
          sourceFile: "founding.jsonl",
          position: 2,
        },
      ],
    });
  });

  test("refuses what it cannot place", async () => {
    const bad = [
      { ...daily, day: "2026-02-30" },
      { ...daily, arxiv: "x" },
      { ...daily, arxiv: 2605.1 },
      { title: "T", listing: "xyz" },
      { ...daily, title: "" },
    ];
    expect(reasonsOf(await entriesOf(sample, jsonLines(...bad)))).toEqual([
      "it has no day",
      'its id "x" is no arXiv id',
      "its arxiv is a number, which loses zeros; it must be text",
      "its listing is no fingerprint of 24 hex digits",
      "it has no title",
    ]);
  });

  test("the files that are shipped: 8 papers on each of 15 days, 60 in the founding collection", async () => {
    const days = await entriesOf(sample, readFileSync("sample/daily.jsonl"));
    const perDay = new Map<string, number>();
    for (const [index] of days.entries()) {
      const [submission] = itemAt(days, index).submissions;
      perDay.set(submission?.day ?? "", (perDay.get(submission?.day ?? "") ?? 0) + 1);
    }
    expect([...perDay.values()]).toEqual(Array.from({ length: 15 }, () => 8));
    const founding = await entriesOf(sample, readFileSync("sample/founding.jsonl"));
    expect(new Set(founding.map((_, index) => recordAt(founding, index).sourceId)).size).toBe(60);
  });
});
