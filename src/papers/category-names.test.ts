import { describe, expect, test } from "vitest";
import { categoryGroups, findCategoryName } from "./category-names.ts";

const all = categoryGroups.flatMap(({ categories }) => categories);

describe("category names", () => {
  test("each category of arXiv once, with a name", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    // arXiv has 155; six of them are second names (cs.NA, cs.SY, math.IT, math.MP, q-fin.EC, stat.TH).
    expect(all).toHaveLength(149);
    for (const { id, name } of all) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?$/);
      expect(name).toMatch(/^[A-Z].{3,}$/);
    }
  });

  test("no group names two fields alike", () => {
    for (const { categories } of categoryGroups)
      expect(new Set(categories.map(({ name }) => name)).size).toBe(categories.length);
  });

  test.each([
    ["cs.CL", "Computation and language"],
    ["cond-mat.mes-hall", "Mesoscale and nanoscale physics"],
    ["cs.SY", null],
    ["toString", null],
  ])("%s is %s", (id, name) => {
    expect(findCategoryName(id)).toBe(name);
  });
});
