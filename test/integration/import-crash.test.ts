// kill -9 in the middle of an import, several times: nothing half, nothing twice, and the end is that of an import left alone.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { resultOf, runCommand, spawnCommand } from "../support/program.ts";
import { conferenceLines, conferencePaper, testFolder, writeTestFile } from "../support/world-files.ts";

const papers = 6_000;
const repeated = papers / 10;
const entries = papers + repeated;

/** Every tenth paper twice, the second time from another list: entries that are joined must not be joined twice. */
function manyLines(): string {
  const again = Array.from({ length: repeated }, (_, i) => {
    const paper = conferencePaper(i * 10);
    return `${JSON.stringify({ ...paper, id: `again2024:${i}`, venue: "AGAIN" })}\n`;
  });
  return conferenceLines(papers) + again.join("");
}

interface Counts {
  papers: number;
  /** Papers without records, without authors, records without paper. */
  broken: number;
  done: number;
}

function count(folder: string): Counts | null {
  const file = join(folder, "broadsheet.sqlite");
  if (!existsSync(file)) return null;
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const one = (query: string) => Number(Object.values(db.prepare(query).get()!)[0]);
    return {
      papers: one("select count(*) from papers"),
      broken:
        one("select count(*) from papers where pk not in (select paper_pk from paper_records)") +
        one("select count(*) from papers where pk not in (select paper_pk from paper_authors)") +
        one("select count(*) from paper_records where paper_pk not in (select pk from papers)"),
      done: one("select coalesce(max(entries_done), 0) from imports"),
    };
  } catch {
    return null; // not there yet
  } finally {
    db.close();
  }
}

/** Starts the import and kills it the moment there are so many papers. */
async function importAndKill(file: string, folder: string, atPapers: number): Promise<Counts> {
  const child = spawnCommand(["import", file, "--data", folder]);
  const ended = resultOf(child);
  while (child.exitCode === null && (count(folder)?.papers ?? 0) < atPapers) await setTimeout(5);
  child.kill("SIGKILL");
  expect((await ended).signal).toBe("SIGKILL");
  return count(folder)!;
}

test("an import that is killed again and again ends like one that was left alone", async () => {
  const scratch = testFolder();
  const file = writeTestFile(scratch, "many.jsonl", manyLines());
  const [killed, whole] = [join(scratch, "killed"), join(scratch, "whole")];
  let before = 0;
  for (const atPapers of [1, 900, 2_300, 4_800]) {
    const found = await importAndKill(file, killed, atPapers);
    expect(found.broken).toBe(0);
    expect(found.papers).toBeGreaterThanOrEqual(Math.max(atPapers, before));
    expect(found.done).toBeGreaterThanOrEqual(found.papers);
    before = found.papers;
  }
  const finished = await runCommand(["import", file, "--data", killed, "--json"]);
  expect(finished.status).toBe(0);
  const report = JSON.parse(finished.stdout);
  expect(report.files[0].resumedAt).toBeGreaterThanOrEqual(4_800);
  expect(report).toMatchObject({ read: entries, rejected: 0, failed: false });
  const alone = JSON.parse((await runCommand(["import", file, "--data", whole, "--json"])).stdout);
  expect(alone).toMatchObject({ read: entries, added: papers, merged: repeated });

  const [a, b] = await Promise.all([killed, whole].map((data) => runCommand(["export", "--data", data])));
  const withoutTimes = (text: string) => text.replaceAll(/"mergedAt":"[^"]*"/g, '"mergedAt":""');
  expect(withoutTimes(a!.stdout)).toBe(withoutTimes(b!.stdout));
  const found = JSON.parse(
    (await runCommand(["search", "Measuring the Effect of Thing Number 5999", "--data", killed, "--json"]))
      .stdout,
  );
  expect(found.results[0].title).toContain("Thing Number 5999");
  const again = JSON.parse((await runCommand(["import", file, "--data", killed, "--json"])).stdout);
  expect(again).toMatchObject({ added: 0, updated: 0, merged: 0, unchanged: entries });
}, 600_000);

test("Ctrl-C ends after the batch at hand, says so, and the same command goes on", async () => {
  const scratch = testFolder();
  const file = writeTestFile(scratch, "many.jsonl", conferenceLines(papers));
  const folder = join(scratch, "data");
  const child = spawnCommand(["import", file, "--data", folder]);
  const ended = resultOf(child);
  while (child.exitCode === null && (count(folder)?.papers ?? 0) < 1) await setTimeout(5);
  child.kill("SIGINT");
  const { status, stderr, signal } = await ended;
  expect({ status, signal }).toEqual({ status: 130, signal: null });
  expect(stderr).toMatch(/stopped after \d+ entries .*goes on where it stopped/);
  const done = count(folder)!.papers;
  expect(done).toBeLessThan(papers);
  const report = JSON.parse((await runCommand(["import", file, "--data", folder, "--json"])).stdout);
  expect(report).toMatchObject({
    added: papers - done,
    unchanged: done,
    files: [{ resumedAt: done }],
  });
}, 600_000);
