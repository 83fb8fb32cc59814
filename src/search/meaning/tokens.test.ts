import { describe, expect, test } from "vitest";
import { readSentences, readTokens } from "./tokens.ts";

describe("tokens", () => {
  test("stems as the index has them, gaps at stop words", () => {
    expect(readTokens("The training of neural networks")).toEqual([null, "train", null, "neural", "network"]);
    expect(readTokens("self-supervised learning")).toEqual(["self", "supervis", "learn"]);
  });

  test("sentences end at a mark before a capital, a digit or a bracket, not within numbers or names", () => {
    expect(readSentences("We bake bread. It rises! 3.5 loaves (v2.1) remain? Yes.")).toEqual([
      [null, "bake", "bread"],
      [null, "rise"],
      ["3.5", "loav", "v2", "1", "remain"],
      ["yes"],
    ]);
  });

  test("a text of stop words has no sentence; a hostile one is cut", () => {
    expect(readSentences("It was. And so is this.")).toEqual([]);
    const sentences = readSentences("tide. Moon ".repeat(50_000));
    expect(sentences.flat().length).toBeLessThanOrEqual(4_010);
  });
});
