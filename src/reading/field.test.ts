import { describe, expect, test } from "vitest";
import { fieldNames, fieldOf } from "./field.ts";
import { fieldWords } from "./field-words.ts";

function byText(titleText: string, abstractText = ""): string {
  return fieldOf({ categories: [], titleText, abstractText });
}

describe("fieldOf", () => {
  test.each([
    [["cs.CL", "cs.LG"], "Language"],
    [["cs.AI", "cs.RO"], "Robots"],
    [["cs.LG", "cs.CL"], "Learning"],
    [["eess.AS"], "Speech and audio"],
    [["stat.ML"], "Learning"],
    [["math.OC"], "Theory"],
    [["q-bio.BM"], "Science"],
    [["cond-mat.mes-hall"], "Science"],
    [["hep-th"], "Science"],
    [["cs.DC"], "Systems"],
  ])("the first category that maps decides: %s", (categories, field) => {
    expect(fieldOf({ categories, titleText: "A robot that sings", abstractText: "" })).toBe(field);
  });

  test("cs.AI and unknown categories leave it to the words", () => {
    const paper = { titleText: "Grasping with a humanoid robot", abstractText: "" };
    expect(fieldOf({ ...paper, categories: ["cs.AI"] })).toBe("Robots");
    expect(fieldOf({ ...paper, categories: ["zz.ZZ", "constructor", "__proto__"] })).toBe("Robots");
  });

  test.each([
    ["Taming tokenizers for low-resource languages", "Language"],
    ["One step text-to-image generation", "Vision"],
    ["A multi-agent system that uses tools", "Agents"],
    ["Learning dexterous manipulation", "Robots"],
    ["Streaming text-to-speech", "Speech and audio"],
    ["Dense retrieval for long documents", "Retrieval"],
    ["An optimizer for continual learning", "Learning"],
    ["A faster CUDA kernel for LLM serving", "Systems"],
    ["A lower bound on sample complexity", "Theory"],
    ["Folding proteins with small molecules", "Science"],
  ])("by words: %s", (title, field) => {
    expect(byText(title)).toBe(field);
  });

  test("the title weighs more than the abstract, and keywords count", () => {
    expect(byText("Robots that sing", "We train a language model.")).toBe("Robots");
    expect(
      fieldOf({ categories: [], titleText: "X", abstractText: "", keywords: ["protein", "drug discovery"] }),
    ).toBe("Science");
  });

  test("a text that says nothing falls back to one section", () => {
    expect(byText("")).toBe("Learning");
    expect(byText("\u0000\uD800")).toBe("Learning");
  });

  test("every field has words", () => {
    expect(Object.keys(fieldWords).sort()).toEqual([...fieldNames].sort());
  });
});
