import { expect, test } from "vitest";
import { maxLabels } from "./columns.ts";
import { LiveColumns } from "./live-columns.ts";

const paper = { key: 1, id: "a", title: "", abstract: "", authors: [] };

function labelsOf(columns: LiveColumns, doc: number): string[] {
  const { labelNames, labelStarts, labelNumbers } = columns.view();
  return [...labelNumbers.subarray(labelStarts[doc]!, labelStarts[doc + 1]!)].map(
    (label) => labelNames[label]!,
  );
}

test("a paper has each of its labels once, in order, whichever papers had them before", () => {
  const columns = new LiveColumns();
  columns.add({ ...paper, venue: "cs.CL", categories: ["cs.CL", "cs.LG", "cs.CL"], hasCode: true });
  columns.add({ ...paper, categories: ["cs.LG"], sources: ["cs.LG"], lists: ["cs.CL"] });
  expect(labelsOf(columns, 0)).toEqual(["code:yes", "venue:cs.CL", "category:cs.CL", "category:cs.LG"]);
  expect(labelsOf(columns, 1)).toEqual(["category:cs.LG", "source:cs.LG", "list:cs.CL"]);
  expect(columns.view().labelNames).toHaveLength(6);
});

test("names that are cut to the same label are one", () => {
  const columns = new LiveColumns();
  const long = "v".repeat(300);
  columns.add({ ...paper, lists: [`${long}a`, `${long}b`] });
  expect(labelsOf(columns, 0)).toHaveLength(1);
});

test("of a paper with very many labels the first are kept", () => {
  const columns = new LiveColumns();
  const lists = Array.from({ length: maxLabels + 9 }, (_, i) => `list ${i >> 1}`);
  const more = Array.from({ length: maxLabels }, (_, i) => `more ${i}`);
  columns.add({ ...paper, lists: [...lists, ...more] });
  expect(labelsOf(columns, 0)).toEqual(
    [...new Set([...lists, ...more])].slice(0, maxLabels).map((name) => `list:${name}`),
  );
});
