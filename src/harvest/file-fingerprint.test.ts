import { expect, test } from "vitest";
import { testFolder, writeTestFile } from "../../test/support/world-files.ts";
import { fingerprintFile } from "./file-fingerprint.ts";

test("the same content read the same way, and nothing else", async () => {
  const folder = testFolder();
  const long = "x".repeat(300_000);
  const of = (name: string, content: string, ...reading: string[]) =>
    fingerprintFile(writeTestFile(folder, name, content), reading);
  const first = await of("a", `a${long}z`, "list");
  expect(await of("b", `a${long}z`, "list")).toBe(first);
  expect(await of("c", `b${long}z`, "list")).not.toBe(first);
  expect(await of("d", `a${long}y`, "list")).not.toBe(first);
  expect(await of("e", `a${long}xz`, "list")).not.toBe(first);
  expect(await of("f", `a${long}z`, "page")).not.toBe(first);
  expect(await of("g", "", "list")).not.toBeNull();
});

test("what cannot be read twice has none", async () => {
  expect(await fingerprintFile("-", [])).toBeNull();
  expect(await fingerprintFile("/dev/null", [])).toBeNull();
});
