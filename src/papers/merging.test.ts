import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { arxivRecord, itemArbitrary, paperRecord } from "../../test/support/world-papers.ts";
import { foldRecords, sortByTrust, sortIdentifiers, trustOrder } from "./merging.ts";
import type { SourceName } from "./paper.ts";

describe("foldRecords", () => {
  test("of one record gives the record, with clean text beside what was given", () => {
    const paper = foldRecords([
      arxivRecord("2001.00001", {
        title: "A$^2$ATS:\n  fast &amp; small",
        abstract: "  We gain 42\\% with $\\alpha$.\n",
        authors: ["Ada Lovelace"],
        publishedOn: "2020-01-02",
        categories: ["cs.CL", "cs.LG"],
        versions: [{ number: 1, submittedAt: "2020-01-02T10:00:00.000Z" }],
        comments: "12 pages",
      }),
    ]);
    expect(paper).toMatchObject({
      title: "A$^2$ATS:\n  fast &amp; small",
      titleText: "A²ATS: fast & small",
      abstractText: "We gain 42% with α.",
      abstractKind: "abstract",
      year: 2020,
      publishedOn: "2020-01-02",
      updatedOn: null,
      venue: null,
      primaryCategory: "cs.CL",
      withdrawn: false,
    });
    expect(paper.details).toEqual({
      comments: "12 pages",
      fieldSources: {
        title: "arxiv",
        abstract: "arxiv",
        authors: "arxiv",
        publishedOn: "arxiv",
        comments: "arxiv",
      },
    });
  });

  test("takes each field from the best-trusted source that has it, and remembers which", () => {
    const paper = foldRecords([
      paperRecord({ source: "listing", title: "listed title", abstract: "listed abstract" }),
      paperRecord({ source: "conference", title: "Printed Title", venue: "ICLR", year: 2021, citations: 7 }),
      arxivRecord("2001.00001", { title: "Title at arXiv", publishedOn: "2020-01-02", year: 2020 }),
    ]);
    expect(paper).toMatchObject({ title: "Title at arXiv", abstract: "listed abstract", venue: "ICLR" });
    expect(paper.details).toMatchObject({
      citations: 7,
      fieldSources: { title: "arxiv", abstract: "listing", venue: "conference", year: "conference" },
    });
  });

  test("cites a paper by the year of its venue, not of its preprint", () => {
    const preprint = arxivRecord("1912.00001", { year: 2019, publishedOn: "2019-12-01" });
    expect(foldRecords([preprint, paperRecord({ venue: "ICLR", year: 2021 })]).year).toBe(2021);
    expect(foldRecords([preprint, paperRecord({ venue: "ICLR" })]).year).toBe(2019);
    expect(foldRecords([preprint]).year).toBe(2019);
  });

  test("never puts a summary where an abstract could stand, however trusted it is", () => {
    const summary = arxivRecord("2001.00001", { abstract: "In short.", abstractKind: "summary" });
    const abstract = paperRecord({ source: "listing", abstract: "At length.", abstractKind: "abstract" });
    expect(foldRecords([summary, abstract])).toMatchObject({
      abstract: "At length.",
      abstractKind: "abstract",
    });
    expect(foldRecords([summary])).toMatchObject({ abstract: "In short.", abstractKind: "summary" });
    expect(foldRecords([paperRecord({ abstract: "  " })])).toMatchObject({
      abstract: "",
      abstractKind: "none",
    });
  });

  test("unites links, categories and versions, each once, the best-trusted first", () => {
    const code = { kind: "code" as const, url: "https://code.test/a" };
    const site = { kind: "site" as const, url: "https://venue.test/a" };
    const paper = foldRecords([
      paperRecord({ source: "hub", links: [code], categories: ["cs.LG"] }),
      paperRecord({ links: [site, code], categories: ["cs.CL", "cs.LG"] }),
      arxivRecord("2001.00001", {
        versions: [
          { number: 2, submittedAt: "2020-02-01T00:00:00.000Z" },
          { number: 1, submittedAt: "2020-01-01T00:00:00.000Z" },
        ],
      }),
    ]);
    expect(paper.links).toEqual([site, code]);
    expect(paper.categories).toEqual(["cs.CL", "cs.LG"]);
    expect(paper.versions.map((version) => version.number)).toEqual([1, 2]);
  });

  test("believes arXiv about withdrawal, and others only where arXiv is silent", () => {
    const hub = paperRecord({ source: "hub", withdrawn: true });
    expect(foldRecords([hub]).withdrawn).toBe(true);
    expect(foldRecords([hub, arxivRecord("2001.00001")]).withdrawn).toBe(false);
    expect(foldRecords([arxivRecord("2001.00001", { withdrawn: true })]).withdrawn).toBe(true);
  });

  test("does not depend on the order of the records", () => {
    const records = fc.array(
      itemArbitrary().map((item) => item.records[0]!),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const shuffled = given
          .map((record) => ({ record, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ record }) => record);
        expect(foldRecords(shuffled)).toEqual(foldRecords(given));
      }),
    );
  });
});

describe("trustOrder", () => {
  test("names every source once, ours last", () => {
    // Does not compile when a source has no place.
    type Unplaced = Exclude<SourceName, (typeof trustOrder)[number]>;
    const unplaced: never[] = [] as Unplaced[];
    expect(unplaced).toEqual([]);
    expect(new Set(trustOrder).size).toBe(trustOrder.length);
    expect(trustOrder.at(-1)).toBe("sample");
  });

  test("sorts records of one source by their ids", () => {
    const [b, a] = [paperRecord({ sourceId: "b" }), paperRecord({ sourceId: "a" })];
    expect(sortByTrust([b, a])).toEqual([a, b]);
  });
});

test("sortIdentifiers puts what people look for first", () => {
  expect(
    sortIdentifiers([
      { scheme: "listing", value: "ff" },
      { scheme: "doi", value: "10.1/b" },
      { scheme: "doi", value: "10.1/a" },
      { scheme: "arxiv", value: "2001.00001" },
    ]).map((identifier) => identifier.value),
  ).toEqual(["2001.00001", "10.1/a", "10.1/b", "ff"]);
});
