// The query API: entries with their versions, arXiv's own refusals, and slices that have less than they should.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { parseArxivQuery, type QueryPage } from "./arxiv-atom.ts";

function feed(entries: string, { total = 1, start = 0, per = 10 } = {}): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2026-06-14T02:30:47Z</updated>
<opensearch:itemsPerPage>${per}</opensearch:itemsPerPage><opensearch:totalResults>${total}</opensearch:totalResults>
<opensearch:startIndex>${start}</opensearch:startIndex>${entries}</feed>`;
}

function entry(id = "http://arxiv.org/abs/2606.10420v2", more = ""): string {
  return `<entry><id>${id}</id><title>A title\n  wrapped</title><updated>2026-07-01T17:59:49Z</updated>
<published>2026-06-11T08:00:00Z</published><summary>  We show it.\n</summary>
<category term="cs.AI" scheme="http://arxiv.org/schemas/atom"/><category term="cs.RO" scheme="http://arxiv.org/schemas/atom"/>
<category term="51A05, cs.XX, 51B15" scheme="http://arxiv.org/schemas/atom"/><arxiv:primary_category term="cs.RO"/>
<author><name>Ann Example</name><arxiv:affiliation>Town</arxiv:affiliation></author><author><name>B. Two</name></author>${more}</entry>`;
}

function page(text: string): QueryPage {
  const answer = parseArxivQuery(text);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

describe("a slice", () => {
  test("has its place in the list, and its entries as records", () => {
    const more = `<arxiv:comment>9 pages</arxiv:comment><arxiv:journal_ref>J. 1</arxiv:journal_ref><arxiv:doi>10.1234/X</arxiv:doi>`;
    expect(page(feed(entry(undefined, more)))).toEqual({
      ok: true,
      total: 1,
      start: 0,
      itemsPerPage: 10,
      missing: 0,
      rejected: [],
      entries: [
        {
          id: "2606.10420",
          version: 2,
          record: {
            source: "arxiv-api",
            sourceId: "2606.10420",
            statedAt: "2026-07-01T17:59:49.000Z",
            identifiers: [
              { scheme: "arxiv", value: "2606.10420" },
              { scheme: "doi", value: "10.1234/x" },
            ],
            title: "A title wrapped",
            abstract: "We show it.",
            abstractKind: "abstract",
            authors: [
              { name: "Ann Example", family: "Example", given: "Ann", affiliations: ["Town"] },
              { name: "B. Two", family: "Two", given: "B." },
            ],
            publishedOn: "2026-06-11",
            updatedOn: "2026-07-01",
            year: 2026,
            categories: ["cs.RO", "cs.AI"],
            versions: [
              { number: 1, submittedAt: "2026-06-11T08:00:00.000Z" },
              { number: 2, submittedAt: "2026-07-01T17:59:49.000Z" },
            ],
            links: [],
            comments: "9 pages",
            journalReference: "J. 1",
          },
        },
      ],
    });
  });

  test("of a first version has one version, and old ids stay whole", () => {
    const [read] = page(feed(entry("http://arxiv.org/abs/hep-th/9901001v1"))).entries;
    expect(read).toMatchObject({ id: "hep-th/9901001", version: 1 });
    expect(read?.record.versions).toEqual([{ number: 1, submittedAt: "2026-06-11T08:00:00.000Z" }]);
  });

  test.each([
    [{ total: 28_946, start: 100, per: 50 }, 0, 50],
    [{ total: 110, start: 100, per: 50 }, 0, 10],
    [{ total: 110, start: 100, per: 50 }, 9, 1],
    [{ total: 100, start: 100, per: 50 }, 0, 0],
    [{ total: 3, start: 200, per: 50 }, 0, 0],
  ])("%o with %d entries lacks %d", (place, count, missing) => {
    const read = page(feed(entry().repeat(count), place));
    expect(read.missing).toBe(missing);
    expect(read.entries).toHaveLength(count);
  });

  test("an entry that cannot be read is named and counted", () => {
    const read = page(feed(entry("http://arxiv.org/abs/2606.1042v1") + entry(), { total: 2 }));
    expect(read.rejected).toEqual(['its id "http://arxiv.org/abs/2606.1042v1" is no arXiv id']);
    expect(read.entries).toHaveLength(1);
    expect(read.missing).toBe(0);
  });
});

describe("no slice", () => {
  test("an error is a feed of one entry", () => {
    const error = `<entry><id>https://arxiv.org/api/errors#start_must_be_non-negative</id><title>Error</title>
      <summary>start must be non-negative</summary><updated>2026-06-14T00:00:00Z</updated></entry>`;
    expect(parseArxivQuery(feed(error))).toEqual({
      ok: false,
      kind: "refused",
      message: "start must be non-negative",
    });
  });

  test("a paper titled Error is none", () => {
    expect(page(feed(entry().replace("A title\n  wrapped", "Error"))).entries).toHaveLength(1);
  });

  test("wherever it is cut, it is broken", () => {
    const text = feed(entry());
    for (let length = 0; length < text.length; length += 3) {
      expect(parseArxivQuery(text.slice(0, length))).toMatchObject({ ok: false, kind: "broken" });
    }
  });

  test.each([
    ["<html/>", /no Atom feed/],
    [feed(entry()).replace(/<opensearch:totalResults>.*?<\/opensearch:totalResults>/, ""), /how many/],
    [feed(entry()).replace(">1</opensearch:totalResults>", ">-1</opensearch:totalResults>"), /how many/],
    ["Rate exceeded.", /well-formed/],
  ])("%j", (text, reason) => {
    expect(parseArxivQuery(text)).toMatchObject({ kind: "broken", reason: expect.stringMatching(reason) });
  });
});

describe("real answers", () => {
  const samples = sharedSamples("fixtures/arxiv", "real answers of arXiv's query API");

  test.skipIf(samples.missing).each([
    ["atom_query_transformer_2026.xml", 5, 28_946],
    ["atom_query_scout.xml", 25, 449_736],
  ])("%s: %d of %d", (name, count, total) => {
    const read = page(samples.text(name));
    expect(read).toMatchObject({ total, start: 0, itemsPerPage: count, missing: 0, rejected: [] });
    expect(read.entries).toHaveLength(count);
    for (const { id, version, record } of read.entries) {
      expect(id).toMatch(/^26\d\d\.\d{5}$/);
      expect(version).toBeGreaterThan(0);
      expect(record.versions[0]?.number).toBe(1);
      expect(record.authors.length).toBeGreaterThan(0);
      expect(record.categories[0]).toMatch(/^[a-z-]+(\.[A-Za-z-]+)?$/);
      expect(record.abstract?.length).toBeGreaterThan(100);
    }
  });
});
