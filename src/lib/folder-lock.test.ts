// The lock: one holder at a time, free at once when the holder lets go or is killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLockFolder } from "./folder-lock.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "broadsheet-lock-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("one holder at a time, in one process", () => {
  const first = tryLockFolder(folder);
  expect(first).not.toBeNull();
  expect(tryLockFolder(folder)).toBeNull();
  first?.release();
  const second = tryLockFolder(folder);
  expect(second).not.toBeNull();
  second?.release();
});

test("another process's lock is respected, and gone when it is killed", async () => {
  const module = new URL("./folder-lock.ts", import.meta.url).href;
  const script = `import { tryLockFolder } from ${JSON.stringify(module)};
    console.log(tryLockFolder(${JSON.stringify(folder)}) ? "held" : "refused"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [said] = await once(holder.stdout, "data");
  expect(String(said).trim()).toBe("held");
  expect(tryLockFolder(folder)).toBeNull();
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const lock = tryLockFolder(folder);
  expect(lock).not.toBeNull();
  lock?.release();
});
