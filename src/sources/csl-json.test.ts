// CSL-JSON as Zotero, Crossref and others write it: names with particles, partial dates, one item or many.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { cslJson } from "./csl-json.ts";
import type { Entry } from "./format.ts";

async function read(given: unknown): Promise<Entry[]> {
  async function* stream() {
    if (given instanceof Uint8Array) yield given;
    else yield new TextEncoder().encode(typeof given === "string" ? given : JSON.stringify(given));
  }
  const entries: Entry[] = [];
  for await (const entry of cslJson.read(stream(), { fileName: "x.json" })) entries.push(entry);
  return entries;
}

async function record(fields: object): Promise<PaperRecord> {
  const [first] = await read([{ id: "x", type: "article-journal", title: "A title", ...fields }]);
  if (first?.ok !== true) throw new Error(JSON.stringify(first));
  return first.item.records[0]!;
}

describe("an item", () => {
  test("of a journal", async () => {
    const fields = {
      author: [
        { family: "Rocha", given: "Roldao", "non-dropping-particle": "da" },
        { family: "Beethoven", given: "Ludwig", "dropping-particle": "van" },
        { family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
        { literal: "Barnes and Noble" },
        { name: "Concrete Technology Associates" },
        { family: "조혜린" },
        { given: "Sudesiqin", affiliation: [{ name: "Town" }] },
        {},
        null,
      ],
      issued: { "date-parts": [[2026, 6, 11]] },
      "container-title": ["J. Test"],
      volume: 9,
      issue: "3",
      page: "120-125",
      abstract: " We show it. ",
      DOI: "10.1234/ABC",
      URL: "https://x.test/a",
      keyword: "one, two; one",
      note: "Read this",
    };
    expect(await record(fields)).toEqual({
      source: "references",
      sourceId: "doi:10.1234/abc",
      identifiers: [{ scheme: "doi", value: "10.1234/abc" }],
      title: "A title",
      abstract: "We show it.",
      abstractKind: "abstract",
      authors: [
        { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
        { name: "Ludwig van Beethoven", family: "van Beethoven", given: "Ludwig" },
        { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
        { name: "Barnes and Noble", literal: true },
        { name: "Concrete Technology Associates", literal: true },
        { name: "조혜린", family: "조혜린" },
        { name: "Sudesiqin", family: "Sudesiqin" },
      ],
      publishedOn: "2026-06-11",
      year: 2026,
      categories: [],
      versions: [],
      links: [{ kind: "site", url: "https://x.test/a" }],
      comments: "Read this",
      journalReference: "J. Test 9 (3), 120–125 (2026)",
      keywords: ["one", "two"],
    });
  });

  test("of a conference has its venue", async () => {
    expect(
      await record({ type: "paper-conference", "container-title": "Proc. Test", page: "7" }),
    ).toMatchObject({
      venue: "Proc. Test",
    });
    expect(await record({ type: "paper-conference", "event-title": "Test 2026" })).toMatchObject({
      venue: "Test 2026",
    });
  });

  test.each([
    [{ "date-parts": [[2009, 9]] }, { year: 2009 }],
    [{ "date-parts": [["2026", "6", "11"]] }, { year: 2026, publishedOn: "2026-06-11" }],
    [{ "date-parts": [[2026, 2, 30]] }, { year: 2026 }],
    [{ "date-parts": [[null]] }, {}],
    [{ "date-parts": [[]] }, {}],
    [{ "date-parts": "x" }, {}],
    [{ raw: "2026-06-11" }, { year: 2026, publishedOn: "2026-06-11" }],
    [{ literal: "Summer 1998" }, { year: 1998 }],
    ["2026", {}],
  ])("issued %j", async (issued, expected) => {
    const { year, publishedOn } = await record({ issued });
    expect({ year, publishedOn }).toEqual({ year: undefined, publishedOn: undefined, ...expected });
  });

  test.each([
    [{ number: "arXiv:2606.10420", DOI: "10.48550/arXiv.2606.10420" }, ["arxiv:2606.10420"]],
    [{ URL: "http://arxiv.org/abs/hep-th/9901001v2" }, ["arxiv:hep-th/9901001"]],
    [{ note: "arXiv:2606.10420 [cs]" }, ["arxiv:2606.10420"]],
    [{ archive: "arXiv", archive_location: "arXiv:2606.10420" }, ["arxiv:2606.10420"]],
    [
      { custom: { identifiers: ["acl:P19-1007", "doi:10.1234/x", 7, null, "nonsense"] } },
      ["acl:P19-1007", "doi:10.1234/x"],
    ],
    [{ DOI: "nonsense", number: 7, note: "arXiv:2606.1042" }, []],
  ])("identifiers of %j", async (fields, expected) => {
    const { identifiers } = await record(fields);
    expect(identifiers.map(({ scheme, value }) => `${scheme}:${value}`)).toEqual(expected);
  });

  test("keys that are no data stay without effect", async () => {
    const text = '[{"id":"x","type":"book","title":"A","__proto__":{"title":"B"},"author":{"family":"x"}}]';
    const [entry] = await read(text);
    expect(entry).toMatchObject({ ok: true, item: { records: [{ title: "A", authors: [] }] } });
  });
});

describe("files", () => {
  test("an array, one item, or items in an object", async () => {
    const item = { id: "x", type: "book", title: "A" };
    for (const given of [[item, item], { items: [item, item] }]) expect(await read(given)).toHaveLength(2);
    expect(await read(JSON.stringify(item, null, 2))).toMatchObject([{ ok: true, entry: 1 }]);
  });

  test("what is broken is named by its place and spoils no other", async () => {
    const entries = await read(
      '[{"title": "A"}, {"title": ""}, 7, {"title": "B", }, {"title": "C"}, {"title": "D"',
    );
    expect(entries.map((entry) => (entry.ok ? entry.item.records[0]?.title : entry.reason))).toEqual([
      "A",
      "it has no title",
      "it is no JSON object",
      "invalid JSON",
      "C",
      "the file ends inside this entry",
    ]);
    expect(await read("{")).toEqual([{ ok: false, entry: 1, reason: "invalid JSON" }]);
  });

  test.each([
    ['[{"id": "x", "type": "book", "title": "A", "issued": {}}]', true],
    ['{\n  "type": "book",\n  "title": "A",\n  "author": []\n}', true],
    ['[{"id": "x", "title": "A", "venue": "B", "year": 2026}]', false],
    ['{"paper": {"id": "2606.10420", "title": "A"}, "publishedAt": "x"}', false],
    ["@article{x, type = {a}, title = {b}}", false],
  ])("%j is one: %s", (head, expected) => {
    expect(cslJson.detect(head, "file")).toBe(expected);
  });
});

describe("a real item", () => {
  const sample = sharedSamples("fixtures/crossref/csl.json", "a real CSL-JSON item");

  test.skipIf(sample.missing)("of Crossref", async () => {
    expect(cslJson.detect(sample.text().slice(0, 65_536), "csl.json")).toBe(true);
    const [entry, ...more] = await read(sample.bytes());
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      ok: true,
      item: {
        records: [
          {
            sourceId: "doi:10.1126/science.169.3946.635",
            title: "The Structure of Ordinary Water",
            authors: [{ name: "Henry S. Frank" }],
            publishedOn: "1970-08-14",
            journalReference: "Science 169 (3946), 635–641 (1970)",
          },
        ],
      },
    });
  });
});
