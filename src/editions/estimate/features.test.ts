import { describe, expect, test } from "vitest";
import { type EstimateInput, featuresOf } from "./features.ts";
import { PastVotes } from "./past-votes.ts";

const plain: EstimateInput = {
  title: "Small Agents: Can They Plan?",
  abstract: "We show that small agents plan. Agents plan well.",
  authors: ["Ada", "Bob"],
  submitter: null,
  organisation: null,
  code: false,
  project: false,
  stars: null,
  publishedOn: null,
  day: "2026-05-12",
  sameSubmitter: 0,
};

function valuesOf(input: EstimateInput, past = new PastVotes()): Record<string, number> {
  return Object.fromEntries(
    featuresOf(input, past).map(({ kind, name, value }) => [`${kind} ${name}`, value]),
  );
}

describe("features", () => {
  test("words of the title, pairs of neighbours that both say something, words of the abstract by its length", () => {
    const values = valuesOf(plain);
    expect(Object.keys(values).filter((key) => key.startsWith("title"))).toEqual([
      "title small",
      "title agents",
      "title they",
      "title plan",
    ]);
    expect(Object.keys(values).filter((key) => key.startsWith("pair"))).toEqual([
      "pair small agents",
      "pair they plan",
    ]);
    expect(values["abstract agents"]).toBeCloseTo(1 / Math.sqrt(4), 12);
    expect(values["abstract show"]).toBeUndefined();
  });

  test("facts, only those that are not nothing", () => {
    const values = valuesOf({ ...plain, code: true, stars: 0, submitter: "Ada", sameSubmitter: 3 });
    expect(values).toMatchObject({
      "fact code": 1,
      "fact stars known": 1,
      "fact title asks": 1,
      "fact title with colon": 1,
    });
    expect(values["fact same submitter"]).toBeCloseTo(Math.log(4), 12);
    for (const absent of ["fact stars", "fact project", "fact no submitter", "fact age"])
      expect(values[absent]).toBeUndefined();
    expect(valuesOf(plain)["fact no submitter"]).toBe(1);
  });

  test("age in days, not below none and not beyond five months", () => {
    const age = (publishedOn: string) => valuesOf({ ...plain, publishedOn })["fact age"];
    expect(age("2026-05-11")).toBeCloseTo(Math.log(2), 12);
    expect(age("2026-05-13")).toBeUndefined();
    expect(age("1999-01-01")).toBeCloseTo(Math.log(149), 12);
  });

  test("what came of earlier papers of the same people", () => {
    const past = new PastVotes();
    const credits = { organisation: "Lab", authors: ["Ada"], submitter: "Sam" };
    past.setDay("2026-05-11", [
      { ...credits, votes: 9 },
      { organisation: null, authors: ["Bob"], submitter: null, votes: 0 },
    ]);
    const values = valuesOf({ ...plain, submitter: "Sam", organisation: "Lab" }, past);
    const beyond = Math.log(10) / 2;
    expect(values["past submitter"]).toBeCloseTo(beyond / 4, 12);
    expect(values["past organisation"]).toBeCloseTo(beyond / 3, 12);
    expect(values["past best author"]).toBeCloseTo(beyond / 3, 12);
    expect(values["past authors"]).toBeUndefined();
  });

  test("hostile texts cost what they are long and break nothing", () => {
    const values = valuesOf({
      ...plain,
      title: "a".repeat(200_000),
      abstract: "\u{1F4A9}<script>",
      authors: [],
    });
    expect(Object.keys(values).every((key) => key.length < 90)).toBe(true);
  });
});
