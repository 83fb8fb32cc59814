import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { buildTable } from "./completion-table.ts";
import { listConcepts } from "./suggest-concepts.ts";
import { isStopWord } from "./suggest-text.ts";
import { TextPool } from "./text-pool.ts";

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function conceptsOf(titles: readonly string[], fewest = 2): Record<string, number> {
  const pool = new TextPool();
  for (const folded of titles) pool.add(folded, 0);
  const table = finish(buildTable(pool));
  const concepts = finish(listConcepts(table, fewest));
  for (const { folded, text } of concepts) expect(` ${titles[text]} `).toContain(` ${folded} `);
  return Object.fromEntries(concepts.map(({ folded, papers }) => [folded, papers]));
}

test("counts runs of words, and leaves one to the longer run that has nearly all of its titles", () => {
  const titles = [
    "chain of thought prompting",
    "measuring chain of thought",
    "chain of thought",
    "language models",
    "small language models",
    "small language models",
    "language",
  ];
  expect(conceptsOf(titles)).toEqual({
    "chain of thought": 3,
    "language models": 3,
    "small language models": 2,
  });
});

test("agrees with counting every run", () => {
  const word = fc.constantFrom("neural", "of", "nets", "graph", "the", "deep");
  const title = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(title, { maxLength: 30 }), (titles) => {
      for (const [run, papers] of Object.entries(conceptsOf(titles))) {
        const words = run.split(" ");
        expect(words.length).toBeGreaterThan(1);
        expect([isStopWord(words[0]!), isStopWord(words.at(-1)!)]).toEqual([false, false]);
        const places = titles.flatMap((one) => {
          const list = one.split(" ");
          return list.filter((_, i) => list.slice(i, i + words.length).join(" ") === run);
        });
        expect(papers).toBe(places.length);
      }
    }),
    { numRuns: 300 },
  );
});
