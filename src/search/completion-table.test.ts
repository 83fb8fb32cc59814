import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { buildTable, type CompletionTable } from "./completion-table.ts";
import { foldText, foldTyped, isStopWord } from "./suggest-text.ts";
import { TextPool } from "./text-pool.ts";

interface CompletionText {
  folded: string;
  weight: number;
}

function build(texts: readonly CompletionText[]): CompletionTable {
  const pool = new TextPool();
  for (const { folded, weight } of texts) pool.add(folded, weight);
  const steps = buildTable(pool);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The slow way: every text with a word that begins so, but for stop words inside. */
function naive(texts: readonly CompletionText[], prefix: string): number[] {
  const begins = ({ folded }: CompletionText) =>
    folded.split(" ").some((word, i, words) => {
      if (i > 0 && isStopWord(word)) return false;
      return words.slice(i).join(" ").startsWith(prefix);
    });
  const found = texts.map((_, i) => i).filter((i) => begins(texts[i]!));
  return found.sort((a, b) => texts[b]!.weight - texts[a]!.weight);
}

const word = fc.constantFrom("token", "tokens", "to", "the", "position", "in", "内存", "holder", "t", "top");
const text = fc.record({
  folded: fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" ")),
  weight: fc.integer({ min: 0, max: 5 }),
});
const prefix = fc.constantFrom(
  "t",
  "to",
  "token ",
  "token position",
  "the",
  "内",
  "x",
  "in t",
  "h",
  "tokens in the",
);

describe("CompletionTable", () => {
  test("gives the heaviest of all texts that hold a word beginning so", () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 80 }),
        prefix,
        fc.integer({ min: 1, max: 6 }),
        (texts, typed, limit) => {
          const weights = (list: number[]) => list.map((i) => texts[i]!.weight);
          const found = build(texts).top(typed, limit);
          const expected = naive(texts, typed);
          expect(weights(found)).toEqual(weights(expected.slice(0, limit)));
          for (const i of found) expect(expected).toContain(i);
          expect(new Set(found).size).toBe(found.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("looks at no more entries in a large table than its logarithm asks for", () => {
    const stepsOf = (size: number) => {
      const texts = Array.from({ length: size }, (_, i) => ({
        folded: `token w${i % 97} position ${i}`,
        weight: (i * 7919) % 1009,
      }));
      const table = build(texts);
      table.steps = 0;
      expect(table.top("t", 8)).toHaveLength(8);
      return table.steps;
    };
    const [small, large] = [stepsOf(500), stepsOf(20_000)];
    expect(large).toBeLessThan(2 * small);
    expect(large).toBeLessThan(1_500);
  });

  test("an empty table finds nothing", () => {
    expect(build([]).top("a", 5)).toEqual([]);
  });
});

describe("folding", () => {
  test.each([
    ["Hölder's  Token-level", "holder s token level"],
    ["A²ATS: α-divergence", "a2ats alpha divergence"],
    ["  ", ""],
    ["内存", "内 存"],
  ])("%j is %j", (written, folded) => expect(foldText(written)).toBe(folded));

  test("a space at the end says that the word is finished", () => {
    expect([foldTyped("token "), foldTyped("Token"), foldTyped(" - ")]).toEqual(["token ", "token", ""]);
  });
});
