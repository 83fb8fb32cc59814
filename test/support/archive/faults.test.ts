// A fault strikes where, when and as often as it was told to.
import { expect, test } from "vitest";
import { createFaultPlan, type FaultScene } from "./faults.ts";

const scene: FaultScene = { route: "oai", categories: ["cs.CL"], day: "2026-11-05", minutesSinceDue: 30 };

test("strikes once unless told otherwise, and only its own kind", () => {
  const plan = createFaultPlan([{ kind: "truncated" }]);
  expect(plan.strike("stale", scene)).toBeUndefined();
  expect(plan.strike("truncated", scene)).toEqual({ kind: "truncated" });
  expect(plan.strike("truncated", scene)).toBeUndefined();
  expect(plan.struck()).toEqual([{ fault: { kind: "truncated" }, times: 1 }]);
});

test.each([{ route: "rss" }, { category: "cs.CV" }, { day: "2026-11-06" }, { minutes: 29 }] as const)(
  "leaves alone what it was not meant for: %j",
  (where) => {
    const plan = createFaultPlan([{ kind: "stale", ...where }]);
    expect(plan.strike("stale", scene)).toBeUndefined();
    const meant = { ...scene, ...where, categories: ["cs.CV"], minutesSinceDue: 10 };
    expect(plan.strike("stale", meant as FaultScene)).toBeDefined();
  },
);

test("lets requests pass first, and then strikes so often", () => {
  const plan = createFaultPlan();
  plan.add({ kind: "empty-page", after: 2, times: 2 });
  const struck = Array.from({ length: 6 }, () => plan.strike("empty-page", scene) !== undefined);
  expect(struck).toEqual([false, false, true, true, false, false]);
});
