// What the program is started with: the owner's own settings of Node and of the allocator win.
import { expect, test } from "vitest";
import { flagsBeside, nodeFlags, smallNodeFlags, withMemorySettings } from "../scripts/setup.mjs";

test("flags that the owner's NODE_OPTIONS sets are left to him, and no others", () => {
  expect(flagsBeside()).toEqual(nodeFlags);
  const named = nodeFlags.filter((flag) => flag.startsWith("--max-old-space-size="));
  expect(named).toHaveLength(1);
  expect(flagsBeside({ NODE_OPTIONS: "--max-old-space-size=4096" })).toEqual(
    nodeFlags.filter((flag) => flag !== named[0]),
  );
  expect(flagsBeside({ BROADSHEET_MEMORY: "small" })).toEqual(smallNodeFlags);
  const given = { BROADSHEET_MEMORY: "small", NODE_OPTIONS: smallNodeFlags.join(" ") };
  expect(flagsBeside(given)).toEqual([]);
});

test("settings of the allocator stand beside the owner's, which stay", () => {
  const env = withMemorySettings({ HOME: "/home/ada", MALLOC_ARENA_MAX: "4" });
  expect(env).toEqual({ HOME: "/home/ada", MALLOC_ARENA_MAX: "4", MALLOC_MMAP_THRESHOLD_: "131072" });
});
