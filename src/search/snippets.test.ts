import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { forEachUnit, listStems } from "./analyzer.ts";
import { highlight, highlightPhrases, makeSnippet } from "./snippets.ts";

const show = (parts: { text: string; hit: boolean }[]) =>
  parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

describe("highlight", () => {
  test.each([
    ["Tokens and their positions", ["token", "posit"], "[Tokens] and their [positions]"],
    ["Token-level pruning", ["level"], "Token-[level] pruning"],
    ["LongBench, revisited", ["bench"], "[LongBench], revisited"],
    ["Pre-training", ["pretrain"], "[Pre-training]"],
    ["A²ATS & α", ["a2at", "alpha"], "[A²ATS] & [α]"],
    ["<b>token</b>", ["token"], "<b>[token]</b>"],
    ["nothing here", ["token"], "nothing here"],
    ["", ["token"], ""],
  ])("%s", (text, stems, expected) => {
    expect(show(highlight(text, stems))).toBe(expected);
  });

  test("marks the words that a walk over all units finds", () => {
    const words = fc.constantFrom(
      "token",
      "Tokens",
      "token-level",
      "LongBench",
      "pre-training",
      "A²ATS",
      "α",
      "x",
    );
    const stems = fc.array(fc.constantFrom("token", "level", "bench", "pretrain", "a2at", "alpha", "never"));
    fc.assert(
      fc.property(fc.array(words), stems, (texts, drawn) => {
        const asked: readonly string[] = drawn;
        const text = texts.join(" ");
        const expected: string[] = [];
        forEachUnit(text, ({ stems: own, extras, starts, ends }, start, end) => {
          const held = own.flatMap((stem, i) =>
            asked.includes(stem) ? [text.slice(start + starts[i]!, start + ends[i]!)] : [],
          );
          const other = extras.some(({ stem }) => asked.includes(stem));
          expected.push(...(held.length === 0 && other ? [text.slice(start, end)] : held));
        });
        expect(highlight(text, asked).flatMap((part) => (part.hit ? [part.text] : []))).toEqual(expected);
      }),
    );
  });

  test("loses nothing of any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 120 }),
        fc.array(fc.constantFrom("a", "1", "b")),
        (text, stems) => {
          expect(
            highlight(text, stems)
              .map((part) => part.text)
              .join(""),
          ).toBe(text);
        },
      ),
    );
  });
});

const filler = "Nothing of note is said in this sentence at all. ".repeat(12);

describe("makeSnippet", () => {
  test("is the whole text when it is short", () => {
    expect(show(makeSnippet("About token positions.", ["token"]))).toBe("About [token] positions.");
  });

  test("shows the stretch with most different stems, from the beginning of its sentence", () => {
    const text = `${filler}We study a token. ${filler}Here the token meets its position. ${filler}`;
    const snippet = show(makeSnippet(text, ["token", "posit"], { length: 120 }));
    expect(snippet).toMatch(/^… Here the \[token\] meets its \[position\]\. /);
    expect(snippet).toMatch(/ …$/);
  });

  test("begins at the beginning when nothing matches", () => {
    const snippet = show(makeSnippet(filler, ["token"], { length: 60 }));
    expect(snippet).toBe("Nothing of note is said in this sentence at all. Nothing of …");
  });

  test("is short, made of the text, and never splits a character", () => {
    const words = fc.constantFrom("token", "position", "👩‍👩‍👧", "word.", "αβγ", "x".repeat(70));
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), fc.integer({ min: 20, max: 200 }), (list, length) => {
        const text = list.join(" ");
        const parts = makeSnippet(text, ["token"], { length });
        const shown = parts.map((part) => part.text).join("");
        expect(shown.length).toBeLessThanOrEqual(Math.max(text.length, length + 4));
        expect(text).toContain(shown.replace(/^… /, "").replace(/ …$/, ""));
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("highlightPhrases", () => {
  const marked = (text: string, ...phrases: string[]) =>
    highlightPhrases(text, phrases.map(listStems))
      .map((part) => (part.hit ? `[${part.text}]` : part.text))
      .join("");

  test("marks a phrase only where its words follow one another, the longest first", () => {
    expect(marked("A network of graphs: graph neural networks", "graph neural network", "graph")).toBe(
      "A network of [graphs]: [graph neural networks]",
    );
    expect(marked("State-space models, spaces of states", "state space")).toBe(
      "[State-space] models, spaces of states",
    );
  });

  test("loses no character, whatever is watched", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 4 }), (text, phrases) => {
        const parts = highlightPhrases(text, phrases.map(listStems));
        expect(parts.map((part) => part.text).join("")).toBe(text);
      }),
    );
  });
});
