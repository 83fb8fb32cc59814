import { describe, expect, test } from "vitest";
import { arxivRecord } from "../../test/support/world-papers.ts";
import { type Placing, placeRecord } from "./harvest-placing.ts";

/** Submitted on Monday 11 May 2026 at noon in New York: announced in the evening, Tuesday's edition. */
const versions = [{ number: 1, submittedAt: "2026-05-11T16:00:00.000Z" }];
const record = arxivRecord("2605.01001", { categories: ["cs.CL", "cs.LG"], versions });
const placing = (given: Partial<Placing> = {}): Placing => ({
  category: "cs.CL",
  since: "2026-05-01",
  until: "2026-05-31",
  isClosed: () => false,
  known: [],
  datestamp: "2026-05-12",
  ...given,
});
const told = (given: Partial<Placing> = {}, of = record) =>
  placeRecord(of, placing(given)).map(({ day, kind, category }) => `${day} ${category} ${kind}`);

describe("placing a paper on its days", () => {
  test("by the calendar, new in its primary category and cross-listed in the others", () => {
    expect(told()).toEqual(["2026-05-12 cs.CL new"]);
    expect(told({ category: "cs.LG" })).toEqual(["2026-05-12 cs.LG cross"]);
    expect(told({ category: "cs.CV" })).toEqual([]);
  });

  test("not where it is known already, and not outside of what was asked for", () => {
    expect(told({ known: [{ arxivId: "2605.01001", day: "2026-05-13", kind: "new" }] })).toEqual([]);
    expect(told({ since: "2026-05-13" })).toEqual([]);
    expect(told({ until: "2026-05-11" })).toEqual([]);
  });

  test("later versions are replacements, two of one day one", () => {
    const later = [
      ...versions,
      { number: 2, submittedAt: "2026-05-13T10:00:00.000Z" },
      { number: 3, submittedAt: "2026-05-13T15:00:00.000Z" },
    ];
    const replaced = { ...record, versions: later };
    expect(told({ datestamp: "2026-05-14" }, replaced)).toEqual([
      "2026-05-12 cs.CL new",
      "2026-05-14 cs.CL replacement",
    ]);
  });

  test("held by moderation: not on the closed day its submission speaks for, but when it appeared", () => {
    const isClosed = (day: string) => day === "2026-05-12";
    expect(told({ isClosed, datestamp: "2026-05-15" })).toEqual(["2026-05-15 cs.CL new"]);
    expect(told({ isClosed: () => true, datestamp: "2026-05-15" })).toEqual([]);
  });

  test("a closed day had left out what has not changed since that day", () => {
    expect(told({ isClosed: () => true, datestamp: "2026-05-12" })).toEqual(["2026-05-12 cs.CL new"]);
  });

  test("a number that was given out on a day decides", () => {
    expect(told({ isClosed: () => true, datestamp: "2026-05-15", numberedOn: "2026-05-15" })).toEqual([
      "2026-05-15 cs.CL new",
    ]);
  });

  test("without the first version's date nothing is guessed", () => {
    expect(told({}, { ...record, versions: [] })).toEqual([]);
  });
});
