import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages, save } from "../../test/support/pages.ts";
import { testFolder } from "../../test/support/world-files.ts";
import type { Db } from "../database/dialect.ts";
import { dumpsFolderOf, makeDump } from "../harvest/dumps.ts";
import { readRange } from "./dumps-page.tsx";

async function openDumped(db: Db) {
  const data = testFolder();
  const item = { records: [recordOf()], submissions: [], announcements: [], signals: [], places: [] };
  await save(db, item);
  const dump = await makeDump(db, { folder: dumpsFolderOf(data), now: new Date("2026-06-01T03:50:00.000Z") });
  return { dump: dump!, ...(await openPages(db, { data })) };
}

describeOnBothDatabases("the dumps", (open) => {
  test("are named with their sizes and checksums, and come whole", async () => {
    const { dump, read, fetch } = await openDumped(await open());
    const html = await read("/dumps");
    for (const { name, bytes, sha256 } of dump.files) {
      expect(html).toContain(`<a href="/dumps/${name}">`);
      expect(html).toContain(sha256);
      const answer = await fetch(`/dumps/${name}`);
      expect(answer.headers.get("Content-Length")).toBe(String(bytes));
      expect((await answer.bytes()).length).toBe(bytes);
      const known = { "If-None-Match": `"${sha256}"` };
      expect((await fetch(`/dumps/${name}`, { headers: known })).status).toBe(304);
      expect((await fetch(`/dumps/${name}`, { method: "HEAD" })).headers.get("Content-Length")).toBe(
        `${bytes}`,
      );
    }
    expect(await (await fetch("/dumps/index.json")).json()).toEqual([dump]);
  });

  test("a download goes on where it stopped", async () => {
    const { dump, fetch } = await openDumped(await open());
    const { name, bytes, sha256 } = dump.files[0]!;
    const whole = await (await fetch(`/dumps/${name}`)).bytes();
    const rest = await fetch(`/dumps/${name}`, {
      headers: { Range: "bytes=10-", "If-Range": `"${sha256}"` },
    });
    expect([rest.status, rest.headers.get("Content-Range")]).toEqual([206, `bytes 10-${bytes - 1}/${bytes}`]);
    expect(await rest.bytes()).toEqual(whole.slice(10));
    const other = { Range: "bytes=10-", "If-Range": '"another"' };
    expect((await fetch(`/dumps/${name}`, { headers: other })).status).toBe(200);
    expect((await fetch(`/dumps/${name}`, { headers: { Range: `bytes=${bytes}-` } })).status).toBe(416);
  });

  test.each(["../config", "%2e%2e%2fbroadsheet.db", "broadsheet-2026-01-01.jsonl.gz", "broadsheet.db"])(
    "%s is none of them",
    async (name) => {
      const { fetch } = await openDumped(await open());
      expect((await fetch(`/dumps/${name}`)).status).toBe(404);
    },
  );

  test("before the first there is nothing to take, and the page says so", async () => {
    const db = await open();
    const { read, fetch } = await openPages(db);
    expect(await read("/dumps")).toMatch(/makes none by itself.*<code>broadsheet dump<\/code>/s);
    const nightly = await openPages(db, { env: { BROADSHEET_DUMPS: "on" } });
    expect(await nightly.read("/dumps")).toContain("The first comes tonight, while the server runs;");
    expect((await fetch("/dumps/index.json")).status).toBe(404);
  });
});

test.each([
  [undefined, null],
  ["bytes=0-0", { first: 0, last: 0 }],
  ["bytes=5-", { first: 5, last: 99 }],
  ["bytes=-10", { first: 90, last: 99 }],
  ["bytes=-1000", { first: 0, last: 99 }],
  ["bytes=0-1000", { first: 0, last: 99 }],
  ["bytes=100-", "impossible"],
  ["bytes=-0", "impossible"],
  ["bytes=9-5", null],
  ["bytes=-", null],
  ["items=0-1", null],
  [`bytes=${"0-0,".repeat(10_000)}0-0`, null],
])("the range %s", (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});
