import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { entriesOf, itemAt, jsonLines, reasonsOf, recordAt } from "../../test/support/entries.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { dailyJson } from "./daily-json.ts";
import type { ReadContext } from "./format.ts";

const paper = {
  id: "2605.04101",
  authors: [
    { name: "Ines Okafor", hidden: false },
    { name: "Hidden Helper", hidden: true },
    { name: "et al" },
  ],
  publishedAt: "2026-05-08T00:00:00.000Z",
  submittedOnDailyAt: "2026-05-11T00:30:02.362Z",
  submittedOnDailyBy: { name: "iokafor", fullname: "Ines Okafor", type: "user" },
  title: "μLoom: Weaving Long\n  Contexts",
  summary: "We weave long contexts from short windows.",
  upvotes: 142,
  githubRepo: "https://github.com/example-weavers/muloom",
  githubStars: 318,
  projectPage: "muloom.example.org/",
  organization: { _id: "0", name: "harbour", fullname: "Harbour Institute" },
};
const row = { paper, publishedAt: "2026-05-07T20:00:00.000Z", numComments: 9, _day: "2026-05-11" };
const read = (value: unknown, context: Partial<ReadContext> = {}) =>
  entriesOf(dailyJson, jsonLines(value), context);
const withPaper = (change: object) => ({ ...row, paper: { ...paper, ...change } });

describe("daily JSON", () => {
  test("reads a row: paper, submission and what was counted at about half past eight of its day", async () => {
    const item = itemAt(await read(row));
    expect(item.records).toEqual([
      {
        source: "hub",
        sourceId: "2605.04101",
        identifiers: [{ scheme: "arxiv", value: "2605.04101" }],
        statedAt: "2026-05-11T08:30:00.000Z",
        title: "μLoom: Weaving Long\n  Contexts",
        abstract: "We weave long contexts from short windows.",
        abstractKind: "abstract",
        authors: [{ name: "Ines Okafor", family: "Okafor", given: "Ines" }],
        publishedOn: "2026-05-08",
        year: 2026,
        categories: [],
        versions: [],
        links: [
          { kind: "code", url: "https://github.com/example-weavers/muloom" },
          { kind: "project", url: "https://muloom.example.org/" },
        ],
      },
    ]);
    expect(item.submissions).toEqual([
      { day: "2026-05-11", source: "hub", submitter: "Ines Okafor", submittedAt: "2026-05-11T00:30:02.362Z" },
    ]);
    const observed = { source: "hub", observedAt: "2026-05-11T08:30:00.000Z", approximate: true };
    expect(item.signals).toEqual([
      { kind: "upvotes", ...observed, value: 142 },
      { kind: "comments", ...observed, value: 9 },
      { kind: "repository", ...observed, detail: "https://github.com/example-weavers/muloom" },
      { kind: "stars", ...observed, value: 318, detail: "https://github.com/example-weavers/muloom" },
      { kind: "organisation", ...observed, detail: "Harbour Institute" },
    ]);
  });

  test("takes the title and summary at the top where they differ: there the TeX survived", async () => {
    const entries = await read({
      ...row,
      title: "$\\mu$Loom: Weaving Long Contexts",
      summary: "We $weave$.",
    });
    expect(recordAt(entries)).toMatchObject({
      title: "$\\mu$Loom: Weaving Long Contexts",
      abstract: "We $weave$.",
    });
  });

  test("says when it was observed: as told, else by its day, else by the file, else by its submission", async () => {
    const observation = async (value: unknown, context: Partial<ReadContext>) => {
      const [signal] = itemAt(await read(value, context)).signals;
      return signal === undefined ? null : [signal.observedAt, signal.approximate ?? false];
    };
    const { _day, ...ofApi } = row;
    const undated = { ...ofApi, paper: { ...paper, submittedOnDailyAt: undefined } };
    const told = { observedAt: "2026-06-01T10:00:00.000Z" };
    const file = { modifiedAt: "2026-05-20T07:00:00.000Z" };
    expect(await observation(row, { ...told, ...file })).toEqual([told.observedAt, false]);
    expect(await observation(row, file)).toEqual(["2026-05-11T08:30:00.000Z", true]);
    expect(await observation(ofApi, file)).toEqual([file.modifiedAt, true]);
    expect(await observation(ofApi, {})).toEqual(["2026-05-11T08:30:00.000Z", true]);
    expect(await observation(undated, {})).toBeNull();
    expect(itemAt(await read(undated)).submissions).toEqual([]);
  });

  test("the submission's day is the row's, else the UTC day of the submission", async () => {
    const { _day, ...ofApi } = withPaper({
      submittedOnDailyAt: "2026-05-11T23:59:59.000Z",
      submittedOnDailyBy: null,
    });
    expect(itemAt(await read({ ...ofApi, _day: "2026-05-12" })).submissions).toEqual([
      { day: "2026-05-12", source: "hub", submittedAt: "2026-05-11T23:59:59.000Z" },
    ]);
    const byName = { ...ofApi, submittedBy: { name: "iokafor", type: "user" } };
    expect(itemAt(await read(byName)).submissions).toMatchObject([
      { day: "2026-05-11", submitter: "iokafor" },
    ]);
  });

  test("reads the API's array, pretty-printed or not, and a paper that stands by itself", async () => {
    const items = [row, withPaper({ id: "2605.04102v3" }), { ...paper, id: "2605.04103" }];
    for (const text of [JSON.stringify(items), `\ufeff${JSON.stringify(items, null, 2)}\n`]) {
      const entries = await entriesOf(dailyJson, text);
      expect(entries.map((_, index) => recordAt(entries, index).sourceId)).toEqual([
        "2605.04101",
        "2605.04102",
        "2605.04103",
      ]);
    }
    expect(await entriesOf(dailyJson, "[]")).toEqual([]);
  });

  test("an array cut short gives what came before and refuses the entry it ends in", async () => {
    const text = JSON.stringify([row, row]);
    const entries = await entriesOf(dailyJson, text.slice(0, -40));
    expect(reasonsOf(entries)).toEqual([null, "the file ends inside this entry"]);
  });

  test("refuses what is no paper, with its reason", async () => {
    const bad = [
      withPaper({ id: 2605.041 }),
      withPaper({ id: "2605.041" }),
      withPaper({ id: undefined }),
      withPaper({ title: null }),
      withPaper({ title: ["x"] }),
      withPaper({ authors: 7 }),
      withPaper({ title: "x".repeat(5_001) }),
      { ...row, paper: "text" },
    ];
    expect(reasonsOf(await entriesOf(dailyJson, jsonLines(...bad)))).toEqual([
      "its paper id is a number, which loses zeros; it must be text",
      'its id "2605.041" is no arXiv id',
      "it has no paper id",
      "it has no title",
      "it has no title",
      "its authors are neither a list nor text",
      "its title has 5,001 characters, more than 5,000",
      "it has no paper id",
    ]);
  });

  test("drops fields that cannot be right and keeps the paper", async () => {
    const odd = {
      ...withPaper({
        publishedAt: "2026-13-45T00:00:00.000Z",
        submittedOnDailyAt: "yesterday",
        upvotes: -3,
        githubRepo: "javascript:alert(1)",
        githubStars: "many",
        projectPage: "https://user:secret@example.org/",
        organization: [],
        summary: 12,
        withdrawnAt: "2026-06-01T00:00:00.000Z",
      }),
      numComments: 1.5,
      _day: "2026-02-30",
    };
    const item = itemAt(await read(odd));
    expect(item.records[0]).toMatchObject({ links: [], withdrawn: true });
    for (const field of ["publishedOn", "year", "abstract", "statedAt"])
      expect(item.records[0]).not.toHaveProperty(field);
    expect(item.signals).toEqual([]);
    expect(item.submissions).toEqual([]);
  });
});

const months = sharedSamples("corpus/hf-daily", "8,207 real daily rows");
describe.skipIf(months.missing)("the real months", () => {
  test("all 8,207 rows come in, 8,206 papers, each with its day and votes", async () => {
    const ids = new Set<string>();
    let rows = 0;
    for (const name of months.names().filter((file) => file.endsWith(".gz"))) {
      const entries = await entriesOf(dailyJson, gunzipSync(months.bytes(name)));
      for (const [index] of entries.entries()) {
        const item = itemAt(entries, index);
        rows += 1;
        ids.add(item.records[0]?.sourceId ?? "");
        expect(item.submissions).toHaveLength(1);
        expect(item.signals[0]).toMatchObject({ kind: "upvotes", approximate: true });
      }
    }
    expect([rows, ids.size]).toEqual([8_207, 8_206]);
  });
});

const answers = sharedSamples("fixtures/hf", "real answers of the hub's API");
test.skipIf(answers.missing)("every item of the real API answers comes in", async () => {
  const counts = [];
  for (const name of answers.names()) {
    const entries = await entriesOf(dailyJson, answers.bytes(name));
    expect(reasonsOf(entries).filter((reason) => reason !== null)).toEqual([]);
    counts.push(entries.length);
  }
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(74);
});

test("the small corpus: 17 rows of 16 papers on two days", async () => {
  const entries = await entriesOf(dailyJson, readFileSync("test/support/corpus/daily-2026-05.jsonl"));
  expect(new Set(entries.map((_, index) => recordAt(entries, index).sourceId)).size).toBe(16);
  expect(entries).toHaveLength(17);
  expect(recordAt(entries).title).toMatch(/^\$\\mu\$Loom/);
});
