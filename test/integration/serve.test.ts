// The service as its owner meets it: first start, second start, taken port, newer data, another process beside it, the end.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { corpusFiles, type RunningProgram, runCommand, startProgram } from "../support/program.ts";

const running: RunningProgram[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const program of running.splice(0)) if (program.child.exitCode === null) await program.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startProgram>[0]): Promise<RunningProgram> {
  const program = await startProgram(options);
  running.push(program);
  return program;
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-serve-"));
  folders.push(folder);
  return folder;
}

const textOf = async (address: string) => (await fetch(address)).text();

/** A page without the address it was served at. */
const pageOf = async ({ url }: RunningProgram, path: string) =>
  (await textOf(`${url}${path}`)).replaceAll(url, "");

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100));
}

test("a first start brings the sample; Ctrl-C ends it cleanly; the sample leaves by one command", async () => {
  const dataFolder = freshFolder();
  const program = await start({ files: [], dataFolder });
  const front = await textOf(program.url);
  expect(front).toContain("22 May 2026");
  expect(await textOf(`${program.url}/papers/date/2026-05-04`)).toContain("Summary");
  expect(await textOf(`${program.url}/lists`)).toContain("founding collection");
  const end = await program.stop();
  expect(end).toMatchObject({ status: 0, signal: null });
  expect(end.stderr).not.toMatch(/error/i);
  const removed = await runCommand(["import", "--remove-sample", "--data", dataFolder, "--json"]);
  expect(removed.status).toBe(0);
  const lines = (await runCommand(["export", "--data", dataFolder])).stdout.trim().split("\n");
  expect(lines).toHaveLength(1);
});

test("a taken port is one sentence and exit status 1", async () => {
  const program = await start({ files: [] });
  const port = new URL(program.url).port;
  const second = await runCommand(["serve", "--port", port, "--data", freshFolder()]);
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`Port ${port}`);
  expect(second.stderr).not.toMatch(/\n\s+at /);
});

test("a data folder of a newer version is one sentence and exit status 1", async () => {
  const dataFolder = freshFolder();
  expect((await runCommand(["doctor", "--data", dataFolder])).status).toBe(0);
  const database = new DatabaseSync(join(dataFolder, "broadsheet.sqlite"));
  database.exec("update schema_version set version = 999");
  database.close();
  const result = await runCommand(["serve", "--port", "0", "--data", dataFolder]);
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(/newer Broadsheet/);
  expect(result.stderr.trim().split("\n")).toHaveLength(1);
});

test("papers imported beside a running server are on its pages and found by it", async () => {
  const dataFolder = freshFolder();
  const program = await start({ files: [], dataFolder });
  expect((await runCommand(["import", ...corpusFiles(), "--data", dataFolder])).status).toBe(0);
  const address = `${program.url}/papers?q=${encodeURIComponent("hedgehog graphs")}`;
  await eventually(async () => (await textOf(address)).includes("/papers/0704.9001"));
  const besides = await runCommand(["search", "hedgehog graphs", "--json", "--data", dataFolder]);
  expect(JSON.parse(besides.stdout).results[0].id).toBe("0704.9001");
  const doctor = await runCommand(["doctor", "--repair", "--data", dataFolder]);
  expect(doctor.status).toBe(1);
  expect(doctor.stderr).toContain("in use");
});

test("a killed server leaves a folder that the next one opens", async () => {
  const dataFolder = freshFolder();
  const program = await start({ dataFolder });
  const before = await pageOf(program, "/papers/date/2026-05-11");
  program.child.kill("SIGKILL");
  await new Promise((resolve) => program.child.once("close", resolve));
  const next = await start({ files: [], dataFolder });
  expect((await pageOf(next, "/papers/date/2026-05-11")) === before).toBe(true);
});
