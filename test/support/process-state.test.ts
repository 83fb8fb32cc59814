import { expect, test } from "vitest";
import { differencesOf, readProcessState } from "./process-state.ts";

/** What is noticed of a change, and whether nothing is once it is undone. */
function noticed(change: () => () => void): string[] {
  const before = readProcessState();
  const undo = change();
  const differences = differencesOf(before, readProcessState());
  undo();
  expect(differencesOf(before, readProcessState())).toEqual([]);
  return differences;
}

test("a variable that is new, changed or gone", () => {
  expect(
    noticed(() => {
      process.env.BROADSHEET_TEST_MARK = "1";
      return () => delete process.env.BROADSHEET_TEST_MARK;
    }),
  ).toEqual(["environment BROADSHEET_TEST_MARK"]);
  const { HOME, PATH } = process.env;
  expect(
    noticed(() => {
      process.env.HOME = "/elsewhere";
      delete process.env.PATH;
      return () => Object.assign(process.env, { HOME, PATH });
    }),
  ).toEqual(["environment HOME", "environment PATH"]);
});

test("another folder", () => {
  const folder = process.cwd();
  expect(
    noticed(() => {
      process.chdir("/");
      return () => process.chdir(folder);
    }),
  ).toEqual(["folder"]);
});

test("another clock, whole or in pieces, and a global of one's own", () => {
  const [setTimeoutBefore, nowBefore] = [globalThis.setTimeout, Date.now];
  const own = globalThis as { mark?: number };
  expect(
    noticed(() => {
      globalThis.setTimeout = Object.assign(() => {}, setTimeoutBefore) as unknown as typeof setTimeout;
      Date.now = () => 0;
      own.mark = 1;
      return () => {
        globalThis.setTimeout = setTimeoutBefore;
        Date.now = nowBefore;
        delete own.mark;
      };
    }),
  ).toEqual(["global Date.now", "global mark", "global setTimeout"]);
});

test("a listener left behind, and an exit status", () => {
  const listener = () => {};
  expect(
    noticed(() => {
      process.on("SIGUSR2", listener);
      process.exitCode = 3;
      return () => {
        process.off("SIGUSR2", listener);
        process.exitCode = undefined;
      };
    }),
  ).toEqual(["exit status", "listeners for SIGUSR2"]);
});
