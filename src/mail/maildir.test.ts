import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readMaildir } from "./maildir.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "broadsheet-maildir-"));
  for (const name of ["new", "cur", "tmp"]) mkdirSync(join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, "new", name), text);

async function read(fail?: (name: string) => boolean) {
  const seen: string[] = [];
  const taken = await readMaildir(folder, async (raw, name) => {
    if (fail?.(name)) throw new Error("not now");
    seen.push(`${name} ${raw.toString()}`);
  });
  return { taken, seen };
}

describe("a Maildir", () => {
  test("is read once, oldest name first; what was read lies in cur, marked as seen", async () => {
    put("2.x", "two");
    put("1.x", "one");
    put("3.x:2,", "three");
    put(".hidden", "no");
    writeFileSync(join(folder, "tmp", "4.x"), "half");
    expect(await read()).toEqual({ taken: 3, seen: ["1.x one", "2.x two", "3.x:2, three"] });
    expect(readdirSync(join(folder, "cur")).sort()).toEqual(["1.x:2,S", "2.x:2,S", "3.x:2,"]);
    expect(await read()).toEqual({ taken: 0, seen: [] });
  });

  test("what could not be taken in stays, and is read again", async () => {
    put("1.x", "one");
    put("2.x", "two");
    await expect(read((name) => name === "2.x")).rejects.toThrow("not now");
    expect(readdirSync(join(folder, "new"))).toEqual(["2.x"]);
    expect(await read()).toEqual({ taken: 1, seen: ["2.x two"] });
  });

  test("two readers at once lose nothing", async () => {
    for (let i = 0; i < 40; i++) put(`${i}.x`, String(i));
    const results = await Promise.all([read(), read()]);
    expect(new Set(results.flatMap(({ seen }) => seen)).size).toBe(40);
    expect(readdirSync(join(folder, "cur"))).toHaveLength(40);
  });

  test("a very long message is read to a bound, a folder that is not there has nothing", async () => {
    put("1.x", "x".repeat(5 * 1024 * 1024));
    let length = 0;
    await readMaildir(folder, async (raw) => {
      length = raw.length;
    });
    expect(length).toBe(4 * 1024 * 1024);
    expect(await readMaildir(join(folder, "missing"), async () => {})).toBe(0);
  });
});
