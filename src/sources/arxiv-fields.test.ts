// The fields that hold several things, and the record made of them.
import { describe, expect, test } from "vitest";
import { arxivIdentifiers, arxivRecord, splitCategories, yearOfArxivId } from "./arxiv-fields.ts";

test("categories in order, once, and only such as there are", () => {
  expect(splitCategories("math-ph math.MP")).toEqual(["math-ph", "math.MP"]);
  expect(splitCategories(" cs.AI; cs.LG,cs.AI\n<b> cond-mat.dis-nn physics.bio-ph eess.SY")).toEqual([
    "cs.AI",
    "cs.LG",
    "cond-mat.dis-nn",
    "physics.bio-ph",
    "eess.SY",
  ]);
});

test("the year of an id", () => {
  expect(yearOfArxivId("0704.0001")).toBe(2007);
  expect(yearOfArxivId("2606.10420")).toBe(2026);
  expect(yearOfArxivId("hep-th/9901001")).toBe(1999);
  expect(yearOfArxivId("cs/0001024")).toBe(2000);
});

test("several DOIs in one field, each once, and none that is the arXiv id itself", () => {
  const field = "10.1103/PhysRevD.1.2, doi:10.1234/x 10.48550/arXiv.1101.0001 10.1234/X nonsense";
  expect(arxivIdentifiers("1101.0001", field)).toEqual([
    { scheme: "arxiv", value: "1101.0001" },
    { scheme: "doi", value: "10.1103/physrevd.1.2" },
    { scheme: "doi", value: "10.1234/x" },
  ]);
});

describe("the record", () => {
  const fields = {
    source: "arxiv" as const,
    id: "2606.10420",
    title: "  A title\n   over two lines ",
    abstract: "  First.\n  Second.\n",
    authors: [],
    categories: ["cs.AI"],
    comments: "12 pages,\n 3 figures",
  };

  test("days come from the versions", () => {
    const versions = [
      { number: 1, submittedAt: "2025-12-31T23:59:59.000Z" },
      { number: 2, submittedAt: "2026-07-01T00:00:00.000Z" },
    ];
    expect(arxivRecord({ ...fields, versions })).toEqual({
      source: "arxiv",
      sourceId: "2606.10420",
      identifiers: [{ scheme: "arxiv", value: "2606.10420" }],
      title: "A title over two lines",
      abstract: "First.\n  Second.",
      abstractKind: "abstract",
      authors: [],
      publishedOn: "2025-12-31",
      updatedOn: "2026-07-01",
      year: 2025,
      categories: ["cs.AI"],
      versions,
      links: [],
      comments: "12 pages, 3 figures",
    });
  });

  test("without versions the id tells the year, and nothing tells a day", () => {
    const record = arxivRecord(fields);
    expect(record).toMatchObject({ year: 2026, versions: [] });
    expect(record).not.toHaveProperty("publishedOn");
    expect(record).not.toHaveProperty("updatedOn");
    expect(record).not.toHaveProperty("withdrawn");
  });

  test("a later version alone says nothing of the first day", () => {
    const versions = [{ number: 3, submittedAt: "2026-07-01T00:00:00.000Z" }];
    const record = arxivRecord({ ...fields, versions });
    expect(record).toMatchObject({ year: 2026, updatedOn: "2026-07-01" });
    expect(record).not.toHaveProperty("publishedOn");
  });

  test("withdrawn by the mark of the last version, or by its words", () => {
    const notice = { number: 2, submittedAt: "2026-07-01T00:00:00.000Z", withdrawn: true };
    const again = { number: 3, submittedAt: "2026-08-01T00:00:00.000Z" };
    expect(arxivRecord({ ...fields, versions: [notice] })).toMatchObject({ withdrawn: true });
    expect(arxivRecord({ ...fields, versions: [notice, again] })).not.toHaveProperty("withdrawn");
    expect(arxivRecord({ ...fields, comments: "This paper has been withdrawn" })).toMatchObject({
      withdrawn: true,
    });
  });

  test("no record without a title", () => {
    expect(arxivRecord({ ...fields, title: " \n" })).toEqual({ refused: "it has no title" });
    expect(arxivRecord({ ...fields, title: "x".repeat(10_000_000) })).toHaveProperty("refused");
  });
});
