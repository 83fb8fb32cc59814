import { expect, test } from "vitest";
import { setOfCategory } from "./harvest-arxiv-sets.ts";

test.each([
  ["cs.CL", "cs:cs:CL"],
  ["stat.ML", "stat:stat:ML"],
  ["hep-th", "physics:hep-th"],
  ["astro-ph.GA", "physics:astro-ph:GA"],
  ["physics.optics", "physics:physics:optics"],
  ["math-ph", "physics:math-ph"],
  ["eess.SY", "eess:eess:SY"],
])("%s is the set %s", (category, set) => {
  expect(setOfCategory(category)).toBe(set);
});
