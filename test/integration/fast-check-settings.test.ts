// What every property test counts on: a failure is told although the search for a smaller case never ends, and more cases on demand.
// Here, where a file has its process for itself: the settings are those of the whole process, and stay changed.
import { afterEach, expect, test, vi } from "vitest";
import { fc } from "../support/properties.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("a failure is told before the test's own time is up, however long it takes to make the case smaller", async () => {
  expect(fc.readConfigureGlobal().interruptAfterTimeLimit).toBeGreaterThan(0);
  let runs = 0;
  const property = fc.asyncProperty(fc.integer({ min: 10 }), async () => {
    runs += 1;
    if (runs === 1) throw new Error("the first case fails");
    await new Promise(() => {});
  });
  await expect(fc.assert(property, { interruptAfterTimeLimit: 500 })).rejects.toThrow("Counterexample");
  expect(runs).toBe(2);
});

test.each([
  ["1", 3, 100],
  ["4", 12, 400],
])("BROADSHEET_TEST_RUNS=%s", async (factor, asked, unasked) => {
  vi.stubEnv("BROADSHEET_TEST_RUNS", factor);
  vi.resetModules();
  const { fc: more } = await import("../support/properties.ts");
  const count = (parameters?: { numRuns: number }) => {
    let runs = 0;
    more.assert(
      more.property(more.integer(), () => {
        runs += 1;
      }),
      parameters,
    );
    return runs;
  };
  expect([count({ numRuns: 3 }), count()]).toEqual([asked, unasked]);
});

test.each([
  ["BROADSHEET_TEST_RUNS", "many"],
  ["BROADSHEET_TEST_SEED", "any"],
])("%s=%s is refused", async (name, value) => {
  vi.stubEnv(name, value);
  vi.resetModules();
  await expect(import("../support/properties.ts")).rejects.toThrow(name);
});
