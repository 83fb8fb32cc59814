import { describe, expect, test } from "vitest";
import { type EstimateModel, estimateOf, formatModel, parseModel } from "./estimate-model.ts";

const model: EstimateModel = {
  trainedUntil: "2025-12-31",
  rows: 12,
  weights: new Map([
    ["title agents", 0.25],
    ["pair small agents", -0.5],
    ["fact stars known", 0.125],
  ]),
  past: new Map([["0123456789ab", { papers: 3, beyond: -0.25 }]]),
};

describe("estimate", () => {
  test("is the sum of its parts; words are one part, unknown features none", () => {
    const estimate = estimateOf(model, [
      { kind: "title", name: "agents", value: 1 },
      { kind: "pair", name: "small agents", value: 1 },
      { kind: "fact", name: "stars known", value: 1 },
      { kind: "abstract", name: "agents", value: 1 },
    ]);
    expect(estimate).toEqual({
      value: -0.125,
      parts: [
        {
          name: "words",
          value: -0.25,
          said: [
            { word: "small agents", value: -0.5 },
            { word: "agents", value: 0.25 },
          ],
        },
        { name: "fact stars known", value: 0.125 },
      ],
    });
  });
});

describe("model file", () => {
  test("comes back equal, in a fixed order", () => {
    const text = formatModel(model);
    expect(parseModel(text, "ranking.txt")).toEqual(model);
    const turned = { ...model, weights: new Map([...model.weights].reverse()) };
    expect(formatModel(turned)).toBe(text);
    expect(text.split("\n").slice(4, 9)).toEqual([
      "trained-until\t2025-12-31",
      "rows\t12",
      "fact\tstars known\t0.125",
      "title\tagents\t0.25",
      "pair\tsmall agents\t-0.5",
    ]);
  });

  test.each([
    ["title\tagents", "line 1 is not understood"],
    ["title\tagents\tmany", "line 1 is not understood"],
    ["past-sum\tab\t1", "line 1 is not understood"],
    ["secret\tx", "line 1 is not understood"],
    ["rows\t12", "does not say until when"],
    ["trained-until\tsoon\nrows\t12", "does not say until when"],
  ])("%j is refused with the place", (text, message) => {
    expect(() => parseModel(text, "ranking.txt")).toThrow(message);
  });
});
