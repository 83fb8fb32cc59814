import { expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { endsSentence } from "./sentence-end.ts";
import { splitSentences } from "./tokens.ts";

const gap = fc
  .array(fc.constantFrom(".", "!", "?", " ", "\u00a0", "\n", "(", '"', "“", ",", ";", "…"), { maxLength: 8 })
  .map((marks) => marks.join(""));
const next = fc.constantFrom("tide", "Tide", "3", "𝐀rt", "🔥", "Éa", "éa", "語", "٣");

test("a sentence ends between two words where the text is cut there", () => {
  fc.assert(
    fc.property(gap, next, (marks, word) => {
      const text = `moon${marks}${word}`;
      const cut = splitSentences(text).length > 1;
      expect(endsSentence(text, 4, 4 + marks.length)).toBe(cut);
    }),
    { numRuns: 500 },
  );
});
