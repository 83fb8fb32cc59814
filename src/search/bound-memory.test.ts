import { afterAll, expect, test } from "vitest";
import { boundMemory } from "./bound-memory.ts";
import { ordinaryLimits, smallLimits } from "./suggest-build.ts";
import { knownUnits, scanUnits, UnitList } from "./unit-scanner.ts";
import { fewUnits, mostUnits } from "./unit-table.ts";

// Other tests of the process share the words met.
afterAll(() => boundMemory(false));

test("where memory is short fewer words are remembered and fewer titles and names suggested", () => {
  expect(boundMemory(false)).toBe(ordinaryLimits);
  expect(knownUnits.most).toBe(mostUnits);
  expect(boundMemory(true)).toBe(smallLimits);
  const list = new UnitList();
  const text = (from: number) => Array.from({ length: 1_000 }, (_, i) => `w${from + i}x`).join(" ");
  let most = 0;
  for (let from = 0; from < 3 * fewUnits; from += 1_000) {
    knownUnits.tidy();
    list.length = 0;
    scanUnits(text(from), list);
    most = Math.max(most, knownUnits.length);
  }
  expect(most).toBeGreaterThan(fewUnits / 2);
  expect(most).toBeLessThan(fewUnits + 1_000);
});
