import { expect, test } from "vitest";
import { arxivRecord } from "../../test/support/world-papers.ts";
import { foldRecords } from "./merging.ts";
import { formatPaperJson } from "./paper-json.ts";

const record = arxivRecord("2001.00001", {
  title: "On $\\alpha$",
  abstract: "We gain 42\\%.",
  comments: "12 pages",
  links: [
    { kind: "code", url: "https://code.test" },
    { kind: "site", url: "javascript:alert(1)" },
  ],
});
const paper = { ...foldRecords([record]), pk: 7, id: "2001.00001", changeNumber: 12 };

test("gives the title as given and clean, every id by scheme, lists and editions", () => {
  const identifiers = [
    { scheme: "arxiv" as const, value: "2001.00001" },
    { scheme: "doi" as const, value: "10.1234/a" },
    { scheme: "doi" as const, value: "10.1234/b" },
  ];
  const lists = [{ id: "l", title: "L", position: 3 }];
  expect(formatPaperJson(paper, identifiers, { lists, editions: ["2026-05-12"] })).toMatchObject({
    id: "2001.00001",
    title: "On $\\alpha$",
    titleText: "On α",
    abstract: "We gain 42\\%.",
    abstractText: "We gain 42%.",
    abstractKind: "abstract",
    sourceIds: { arxiv: ["2001.00001"], doi: ["10.1234/a", "10.1234/b"] },
    lists,
    editions: ["2026-05-12"],
    comments: "12 pages",
    fieldSources: { title: "arxiv" },
  });
});

test("keeps to itself what only this installation knows, and addresses no browser should follow", () => {
  const json = formatPaperJson(paper, []);
  expect(json).not.toHaveProperty("pk");
  expect(json).not.toHaveProperty("changeNumber");
  expect(json).not.toHaveProperty("details");
  expect(json.links).toEqual([{ kind: "code", url: "https://code.test" }]);
  expect(json).toMatchObject({ lists: [], editions: [], sourceIds: {} });
});
