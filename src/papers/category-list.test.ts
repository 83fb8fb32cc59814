import { expect, test } from "vitest";
import { parseCategories } from "./category-list.ts";

test("categories stand apart by signs or blanks, each once, and not endless", () => {
  expect(parseCategories("cs.CL+cs.LG, stat.ML cs.CL,,")).toEqual(["cs.CL", "cs.LG", "stat.ML"]);
  expect(parseCategories(" + ")).toEqual([]);
  expect(parseCategories(Array.from({ length: 60 }, (_, i) => `c${i}`).join("+"))).toHaveLength(50);
});
