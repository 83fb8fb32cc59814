import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { AppError } from "../lib/errors.ts";
import { parsePair } from "./similar-pair.ts";

describe("a line of texts to rank", () => {
  test("has a query and candidates; a missing title or abstract is empty", () => {
    const line = JSON.stringify({
      query: { title: "Bread", abstract: "Flour and water." },
      candidates: [
        { id: "a", title: "Bridges" },
        { id: 7, title: null, abstract: "Yeast." },
      ],
    });
    expect(parsePair(line)).toEqual({
      query: { title: "Bread", abstract: "Flour and water." },
      candidates: [
        { id: "a", title: "Bridges", abstract: "" },
        { id: 7, title: "", abstract: "Yeast." },
      ],
    });
  });

  test.each([
    ["{", "no JSON"],
    ["[]", '"query"'],
    ['{"query":{}}', '"candidates"'],
    ['{"query":{},"candidates":[null]}', "candidate 1"],
    ['{"query":{},"candidates":[{"id":"a"},{"title":"x"}]}', "candidate 2 has no id"],
    ['{"query":{"title":3},"candidates":[]}', "of the query"],
  ])("%s is refused by name", (line, part) => {
    expect(() => parsePair(line)).toThrow(part);
  });

  test("nothing else is thrown, whatever stands there", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        try {
          parsePair(line);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
