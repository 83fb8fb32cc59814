import { expect, test } from "vitest";
import type { EditionItem } from "./edition.ts";
import { explainItem, explainTerms } from "./explain.ts";

const page = {
  key: "2026-05-12",
  formula: "front-4",
  asOf: "2026-05-12T08:30:00.000Z",
  asOfApproximate: true,
  cut: null,
  switches: { field: { on: false, why: "" }, weekday: { on: false, why: "" }, stars: { on: false, why: "" } },
};

test("features that say the same in words are one part, and the parts still add up to their side", () => {
  const parts = [
    { name: "fact authors", value: 0.25 },
    { name: "fact authors squared", value: 0.5 },
    { name: "words", value: -0.125, said: [{ word: "agents", value: -0.125 }] },
  ];
  const item = {
    rank: 1,
    score: 1,
    share: 1,
    reason: "submitted by Ada",
    terms: [],
    paper: { id: "2605.00001" },
    estimate: { value: 0.625, parts },
  } as unknown as EditionItem;
  const { estimate } = explainItem(page, item);
  const authors = estimate!.sides.find(({ side }) => side === "authors")!;
  expect(authors).toEqual({
    side: "authors",
    value: 0.75,
    parts: [{ words: "number of its authors", value: 0.75 }],
  });
});

test("every term has its words, how it is made, and its part; one that nobody knows keeps its name", () => {
  const terms = [
    { name: "votes", value: 3, points: 3 },
    { name: "age", value: 7, points: -1 },
    { name: "constructor", value: 1, points: 2 },
  ];
  expect(explainTerms({ terms, score: 4 })).toMatchObject([
    { words: "votes", weight: "1 each", part: 0.75 },
    { words: "days since its own day", part: -0.25 },
    { words: "constructor", weight: "", part: 0.5 },
  ]);
  expect(explainTerms({ terms, score: 0 }).map(({ part }) => part)).toEqual([0, 0, 0]);
});
