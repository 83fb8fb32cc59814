import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entriesOf, itemAt, jsonLines, reasonsOf, recordAt } from "../../test/support/entries.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { arxivSnapshot } from "./arxiv-snapshot.ts";

const entry = {
  id: "2605.04601",
  submitter: "Amir Rezaei",
  authors: 'Walburga St\\"uber, Roldao da Mata and Amir Rezaei Jr',
  title: "Tropical Geometry of Railway\n  Timetables",
  comments: "19 pages,\n  4 figures",
  "journal-ref": null,
  doi: "10.5555/ABC 10.5555/def",
  "report-no": null,
  categories: "math.CO math.OC",
  license: "http://creativecommons.org/licenses/by/4.0/",
  abstract: "  Timetables are points of a\ntropical polytope.\n",
  versions: [
    { version: "v2", created: "Tue, 2 Jun 2026 09:30:00 GMT" },
    { version: "v1", created: "Mon, 11 May 2026 17:59:59 GMT" },
  ],
  update_date: "2026-06-03",
  authors_parsed: [
    ["Stüber", "Walburga", ""],
    ["da Mata", "Roldao", "", "SPhN", "GANIL"],
    ["Yuan", "C. -P.", "Jr"],
  ],
};
const recordOf = async (change: object) =>
  recordAt(await entriesOf(arxivSnapshot, jsonLines({ ...entry, ...change })));

describe("the arXiv snapshot", () => {
  test("reads every field, wraps undone, versions in order", async () => {
    expect(await recordOf({})).toEqual({
      source: "arxiv",
      sourceId: "2605.04601",
      statedAt: "2026-06-03T00:00:00.000Z",
      identifiers: [
        { scheme: "arxiv", value: "2605.04601" },
        { scheme: "doi", value: "10.5555/abc" },
        { scheme: "doi", value: "10.5555/def" },
      ],
      title: "Tropical Geometry of Railway Timetables",
      abstract: "Timetables are points of a\ntropical polytope.",
      abstractKind: "abstract",
      authors: [
        { name: "Walburga Stüber", family: "Stüber", given: "Walburga" },
        { name: "Roldao da Mata", family: "da Mata", given: "Roldao", affiliations: ["SPhN", "GANIL"] },
        { name: "C.-P. Yuan Jr", family: "Yuan", given: "C.-P.", suffix: "Jr" },
      ],
      publishedOn: "2026-05-11",
      updatedOn: "2026-06-02",
      year: 2026,
      categories: ["math.CO", "math.OC"],
      versions: [
        { number: 1, submittedAt: "2026-05-11T17:59:59.000Z" },
        { number: 2, submittedAt: "2026-06-02T09:30:00.000Z" },
      ],
      links: [],
      comments: "19 pages, 4 figures",
      license: "http://creativecommons.org/licenses/by/4.0/",
    });
  });

  test("announces the first version: new in the primary category, crossed to the others", async () => {
    const item = itemAt(await entriesOf(arxivSnapshot, jsonLines(entry)));
    expect(item.announcements).toEqual([
      { source: "arxiv", category: "math.CO", day: "2026-05-12", kind: "new" },
      { source: "arxiv", category: "math.OC", day: "2026-05-12", kind: "cross" },
    ]);
    const undated = itemAt(await entriesOf(arxivSnapshot, jsonLines({ ...entry, versions: [] })));
    expect(undated.announcements).toEqual([]);
  });

  test("falls back to the list of authors as written", async () => {
    const names = async (change: object) => (await recordOf(change)).authors.map(({ name }) => name);
    const written = ["Walburga Stüber", "Roldao da Mata", "Amir Rezaei Jr"];
    expect(await names({ authors_parsed: undefined })).toEqual(written);
    expect(await names({ authors_parsed: [] })).toEqual(written);
    expect(await names({ authors_parsed: [3, null, ["", "", ""]] })).toEqual(written);
  });

  test("sees that a paper is withdrawn", async () => {
    expect((await recordOf({ comments: "This paper has been\n  withdrawn by the author" })).withdrawn).toBe(
      true,
    );
    expect(await recordOf({ comments: null })).not.toHaveProperty("withdrawn");
  });

  test("keeps old ids and leading zeros", async () => {
    expect((await recordOf({ id: "hep-ex/0612901" })).sourceId).toBe("hep-ex/0612901");
    expect((await recordOf({ id: "0704.0001" })).sourceId).toBe("0704.0001");
  });

  test("refuses damaged ids and missing titles with a reason", async () => {
    const bad = [
      { id: 704.0001 },
      { id: "2503.0213" },
      { id: "2613.00001" },
      { title: null },
      { authors_parsed: null, authors: {} },
    ];
    expect(
      reasonsOf(await entriesOf(arxivSnapshot, jsonLines(...bad.map((change) => ({ ...entry, ...change }))))),
    ).toEqual([
      "its id is a number, which loses zeros; it must be text",
      'its id "2503.0213" is no arXiv id',
      'its id "2613.00001" is no arXiv id',
      "it has no title",
      "its authors are neither a list nor text",
    ]);
  });

  test("drops impossible dates, versions and categories", async () => {
    const record = await recordOf({
      versions: [
        { version: "v1", created: "Mon, 31 Apr 2026 25:00:00 GMT" },
        { version: "zero", created: "x" },
        null,
        7,
      ],
      update_date: "2026-13-45",
      categories: "math.CO <script> math.CO ../x",
    });
    expect(record).toMatchObject({ versions: [], categories: ["math.CO"], year: 2026 });
    for (const field of ["publishedOn", "updatedOn", "statedAt"]) expect(record).not.toHaveProperty(field);
  });
});

test("the small corpus comes in whole; one of its papers is withdrawn", async () => {
  const entries = await entriesOf(arxivSnapshot, readFileSync("test/support/corpus/arxiv-snapshot.jsonl"));
  expect(entries).toHaveLength(12);
  const withdrawn = entries.map((_, index) => recordAt(entries, index)).filter((record) => record.withdrawn);
  expect(withdrawn.map(({ sourceId }) => sourceId)).toEqual(["2605.04610"]);
});

const fixtures = sharedSamples("fixtures/arxiv", "709 real rows of the snapshot");
test.skipIf(fixtures.missing).each([
  ["kaggle_snapshot_sample.jsonl", 200, 1],
  ["kaggle_format_509_real_papers.jsonl", 509, 7],
])("%s: all %i rows come in, %i withdrawn", async (name, rows, withdrawn) => {
  const entries = await entriesOf(arxivSnapshot, fixtures.bytes(name));
  const records = entries.map((_, index) => recordAt(entries, index));
  expect(records).toHaveLength(rows);
  expect(records.filter((record) => record.withdrawn)).toHaveLength(withdrawn);
  expect(records.every((record) => record.versions.length > 0 && record.authors.length > 0)).toBe(true);
});
