import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { parseQuery } from "./query.ts";
import { stemsBehind } from "./query-words.ts";

const stemsOf = (query: string) => parseQuery(query).words.map((word) => word.stem);

describe("parseQuery", () => {
  test("keeps the words that say something, and all stems in order", () => {
    expect(parseQuery("The position of the tokens")).toEqual({
      words: [
        { stem: "posit", alternatives: [["posit"]], count: 1, text: "position", bare: true },
        { stem: "token", alternatives: [["token"]], count: 1, text: "tokens", bare: true },
      ],
      needsWord: true,
      condition: null,
      phrases: [],
      reasons: [],
      stems: ["the", "posit", "of", "the", "token"],
      text: "The position of the tokens",
      like: null,
      problem: null,
    });
  });

  test("keeps stop words when there is nothing else", () => {
    expect(stemsOf("to be or not to be")).toEqual(["to", "be", "or", "not"]);
  });

  test("counts repeated words", () => {
    expect(parseQuery("token tokens Token").words).toEqual([
      { stem: "token", alternatives: [["token"]], count: 3, text: "token", bare: true },
    ]);
  });

  test.each([
    ['"token position"', [["token", "posit"]]],
    ['before "input tokens" after', [["input", "token"]]],
    ["“round quotes” «guillemets»", [["round", "quot"], ["guillemet"]]],
    ['"one" "two', [["one"]]],
    ['"', []],
    ['"" ""', []],
    ['"of the"', [["of", "the"]]],
  ])("phrases of %s", (query, phrases) => {
    expect(parseQuery(query).phrases).toEqual(phrases);
  });

  test("hyphens and CamelCase ask for their other spellings too", () => {
    expect(parseQuery("pre-training").words.map((word) => word.alternatives)).toEqual([
      [["pre"], ["pretrain"]],
      [["train"], ["pretrain"]],
    ]);
    expect(parseQuery("LongBench").words.map((word) => word.alternatives)).toEqual([
      [["longbench"], ["long", "bench"]],
    ]);
  });

  test("the last word may be unfinished while it is typed", () => {
    expect(parseQuery("neural tRáns", true).words.at(-1)).toMatchObject({ stem: "tran", prefix: "trans" });
    expect(parseQuery("neural trans ", true).words.at(-1)).not.toHaveProperty("prefix");
    expect(parseQuery("neural trans").words.at(-1)).not.toHaveProperty("prefix");
    // A stop word may become another word.
    expect(parseQuery("the", true).words).toMatchObject([{ stem: "the", prefix: "the" }]);
  });

  test("never throws, and is bounded by the query", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.boolean(), (query, prefix) => {
        const { words, phrases, stems } = parseQuery(query, prefix);
        expect(words.length).toBeLessThanOrEqual(stems.length);
        expect(phrases.flat().length).toBeLessThanOrEqual(stems.length);
      }),
    );
  });
});

describe("stemsBehind", () => {
  test.each([
    ["generaliza", "general"],
    ["transforme", "transform"],
    ["tokeniz", "token"],
    ["experim", "experi"],
  ])("%s may be %s", (prefix, stem) => {
    expect(stemsBehind(prefix)).toContain(stem);
  });

  test("does not cut what is no ending", () => {
    expect(stemsBehind("tokenx")).toEqual([]);
    expect(stemsBehind("at")).toEqual([]);
  });
});
