import { describe, expect, test } from "vitest";
import { arxivRecord, paperRecord, type RecordGiven } from "../../test/support/world-papers.ts";
import { canonicalIdentifier } from "./identifiers.ts";
import { areDifferentByIdentifier, matchRecord } from "./matching.ts";
import type { Identifier, PaperRecord } from "./paper.ts";

const title = "Attention over Very Long Sequences";
const abstract =
  "We read very long sequences with an attention that forgets, step by step, whatever it does not need any more.";

function candidate(...records: PaperRecord[]) {
  return { records, identifiers: records.flatMap((r) => r.identifiers.map(canonicalIdentifier)) };
}

/** The reason of the match of two records, or null. */
function reasonOf(a: PaperRecord, b: PaperRecord): string | null {
  const there = matchRecord(a, [candidate(b)])[0]?.reason ?? null;
  expect(matchRecord(b, [candidate(a)])[0]?.reason ?? null).toBe(there); // matching has no direction
  return there;
}

function compareTitled(a: RecordGiven, b: RecordGiven): string | null {
  return reasonOf(paperRecord({ title, ...a }), paperRecord({ title, ...b }));
}

describe("by identifier", () => {
  test("the same arXiv id, also as a DOI and with a version", () => {
    const hub = paperRecord({ source: "hub", identifiers: [{ scheme: "arxiv", value: "2001.00001v3" }] });
    const doi = { scheme: "doi" as const, value: "10.48550/arXiv.2001.00001" };
    expect(reasonOf(hub, paperRecord({ identifiers: [doi] }))).toBe("identifier");
    expect(matchRecord(hub, [candidate(arxivRecord("2001.00001"))])[0]?.evidence).toBe("arxiv:2001.00001");
  });

  test("a shared DOI does not join two arXiv ids", () => {
    const shared: Identifier = { scheme: "doi", value: "10.1/x" };
    const a = arxivRecord("2001.00001", { identifiers: [shared] });
    expect(reasonOf(a, arxivRecord("2001.00002", { identifiers: [shared] }))).toBeNull();
    expect(reasonOf(a, paperRecord({ identifiers: [shared] }))).toBe("identifier");
  });
});

describe("by title", () => {
  test("with the same first author, whatever the years of a telling title", () => {
    const a = { authors: ["Ada Lovelace", "Alan Turing"], year: 2019 };
    expect(compareTitled(a, { authors: ["A. Lovelace"], year: 2023 })).toBe("title-and-author");
  });

  test("forgives case, punctuation, marks and TeX in the title", () => {
    const a = paperRecord({
      title: "TÜLU$^2$: attention, over very-long sequences!",
      authors: ["Ada Lovelace"],
    });
    const b = paperRecord({ title: "Tulu2 Attention Over Very Long Sequences", authors: ["Ada Lovelace"] });
    expect(reasonOf(a, b)).toBe("title-and-author");
  });

  test("never alone", () => {
    expect(compareTitled({}, {})).toBeNull();
    expect(compareTitled({ authors: ["Ada Lovelace"] }, {})).toBeNull();
    expect(compareTitled({ year: 2020 }, {})).toBeNull();
  });

  test("an agreeing year is enough where one side has no authors, but only for a telling title", () => {
    expect(compareTitled({ authors: ["Ada Lovelace"], year: 2020 }, { year: 2021 })).toBe("title-and-year");
    expect(compareTitled({ authors: ["Ada Lovelace"], year: 2020 }, { year: 2022 })).toBeNull();
    const [a, b] = [
      paperRecord({ title: "withdrawn", year: 2018 }),
      paperRecord({ title: "Withdrawn", year: 2018 }),
    ];
    expect(reasonOf(a, b)).toBeNull();
  });

  test("different first authors need a shared list of authors, or the same abstract, beside the year", () => {
    const a = { authors: ["Ada Lovelace", "Alan Turing"], year: 2020, abstract };
    expect(compareTitled(a, { authors: ["Grace Hopper"], year: 2020 })).toBeNull();
    expect(compareTitled(a, { authors: ["Alan Turing", "Ada Lovelace"], year: 2020 })).toBe(
      "title-and-author",
    );
    expect(compareTitled(a, { authors: ["Grace Hopper"], year: 2020, abstract })).toBe("title-and-abstract");
    expect(compareTitled(a, { authors: ["Grace Hopper"], year: 2024, abstract })).toBeNull();
  });

  test("names written family first are the same names", () => {
    expect(compareTitled({ authors: ["Zhang Wei"] }, { authors: ["Wei Zhang"] })).toBe("title-and-author");
  });

  test("a title many papers have needs author and year", () => {
    const a = paperRecord({ title: "Introduction", authors: ["Ada Lovelace"], year: 2010 });
    const later = paperRecord({ title: "Introduction", authors: ["Ada Lovelace"], year: 2015 });
    const next = paperRecord({ title: "Introduction", authors: ["Ada Lovelace"], year: 2011 });
    expect(reasonOf(a, later)).toBeNull();
    expect(reasonOf(a, next)).toBe("title-and-author");
  });

  test("nothing but punctuation is no title", () => {
    const [a, b] = ["???", "!!!"].map((odd) => paperRecord({ title: odd, authors: ["Ada Lovelace"] }));
    expect(reasonOf(a!, b!)).toBeNull();
  });
});

describe("by abstract, where one side has neither authors nor year", () => {
  const listed = { source: "listing" as const, abstract, abstractKind: "abstract" as const };

  test("seven words in ten must be shared", () => {
    const a = { authors: ["Ada Lovelace"], year: 2020, abstract };
    expect(compareTitled(a, listed)).toBe("title-and-abstract");
    expect(compareTitled(a, { ...listed, abstract: abstract.slice(0, 80) })).toBe("title-and-abstract");
    const other =
      "Other words stand here about a thing that nobody has ever read in a sequence, one by one, to the end.";
    expect(compareTitled(a, { ...listed, abstract: other })).toBeNull();
  });

  test("a summary in other words proves nothing, even when it is word for word the same", () => {
    expect(compareTitled({ abstract }, { ...listed, abstractKind: "summary" })).toBeNull();
  });
});

describe("what keeps papers apart", () => {
  test("two arXiv ids, whatever else agrees", () => {
    const same = { title, authors: ["Ada Lovelace"], year: 2020, abstract };
    expect(reasonOf(arxivRecord("2001.00001", same), arxivRecord("2001.00002", same))).toBeNull();
  });

  test("two places in the same proceedings: three papers titled withdrawn stay three", () => {
    const at = (value: string, given: RecordGiven = {}) =>
      paperRecord({
        title: "withdrawn",
        authors: ["Anonymous"],
        year: 2018,
        identifiers: [{ scheme: "conference", value }],
        ...given,
      });
    expect(reasonOf(at("iclr2018:a"), at("iclr2018:b"))).toBeNull();
    expect(reasonOf(at("iclr2018:a"), at("iclr2019:b"))).toBe("title-and-author");
  });

  test("a volume of the Anthology is a proceedings too", () => {
    const acl = (value: string): Identifier[] => [{ scheme: "acl", value }];
    expect(areDifferentByIdentifier(acl("2020.acl-main.1"), acl("2020.acl-main.2"))).toBe(true);
    expect(areDifferentByIdentifier(acl("2020.acl-main.1"), acl("2020.acl-main.1"))).toBe(false);
    expect(areDifferentByIdentifier(acl("2020.acl-main.1"), acl("2021.tacl-1.1"))).toBe(false);
  });
});

test("all matches come, the surest first", () => {
  const record = arxivRecord("2001.00001", { title, authors: ["Ada Lovelace"], year: 2020, abstract });
  const byAbstract = candidate(paperRecord({ title, source: "listing", abstract }));
  const byAuthor = candidate(paperRecord({ title, authors: ["Ada Lovelace"] }));
  const byIdentifier = candidate(paperRecord({ identifiers: [{ scheme: "arxiv", value: "2001.00001" }] }));
  const stranger = candidate(paperRecord());
  const matches = matchRecord(record, [stranger, byAbstract, byAuthor, byIdentifier]);
  expect(matches.map((match) => match.candidate)).toEqual([byIdentifier, byAuthor, byAbstract]);
});
