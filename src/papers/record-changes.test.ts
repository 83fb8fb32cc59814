import { describe, expect, test } from "vitest";
import { recordOf } from "../../test/support/entries.ts";
import type { PaperRecord, RecordChange } from "./paper.ts";
import { describeChange, foldChanges } from "./record-changes.ts";

describe("what was taken back", () => {
  test.each<[string, Partial<PaperRecord>, RecordChange["before"] | null]>([
    ["nothing", {}, null],
    ["a line broken elsewhere", { title: "On\n  Counting", abstract: "We\ncount. " }, null],
    ["another comment", { comments: "9 pages" }, null],
    ["the title", { title: "On <b>Counting</b>" }, { title: "On Counting" }],
    [
      "the abstract, and an author",
      { abstract: "We counted.", authors: [{ name: "Ada Lovelace" }, { name: "Grace Hopper" }] },
      { abstract: "We count.", authors: ["Ada Lovelace"] },
    ],
    ["a withdrawal", { withdrawn: true }, { withdrawn: false }],
  ])("%s", (_name, given, before) => {
    expect(describeChange(recordOf(), recordOf(given))).toEqual(before);
  });

  test("what had not been said before is no change", () => {
    const { abstract: _, ...poor } = recordOf({ authors: [] });
    expect(describeChange(poor, recordOf())).toBeNull();
  });

  test("the same words taken back by another voice are told once", () => {
    const change = (
      source: RecordChange["source"],
      hour: number,
      before: RecordChange["before"],
    ): RecordChange => ({
      source,
      sourceId: "2605.00001",
      changedAt: `2026-05-13T${String(hour).padStart(2, "0")}:00:00.000Z`,
      before,
    });
    const first = change("arxiv-listing", 1, { title: "On Counting" });
    const folded = foldChanges([change("arxiv", 3, { title: "On  Counting", abstract: "We count." }), first]);
    expect(folded).toEqual([change("arxiv", 3, { abstract: "We count." }), first]);
  });
});
