// The command line as a person and as a script meet it: help, wrong usage, JSON alone on standard output, exit status.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createPostgresDatabase } from "../support/databases.ts";
import { corpusFiles, type Environment, runCommand } from "../support/program.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "broadsheet-command-line-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commandNames = [
  "serve",
  "import",
  "export",
  "search",
  "similar",
  "paper",
  "edition",
  "digest",
  "subscribers",
  "backup",
  "doctor",
];

describe("help and usage", () => {
  test("the overview names every command", async () => {
    const { status, stdout } = await runCommand(["--help"]);
    expect(status).toBe(0);
    for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  });

  test.each(commandNames)("%s --help says how it is used, and does nothing", async (name) => {
    const { status, stdout } = await runCommand([name, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: broadsheet ${name}`));
    for (const option of ["--json", "--data DIR", "--help"]) expect(stdout).toContain(option);
  });

  test.each([
    [[]],
    [["imprt"]],
    [["search"]],
    [["paper"]],
    [["import"]],
    [["search", "x", "--no-such-option"]],
    [["digest", "--date", "2026-02-30"]],
  ])("%j is wrong usage: exit status 2 and a sentence", async (args) => {
    const { status, stderr, stdout } = await runCommand([
      ...args,
      ...(args.length > 0 ? ["--data", join(folder, "none")] : []),
    ]);
    expect(status).toBe(2);
    expect(args.length > 0 ? stderr : stdout).not.toBe("");
    expect(stderr).not.toMatch(/at .*\.js:\d+/);
  });

  test("a setting that does not fit is named", async () => {
    const { status, stderr } = await runCommand(["doctor"], { env: { BROADSHEET_PORT: "many" } });
    expect(status).toBe(1);
    expect(stderr).toContain("BROADSHEET_PORT");
  });

  test("a data folder that cannot be made is named", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    chmodSync(file, 0o600);
    const { status, stderr } = await runCommand(["doctor", "--data", join(file, "data")]);
    expect(status).toBe(1);
    expect(stderr).toContain(join(file, "data"));
  });
});

const databases = [
  { name: "SQLite", open: async () => ({ env: {} as Environment, remove: async () => {} }) },
  {
    name: "PostgreSQL",
    open: async () => {
      const { url, remove } = await createPostgresDatabase(inject("postgresUrl"));
      return { env: { BROADSHEET_DATABASE_URL: url } as Environment, remove };
    },
  },
];

describe.each(databases)("the main job from the command line ($name)", ({ name, open }) => {
  let database: Awaited<ReturnType<typeof open>>;
  let data: string;
  const skipped = () => name === "PostgreSQL" && inject("postgresUrl") === "";

  beforeAll(async () => {
    if (skipped()) return;
    database = await open();
    data = join(folder, `data-${name}`);
  });

  afterAll(() => database?.remove());

  async function run(args: string[], input?: string) {
    const result = await runCommand([...args, "--data", data], { env: database.env, input });
    return { ...result, document: args.includes("--json") ? JSON.parse(result.stdout) : undefined };
  }

  test("import, twice: everything the first time, nothing the second", async (context) => {
    if (skipped()) context.skip();
    const first = await run(["import", ...corpusFiles(), "--json"]);
    expect(first.status).toBe(0);
    expect(first.document.rejected).toBe(0);
    expect(first.document.added).toBeGreaterThan(30);
    const second = await run(["import", ...corpusFiles(), "--json"]);
    expect(second.document).toMatchObject({
      added: 0,
      updated: 0,
      merged: 0,
      unchanged: first.document.read,
      read: first.document.read,
    });
  });

  test("search finds a paper by its title; paper tells about it", async (context) => {
    if (skipped()) context.skip();
    const exported = await run(["export"]);
    const papers = exported.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((line) => line.type === "paper");
    const title: string = papers[0].records[0].title;
    const found = await run(["search", title, "--limit", "3", "--json"]);
    expect(found.document.query).toBe(title);
    expect(found.document.total).toBeGreaterThan(0);
    expect(typeof found.document.tookMs).toBe("number");
    expect(found.document.results[0]).toMatchObject({ rank: 1, id: papers[0].id });
    const paper = await run(["paper", papers[0].id, "--json"]);
    expect(paper.document).toMatchObject({ id: papers[0].id });
    expect(paper.document.sourceIds.arxiv).toContain(papers[0].id);
    expect((await run(["paper", "2601.99999"])).status).toBe(1);
  });

  test("export into an empty folder gives the same again, byte for byte", async (context) => {
    if (skipped()) context.skip();
    const exported = await run(["export"]);
    const elsewhere = join(folder, `copy-${name}`);
    const imported = await runCommand(["import", "-", "--data", elsewhere, "--json"], {
      input: exported.stdout,
    });
    expect(imported.status).toBe(0);
    const again = await runCommand(["export", "--data", elsewhere]);
    expect(again.stdout).toBe(exported.stdout);
  });

  test("backup and restore bring everything over, also to the other database", async (context) => {
    if (skipped()) context.skip();
    const file = join(folder, `${name}.backup.jsonl.gz`);
    expect((await run(["backup", file])).status).toBe(0);
    const elsewhere = join(folder, `restored-${name}`);
    expect((await runCommand(["backup", "--restore", file, "--data", elsewhere])).status).toBe(0);
    const [before, after] = [await run(["export"]), await runCommand(["export", "--data", elsewhere])];
    expect(after.stdout).toBe(before.stdout);
    expect((await run(["backup", file])).status).toBe(2);
  });

  test("doctor finds all well, and repairs a damaged index", async (context) => {
    if (skipped()) context.skip();
    const well = await run(["doctor", "--json"]);
    expect(well.document.checks.filter((check: { state: string }) => check.state === "failed")).toEqual([]);
    const repaired = await run(["doctor", "--repair", "--json"]);
    expect(repaired.status).toBe(0);
  });
});
