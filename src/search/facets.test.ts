import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SearchIndex } from "./search-index.ts";

const folder = mkdtempSync(join(tmpdir(), "search-facets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const papers = 1_000;

test("what nearly all papers answer is counted by those that do not, and removed papers are in no count", async () => {
  await using index = new SearchIndex({ folder, readOnly: false });
  index.apply(
    Array.from({ length: papers }, (_, i) => ({
      changeNumber: i + 1,
      key: i + 1,
      document: {
        key: i + 1,
        id: String(i),
        title: i % 50 === 0 ? "a scarce thing" : "a common thing",
        abstract: "",
        authors: [],
        venue: i % 2 === 0 ? "Even" : "Odd",
        year: 2000 + (i % 3),
      },
    })),
  );
  await index.flush();
  // Two that are even, one of them scarce.
  for (const [i, key] of [1, 3].entries())
    index.apply([{ changeNumber: papers + i + 1, key, document: null }]);
  const ask = (query: string) => {
    const counting = index.search({ query, limit: 1, mode: "words", facets: true });
    const without = index.search({ query, limit: 1, mode: "words" });
    const facets = Object.fromEntries(counting.facets!.map(({ field, values }) => [field, values]));
    return { total: counting.total, facets, counted: counting.work.postings - without.work.postings };
  };
  const common = ask("common");
  expect(common.total).toBe(979);
  expect(common.facets.venue).toEqual([
    { value: "Odd", count: 500 },
    { value: "Even", count: 479 },
  ]);
  expect(common.facets.year!.reduce((sum, { count }) => sum + count, 0)).toBe(979);
  const scarce = ask("scarce");
  expect(scarce.facets.venue).toEqual([{ value: "Even", count: 19 }]);
  // Finding the set walks its bits once more; counting it, only the few on one side.
  expect(common.counted).toBeLessThanOrEqual(21 + papers / 32 + 1);
  expect(scarce.counted).toBeLessThanOrEqual(19 + papers / 32 + 1);
});
