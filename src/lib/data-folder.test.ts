// The data folder: made when missing, refused by name when it cannot be written.
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareFolder } from "./data-folder.ts";

test("makes the folder with all above it, for its owner only", () => {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-folder-"));
  const inner = join(folder, "a", "b");
  prepareFolder(inner);
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  prepareFolder(inner);
  rmSync(folder, { recursive: true });
});

test("names what cannot be written", () => {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-folder-"));
  writeFileSync(join(folder, "file"), "");
  chmodSync(folder, 0o700);
  const inside = join(folder, "file", "data");
  expect(() => prepareFolder(inside)).toThrow(
    expect.objectContaining({ code: "folder-unwritable", message: expect.stringContaining(inside) }),
  );
  rmSync(folder, { recursive: true });
});
