import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { cutAbstract, shortSummary } from "./key-sentences.ts";

const background =
  "Large tables are hard to read. Earlier methods read them row by row and forget what came before.";
const abstract = `${background} We introduce Gridreader, a reader of tables that keeps a sketch of all columns. It needs no training. On nine collections it halves the errors.`;

describe("cutAbstract", () => {
  test("leaves a short abstract whole", () => {
    expect(cutAbstract("Short. We propose it.", 100)).toEqual({ text: "Short. We propose it.", cut: false });
  });

  test("begins with the sentence that says what the paper does and ends at a sentence's end", () => {
    expect(cutAbstract(abstract, 120)).toEqual({
      text: "We introduce Gridreader, a reader of tables that keeps a sketch of all columns. It needs no training.",
      cut: true,
    });
  });

  test.each([
    "This paper presents a way to fold maps.",
    "In this work, we study how maps fold.",
    "In this technical report, we introduce a folding map.",
    "To support such work, we carefully develop a folding map.",
    "We formalise folding as search.",
  ])("knows the key sentence: %s", (key) => {
    const text = `Maps are large. They tear when they are folded by hand in wind and rain. ${key} ${"More is said here of it. ".repeat(9)}`;
    expect(cutAbstract(text, 60).text).toMatch(new RegExp(`^${key.slice(0, 20)}`));
  });

  test("does not take a part for the whole", () => {
    const text = `Maps are large and heavy. We also propose a bag for them. We propose a folding map of cloth. ${"It holds well. ".repeat(9)}`;
    expect(cutAbstract(text, 40).text).toBe("We propose a folding map of cloth.");
  });

  test("takes what was found when nothing is introduced, else the beginning", () => {
    const found = `Maps are large and heavy. We show that cloth lasts longer than paper. ${"It holds well. ".repeat(9)}`;
    expect(cutAbstract(found, 50).text).toBe("We show that cloth lasts longer than paper.");
    const plain = `Maps are large and heavy. Cloth lasts longer than paper. ${"It holds well. ".repeat(9)}`;
    expect(cutAbstract(plain, 50).text).toBe("Maps are large and heavy.");
  });

  test("keeps one sentence that is over by less than a third, and cuts a longer one with an ellipsis", () => {
    const sentence =
      "We propose a folding map of cloth, which lasts a long time and is light to carry around in the hills.";
    const text = `${sentence} ${"It holds well. ".repeat(20)}`;
    expect(cutAbstract(text, 80).text).toBe(sentence);
    expect(cutAbstract(text, 60).text).toBe("We propose a folding map of cloth, which lasts a long time …");
    expect(cutAbstract(text, 40).text).toBe("We propose a folding map of cloth …");
  });

  test("leaves no bracket open and no character halved", () => {
    const open = `We propose six kinds of cloth for maps (cotton, linen, silk, wool and others besides them). ${"It holds. ".repeat(20)}`;
    expect(cutAbstract(open, 52).text).toBe("We propose six kinds of cloth for maps …");
    const faces = "😀".repeat(200);
    expect(cutAbstract(faces, 51).text).toBe(`${"😀".repeat(25)} …`);
  });

  test("never exceeds the budget by more than a third and an ellipsis", () => {
    const word = fc.constantFrom(
      "we",
      "propose",
      "maps.",
      "This",
      "paper",
      "cloth,",
      "(so",
      "it)",
      "Fig.",
      "et al.",
      "We",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), fc.integer({ min: 20, max: 300 }), (words, budget) => {
        const { text, cut } = cutAbstract(words.join(" "), budget);
        expect(text.length).toBeLessThanOrEqual(Math.max((budget * 4) / 3, budget + 2));
        if (!cut) expect(text).toBe(words.join(" "));
      }),
    );
  });
});

describe("shortSummary", () => {
  test("is at most 220 characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        expect(shortSummary(text).length).toBeLessThanOrEqual(220);
      }),
    );
    expect(shortSummary(abstract)).toMatch(/^We introduce Gridreader/);
  });
});
