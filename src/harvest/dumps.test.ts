import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { corpusFiles } from "../../test/support/program.ts";
import { testFolder } from "../../test/support/world-files.ts";
import { paperItem, save } from "../../test/support/world-papers.ts";
import { countPapers } from "../papers/papers-store.ts";
import { keptDumps, listDumps, makeDump } from "./dumps.ts";
import { exportAll } from "./export.ts";
import { importFiles } from "./import.ts";

const clock = () => new Date("2026-05-12T12:00:00.000Z");
const night = (day: number) => new Date(`2026-06-${String(day).padStart(2, "0")}T03:50:00.000Z`);

describeOnBothDatabases("a dump", (open) => {
  test("is the whole bibliography, as lines that import reads and as a table, with checksums that hold", async () => {
    const [db, folder] = [await open(), testFolder()];
    await importFiles(db, { paths: corpusFiles(), origin: "import", clock });
    const dump = await makeDump(db, { folder, now: night(1) });
    expect(dump).toMatchObject({ day: "2026-06-01", papers: await countPapers(db) });
    expect(await listDumps(folder)).toEqual([dump]);
    for (const { name, bytes, sha256 } of dump!.files) {
      const content = readFileSync(join(folder, name));
      expect([content.length, createHash("sha256").update(content).digest("hex")]).toEqual([bytes, sha256]);
      expect(readFileSync(join(folder, "SHA256SUMS"), "utf8")).toContain(`${sha256}  ${name}\n`);
    }
    const lines = gunzipSync(readFileSync(join(folder, "broadsheet-2026-06-01.jsonl.gz"))).toString();
    expect(lines).toBe((await Array.fromAsync(exportAll(db))).join(""));
    const table = gunzipSync(readFileSync(join(folder, "broadsheet-2026-06-01.csv.gz"))).toString();
    expect(parse(table, { columns: true })).toHaveLength(dump!.papers);
  });

  test("is made only when something has changed; the last nights are kept, what nobody names is not", async () => {
    const [db, folder] = [await open(), testFolder()];
    for (let day = 1; day <= keptDumps + 2; day++) {
      await save(db, [paperItem({ title: `Paper of night ${day}` })]);
      writeFileSync(join(folder, `broadsheet-2026-06-0${day}.jsonl.gz.partial`), "half");
      expect(await makeDump(db, { folder, now: night(day) })).not.toBeNull();
      expect(await makeDump(db, { folder, now: night(day) })).toBeNull();
    }
    const days = (await listDumps(folder)).map(({ day }) => day);
    expect(days).toEqual(["2026-06-05", "2026-06-04", "2026-06-03"]);
    const names = days.flatMap((day) => [`broadsheet-${day}.csv.gz`, `broadsheet-${day}.jsonl.gz`]);
    expect(readdirSync(folder).sort()).toEqual([...names, "SHA256SUMS", "index.json"].sort());
  });

  test("interrupted leaves the dumps there were, and no half file", async () => {
    const [db, folder] = [await open(), testFolder()];
    await save(db, [paperItem({ title: "First" })]);
    const first = await makeDump(db, { folder, now: night(1) });
    await save(db, [paperItem({ title: "Second" })]);
    await expect(makeDump(db, { folder, now: night(2), signal: AbortSignal.abort() })).rejects.toThrow();
    expect(await listDumps(folder)).toEqual([first]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("an index that is no index is none", async () => {
    const folder = testFolder();
    expect(await listDumps(folder)).toEqual([]);
    writeFileSync(join(folder, "index.json"), '[{"day":"2026-06-01","files":[{"name":"../../passwd"}]}]');
    expect(await listDumps(folder)).toEqual([]);
    expect(existsSync(join(folder, "SHA256SUMS"))).toBe(false);
  });
});
