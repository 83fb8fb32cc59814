import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { entriesOf, jsonLines, reasonsOf, recordAt } from "../../test/support/entries.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { conferenceList } from "./conference-list.ts";

const entry = {
  id: "iclr2025:lantern01",
  title: "Lantern: Certified Robustness",
  abstract: "Graph classifiers change their answers.",
  authors: ["Divya Subramanian", "Karl-Heinz Lorenz"],
  venue: "ICLR",
  year: 2025,
};
const read = (...values: unknown[]) => entriesOf(conferenceList, jsonLines(...values));
const recordOf = async (change: object) => recordAt(await read({ ...entry, ...change }));

describe("conference lists", () => {
  test("reads every field", async () => {
    const full = {
      ...entry,
      arxiv: "2405.01234v2",
      doi: "https://doi.org/10.5555/ABC",
      github: "https://github.com/a/b",
      project: "lantern.example.org/x",
      pdf: "https://openreview.net/pdf?id=LaNtErN01x",
      site: "https://openreview.net/forum?id=LaNtErN01x",
      citations: 34,
      area: "Graphs",
      award: true,
    };
    expect(recordAt(await read(full))).toEqual({
      source: "conference",
      sourceId: "iclr2025:lantern01",
      identifiers: [
        { scheme: "conference", value: "iclr2025:lantern01" },
        { scheme: "arxiv", value: "2405.01234" },
        { scheme: "doi", value: "10.5555/abc" },
        { scheme: "openreview", value: "LaNtErN01x" },
      ],
      title: "Lantern: Certified Robustness",
      abstract: "Graph classifiers change their answers.",
      abstractKind: "abstract",
      authors: [
        { name: "Divya Subramanian", family: "Subramanian", given: "Divya" },
        { name: "Karl-Heinz Lorenz", family: "Lorenz", given: "Karl-Heinz" },
      ],
      venue: "ICLR",
      year: 2025,
      categories: [],
      versions: [],
      links: [
        { kind: "site", url: "https://openreview.net/forum?id=LaNtErN01x" },
        { kind: "pdf", url: "https://openreview.net/pdf?id=LaNtErN01x" },
        { kind: "code", url: "https://github.com/a/b" },
        { kind: "project", url: "https://lantern.example.org/x" },
      ],
      citations: 34,
      area: "Graphs",
      award: "Award",
    });
  });

  test("finds the ids that addresses carry", async () => {
    const ids = async (change: object) =>
      (await recordOf(change)).identifiers.slice(1).map(({ scheme, value }) => `${scheme}:${value}`);
    expect(await ids({ site: "https://aclanthology.org/2024.acl-long.901/" })).toEqual([
      "acl:2024.acl-long.901",
    ]);
    expect(await ids({ doi: "https://link.springer.com/chapter/10.1007/978-3-031-19836-6 _31" })).toEqual([
      "doi:10.1007/978-3-031-19836-6_31",
    ]);
    expect(await ids({ doi: "10.48550/arXiv.2405.01234" })).toEqual(["arxiv:2405.01234"]);
    expect(await ids({ site: "https://nips.test/virtual/2024/poster/95001" })).toEqual([]);
    expect(await ids({ project: "https://arxiv.org/abs/2405.01234", arxiv: 2405.012 })).toEqual([]);
  });

  test("finds the repository in a text around it, and no other address there", async () => {
    const links = async (github: unknown) => (await recordOf({ github })).links.map(({ url }) => url);
    const badge =
      "[![github](/images/icon.svg) a/b](https://github.com/a/b) + [![other](/x.svg) 3](https://other.test/p)";
    expect(await links(badge)).toEqual(["https://github.com/a/b"]);
    expect(await links("[![other](/x.svg) 3](https://other.test/p)")).toEqual([]);
    expect(await links("www.github.com/a/b")).toEqual(["https://www.github.com/a/b"]);
    expect(await links("https://a.test/1; https://b.test/2")).toEqual(["https://a.test/1"]);
    expect(await links("javascript:alert(1)//github.com/a/b")).toEqual([]);
  });

  test("a list of authors given twice over is given once; namesakes stay", async () => {
    const names = async (authors: unknown) => (await recordOf({ authors })).authors.map(({ name }) => name);
    expect(await names(["A B", "C D", "A B", "C D"])).toEqual(["A B", "C D"]);
    expect(await names(["Wei Wang", "C D", "Wei Wang"])).toEqual(["Wei Wang", "C D", "Wei Wang"]);
    expect(await names("Ada Lovelace and Charles Babbage")).toEqual(["Ada Lovelace", "Charles Babbage"]);
    expect(await names([null, 3, {}, "A B"])).toEqual(["A B"]);
    expect(await names(null)).toEqual([]);
  });

  test("refuses with a reason, and reads on", async () => {
    const entries = await read(
      { ...entry, id: 7139889 },
      { ...entry, title: null },
      { ...entry, authors: 3 },
      "{",
      "[1]",
      "null",
      entry,
    );
    expect(reasonsOf(entries)).toEqual([
      "its id is a number, which loses zeros; it must be text",
      "it has no title",
      "its authors are neither a list nor text",
      "invalid JSON",
      "it is no JSON object",
      "it is no JSON object",
      null,
    ]);
    expect(entries.map((one) => one.entry)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("drops what cannot be right and keeps the paper", async () => {
    const record = await recordOf({
      year: 20255,
      citations: -1,
      venue: " ",
      abstract: "",
      award: false,
      area: 3,
      pdf: "file:///etc/passwd",
    });
    for (const field of ["year", "citations", "venue", "abstract", "award", "area"])
      expect(record).not.toHaveProperty(field);
    expect(record.links).toEqual([]);
  });
});

test("the small corpus comes in whole", async () => {
  const entries = await entriesOf(conferenceList, readFileSync("test/support/corpus/conference.jsonl"));
  expect(reasonsOf(entries)).toEqual(Array.from({ length: 25 }, () => null));
});

const corpus = sharedSamples("corpus/conference-papers.jsonl.gz", "87,326 real conference papers");
test.skipIf(corpus.missing)("all 87,326 real papers come in", async () => {
  let read = 0;
  const schemes = new Map<string, number>();
  async function* input() {
    yield gunzipSync(corpus.bytes());
  }
  for await (const one of conferenceList.read(input(), { fileName: "conference-papers.jsonl.gz" })) {
    expect(one.ok).toBe(true);
    read += 1;
    for (const { scheme } of one.ok ? (one.item.records[0]?.identifiers ?? []) : [])
      schemes.set(scheme, (schemes.get(scheme) ?? 0) + 1);
  }
  expect(read).toBe(87_326);
  expect(Object.fromEntries(schemes)).toEqual({
    conference: 87_326,
    openreview: 4_589,
    acl: 6_019,
    arxiv: 3_090,
    doi: 2_964,
  });
});
