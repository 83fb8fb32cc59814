import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { PastVotes, pastKey } from "./past-votes.ts";

const paper = (votes: number, submitter: string | null, authors: string[] = []) => ({
  votes,
  submitter,
  organisation: null,
  authors,
});

describe("past votes", () => {
  test("a name is worth what its papers did beyond the mean of their day, drawn towards nothing", () => {
    const past = new PastVotes();
    past.setDay("2026-01-05", [paper(15, "Ada"), paper(0, "Bob")]);
    const mean = Math.log(16) / 2;
    expect(past.expectedOf("submitter", "Ada")).toBeCloseTo((Math.log(16) - mean) / 4, 12);
    expect(past.expectedOf("submitter", "Bob")).toBeCloseTo(-mean / 4, 12);
    expect(past.expectedOf("author", "Ada")).toBeNull();
    expect(past.expectedOf("submitter", "Carol")).toBeNull();
  });

  test("case does not count, an author named twice counts once", () => {
    const past = new PastVotes();
    past.setDay("2026-01-05", [paper(3, null, ["Ada Byron", "Ada Byron"]), paper(0, null, ["B"])]);
    expect(past.list(1).find(([key]) => key === pastKey("author", "ada byron"))?.[1].papers).toBe(1);
    expect(past.expectedOf("author", "ADA BYRON")).toBe(past.expectedOf("author", "Ada Byron"));
  });

  test("setting a day again replaces it: any history of settings leaves the same record as the last ones alone", () => {
    const papers = fc.array(
      fc.record({
        votes: fc.nat(50),
        submitter: fc.constantFrom("a", "b", null),
        organisation: fc.constantFrom("x", null),
        authors: fc.subarray(["p", "q", "r"]),
      }),
      { maxLength: 4 },
    );
    const setting = fc.record({ day: fc.constantFrom("2026-01-01", "2026-01-02"), papers });
    fc.assert(
      fc.property(fc.array(setting, { maxLength: 6 }), (settings) => {
        const all = new PastVotes();
        for (const { day, papers: list } of settings) all.setDay(day, list);
        const once = new PastVotes();
        for (const [day, { papers: list }] of new Map(settings.map((each) => [each.day, each])))
          once.setDay(day, list);
        for (const name of ["a", "b"])
          expect(all.expectedOf("submitter", name) ?? 0).toBeCloseTo(
            once.expectedOf("submitter", name) ?? 0,
            9,
          );
        expect(all.list(1).map(([key, { papers: n }]) => [key, n])).toEqual(
          once.list(1).map(([key, { papers: n }]) => [key, n]),
        );
      }),
    );
  });

  test("what was learned before is where it starts, and is not changed by it", () => {
    const learned = new Map([[pastKey("submitter", "Ada"), { papers: 5, beyond: 4 }]]);
    const past = new PastVotes(learned);
    expect(past.expectedOf("submitter", "ada")).toBe(0.5);
    past.setDay("2026-01-05", [paper(15, "Ada"), paper(0, "Bob")]);
    expect(learned.get(pastKey("submitter", "Ada"))).toEqual({ papers: 5, beyond: 4 });
  });
});
