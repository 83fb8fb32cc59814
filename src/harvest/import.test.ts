import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { corpusFiles } from "../../test/support/program.ts";
import {
  conferenceLines,
  conferencePaper,
  testFolder,
  writeTestFile,
} from "../../test/support/world-files.ts";
import { type Db, isPostgres } from "../database/dialect.ts";
import { AppError } from "../lib/errors.ts";
import { getList } from "../papers/lists-store.ts";
import { countPapers, findPaper } from "../papers/papers-store.ts";
import { type ImportOptions, importFiles } from "./import.ts";

const clock = () => new Date("2026-05-12T12:00:00.000Z");

function run(db: Db, paths: string[], options: Partial<ImportOptions> = {}) {
  return importFiles(db, { paths, origin: "import", clock, ...options });
}

/** Stops the import as Ctrl-C would, after this many batches. */
function stopAfter(batches: number): Partial<ImportOptions> {
  const controller = new AbortController();
  let done = 0;
  return {
    signal: controller.signal,
    onBatch: async () => {
      done += 1;
      if (done === batches) controller.abort();
    },
  };
}

describeOnBothDatabases("importFiles", (open) => {
  test("a listing page saved again under its name is the whole list, however it was cut", async () => {
    const db = await open();
    const folder = testFolder();
    const pair = (n: number) =>
      `A Title of Paper Number ${n}\n${`We show in paper ${n} that it is so. `.repeat(12)}\n`;
    const save = async (numbers: number[], options: Partial<ImportOptions> = {}) => {
      const file = writeTestFile(folder, "spring.txt", numbers.map(pair).join("\n"));
      await run(db, [file], { format: "page-text", ...options });
      const list = await getList(db, "spring", { limit: 20 });
      return list.entries.map(({ position, paper }) => `${position} ${paper.titleText.split(" ").at(-1)}`);
    };
    expect(await save([1, 2, 3, 4, 5])).toEqual(["1 1", "2 2", "3 3", "4 4", "5 5"]);
    expect(await save([2, 1])).toEqual(["1 2", "2 1"]);
    expect(await save([1, 2, 3], { batchSize: 1 })).toEqual(["1 1", "2 2", "3 3"]);
    await expect(save([4, 5], { batchSize: 1, ...stopAfter(1) })).rejects.toThrow("stopped");
    expect(await save([4, 5], { batchSize: 1 })).toEqual(["1 4", "2 5"]);
    expect(await countPapers(db)).toBe(5);
  });

  test("a first load that is alone leaves an index for its end, however often it is stopped", async () => {
    const db = await open();
    const ballast = `${JSON.stringify({ ...conferencePaper(0), ballast: "x".repeat(17 * 2 ** 20) })}\n`;
    const file = writeTestFile(testFolder(), "all.jsonl", `${conferenceLines(20)}${ballast}`);
    const hasIndex = async () =>
      isPostgres(db) ||
      (await sql`select 1 from sqlite_master where name = 'paper_authors_key'`.execute(db)).rows.length > 0;
    await expect(run(db, [file], { batchSize: 5, ...stopAfter(2) })).rejects.toThrow("stopped");
    expect(await hasIndex()).toBe(true);
    const alone = { batchSize: 5, isAlone: true };
    await expect(run(db, [file], { ...alone, ...stopAfter(1) })).rejects.toThrow("stopped");
    expect(await hasIndex()).toBe(isPostgres(db));
    expect(await run(db, [file], alone)).toMatchObject({ added: 5, unchanged: 16, rejected: 0 });
    expect(await hasIndex()).toBe(true);
  });

  test("brings in a file, compressed or not, and nothing the second time", async () => {
    const db = await open();
    const folder = testFolder();
    const lines = conferenceLines(30);
    const plain = writeTestFile(folder, "a.jsonl", lines);
    const first = await run(db, [plain], { batchSize: 7 });
    expect(first).toMatchObject({
      read: 30,
      added: 30,
      updated: 0,
      unchanged: 0,
      merged: 0,
      rejected: 0,
      failed: false,
    });
    expect(first.files).toMatchObject([{ file: plain, format: "conference-list", read: 30 }]);
    const packed = [
      writeTestFile(folder, "a.jsonl.gz", gzipSync(lines)),
      writeTestFile(folder, "a.jsonl.zst", zstdCompressSync(lines)),
    ];
    expect(await run(db, packed)).toMatchObject({ read: 60, added: 0, unchanged: 60 });
    expect(await countPapers(db)).toBe(30);
    expect(await db.selectFrom("imports").selectAll().execute()).toEqual([]);
  });

  test("goes on where it was interrupted", async () => {
    const db = await open();
    const file = writeTestFile(testFolder(), "a.jsonl", conferenceLines(30));
    await expect(run(db, [file], { batchSize: 8, ...stopAfter(2) })).rejects.toMatchObject({
      code: "interrupted",
    });
    expect(await countPapers(db)).toBe(16);
    const report = await run(db, [file], { batchSize: 8 });
    expect(report).toMatchObject({ read: 30, added: 14, unchanged: 16, files: [{ resumedAt: 16 }] });
    expect(await countPapers(db)).toBe(30);
    expect(await run(db, [file])).toMatchObject({ read: 30, unchanged: 30 });
  });

  test("a file that changed since it was interrupted is read from its beginning", async () => {
    const db = await open();
    const file = writeTestFile(testFolder(), "a.jsonl", conferenceLines(20));
    await expect(run(db, [file], { batchSize: 8, ...stopAfter(1) })).rejects.toThrow();
    writeFileSync(file, conferenceLines(20, 100));
    const report = await run(db, [file]);
    expect(report).toMatchObject({ read: 20, added: 20 });
    expect(report.files[0]).not.toHaveProperty("resumedAt");
  });

  test("what cannot be taken is named with file, entry and reason, and stops nothing", async () => {
    const db = await open();
    const lines = [
      conferenceLines(150),
      "{broken\n",
      `${JSON.stringify({ ...conferencePaper(500), title: "x".repeat(10_000_000) })}\n`,
      conferenceLines(10, 200),
    ];
    const file = writeTestFile(testFolder(), "a.jsonl", lines.join(""));
    const report = await run(db, [file]);
    expect(report).toMatchObject({ read: 162, added: 160, rejected: 2, failed: true });
    expect(report.rejections).toEqual([
      { file, entry: 151, reason: expect.stringContaining("JSON") },
      { file, entry: 152, reason: expect.stringContaining("title") },
    ]);
  });

  test("one rejected in a hundred is no failure, more are", async () => {
    const db = await open();
    const folder = testFolder();
    const fine = writeTestFile(folder, "a.jsonl", `${conferenceLines(99)}{broken\n`);
    expect(await run(db, [fine])).toMatchObject({ rejected: 1, failed: false });
    appendFileSync(fine, "{broken\n");
    expect(await run(db, [fine])).toMatchObject({ rejected: 2, failed: true });
  });

  test("a file that ends in damage gives what came before, and the next one is read all the same", async () => {
    const db = await open();
    const folder = testFolder();
    const whole = gzipSync(conferenceLines(400));
    const cut = writeTestFile(folder, "cut.jsonl.gz", whole.subarray(0, Math.floor(whole.length * 0.7)));
    const next = writeTestFile(folder, "next.jsonl", conferenceLines(5, 1_000));
    const report = await run(db, [cut, next]);
    expect(report.failed).toBe(true);
    expect(report.files[0]!.error).toMatch(/cut\.jsonl\.gz is damaged/);
    expect(report.files[0]!.added).toBeGreaterThan(50);
    expect(report.files[1]).toMatchObject({ added: 5 });
  });

  test("nothing is imported when one of the files is missing or unknown", async () => {
    const db = await open();
    const folder = testFolder();
    const good = writeTestFile(folder, "a.jsonl", conferenceLines(3));
    const odd = writeTestFile(folder, "odd.bin", new Uint8Array([0, 1, 2, 3, 255]));
    await expect(run(db, [good, join(folder, "none")])).rejects.toMatchObject({ code: "bad-input" });
    const refused = await run(db, [good, odd]).catch((error) => error as AppError);
    expect(refused).toBeInstanceOf(AppError);
    expect(`${(refused as AppError).message} ${(refused as AppError).remedy}`).toMatch(
      /odd\.bin.*--format.*page-text/,
    );
    expect(await countPapers(db)).toBe(0);
  });

  test("tells how far it is, and asks to be followed after each batch", async () => {
    const db = await open();
    const file = writeTestFile(testFolder(), "a.jsonl", conferenceLines(20));
    const told: [string, number, number][] = [];
    let batches = 0;
    await run(db, [file], {
      batchSize: 5,
      progress: { update: (...args) => told.push(args), end() {} },
      onBatch: async () => {
        batches += 1;
      },
    });
    expect(told.at(-1)).toEqual(["import a.jsonl", 20, 20]);
    expect(batches).toBe(5);
  });

  test("the small corpus comes in whole, and papers that several files bring are one", async () => {
    const db = await open();
    const report = await run(db, corpusFiles());
    expect(report.failed).toBe(false);
    expect(report.merged).toBeGreaterThan(0);
    expect(report.read).toBe(
      report.added + report.updated + report.unchanged + report.merged + report.rejected,
    );
    expect(report.added).toBe(45); // as its README says
    expect(await countPapers(db)).toBe(45);
    expect(await run(db, corpusFiles())).toMatchObject({ added: 0, updated: 0, merged: 0 });
    expect(await findPaper(db, "2605.04101")).toMatchObject({ paper: { id: "2605.04101" } });
  });
});

describe("detection", () => {
  test("a format that is named is not looked for", async () => {
    const file = writeTestFile(testFolder(), "a.jsonl", "{broken\n");
    await expect(
      importFiles(null as never, { paths: [file], format: "nonsense" as never, origin: "import", clock }),
    ).rejects.toMatchObject({ code: "bad-input" });
  });
});
