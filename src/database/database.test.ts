// Opening: twice is harmless, a newer schema is refused in one sentence, a snapshot does not change while others write.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, expect, test } from "vitest";
import { openDatabase, readSnapshot } from "./database.ts";
import { insertRows } from "./dialect.ts";

const folders: string[] = [];

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-database-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("opens again what it made", async () => {
  const folder = freshFolder();
  const first = await openDatabase({ folder });
  await insertRows(first, "settings", [{ name: "a", value: "1" }]);
  await first.destroy();
  const second = await openDatabase({ folder });
  expect(await second.selectFrom("settings").selectAll().execute()).toEqual([{ name: "a", value: "1" }]);
  await second.destroy();
});

test("refuses the schema of a newer program", async () => {
  const folder = freshFolder();
  const db = await openDatabase({ folder });
  await sql`update schema_version set version = 999`.execute(db);
  await db.destroy();
  await expect(openDatabase({ folder })).rejects.toMatchObject({ code: "newer-version" });
});

test("names a database that cannot be reached", async () => {
  const opening = openDatabase({ folder: freshFolder(), url: "postgres://nobody@127.0.0.1:1/none" });
  await expect(opening).rejects.toMatchObject({ code: "database-unreachable" });
});

test("keeps as many pages in memory as it is told", async () => {
  const folder = freshFolder();
  for (const [options, kibibytes] of [[{}, 32_768] as const, [{ cacheMiB: 8 }, 8_192] as const]) {
    const db = await openDatabase({ folder, ...options });
    // Negative: in KiB (sqlite.org/pragma.html#pragma_cache_size).
    expect((await sql`pragma cache_size`.execute(db)).rows).toEqual([{ cache_size: -kibibytes }]);
    await db.destroy();
  }
});

test("a snapshot stays as it was while another connection writes", async () => {
  const folder = freshFolder();
  const db = await openDatabase({ folder });
  await insertRows(db, "settings", [{ name: "a", value: "1" }]);
  const seen = await readSnapshot({ folder }, async (snapshot) => {
    const before = await snapshot.selectFrom("settings").selectAll().execute();
    await insertRows(db, "settings", [{ name: "b", value: "2" }]);
    return [before, await snapshot.selectFrom("settings").selectAll().execute()];
  });
  expect(seen[0]).toEqual(seen[1]);
  expect(await db.selectFrom("settings").selectAll().execute()).toHaveLength(2);
  await db.destroy();
});

test("several processes may open a new folder at once", async () => {
  const folder = freshFolder();
  const module = new URL("./database.ts", import.meta.url).href;
  const script = `const { openDatabase } = await import(${JSON.stringify(module)});
    await (await openDatabase({ folder: ${JSON.stringify(folder)} })).destroy();`;
  const openers = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" }),
  );
  const ends = await Promise.all(openers.map((opener) => once(opener, "exit")));
  expect(ends.map(([status]) => status)).toEqual([0, 0, 0, 0, 0]);
});
