// Test files of the unit project share processes. What one of them changes there and leaves changed would reach the next,
// so that is an error of the file that did it. The runner imports this before each file.
import { afterAll, expect } from "vitest";
import { differencesOf, readProcessState } from "./process-state.ts";

const before = readProcessState();

afterAll(() => {
  const changed = differencesOf(before, readProcessState());
  expect(changed, "changed in the process and not set back; test/integration is the place for that").toEqual(
    [],
  );
});
