// The real program against the archive on this machine: by hand, killed in the middle, and without a network.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/database/database.ts";
import type { LedgerReport } from "../../src/harvest/ledger-report.ts";
import { addDays } from "../support/archive/eastern.ts";
import { type Archive, archiveAddresses, startArchive } from "../support/archive/server.ts";
import { createWorld } from "../support/archive/world.ts";
import { resultOf, runCommand, spawnCommand, startProgram } from "../support/program.ts";

const day = "2026-05-12";
const world = createWorld({ seed: 5, from: "2026-05-11", until: day, papersPerDay: 8 });
const started = Date.now();
/** From a moment on at which everything of the day is known everywhere. */
const clock = () => new Date(Date.parse(`${day}T12:00:00.000Z`) + Date.now() - started);
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-harvest-"));
  folders.push(folder);
  return folder;
}

function environment(base: string, more: Record<string, string> = {}) {
  return {
    ...archiveAddresses(base),
    BROADSHEET_CONTACT: "owner@example.org",
    BROADSHEET_LOG_LEVEL: "warn",
    ...more,
  };
}

async function heldIds(folder: string): Promise<string[]> {
  const db = await openDatabase({ folder });
  const rows = await db.selectFrom("papers").select("id").orderBy("id").execute();
  await db.destroy();
  return rows.map(({ id }) => id);
}

/** What a sweep of cs.CL from 11 May on has to bring: everything in the category that changed since. */
function expectedIds(): string[] {
  const from = world.batches.findIndex(({ day: batch }) => batch >= "2026-05-11");
  const changed = world.papers.filter(({ versions, crossLists, journalReference }) =>
    [...versions, ...crossLists, ...(journalReference ? [journalReference] : [])].some(
      ({ batch }) => batch >= from,
    ),
  );
  const inCategory = changed.filter(({ categories, crossLists }) =>
    [...categories, ...crossLists.map(({ category }) => category)].includes("cs.CL"),
  );
  return inCategory.map(({ id }) => id).sort();
}

const range = ["harvest", "arxiv", "--since", "2026-05-11", "--until", day, "--category", "cs.CL"];

describe("harvest", () => {
  test("killed between two pages it goes on with the page that was not saved: no record lost, none twice", async () => {
    await using archive = await startArchive({ world, clock, oaiPageSize: 15 });
    const folder = newFolder();
    const env = environment(archive.base);
    const child = spawnCommand([...range, "--data", folder], env);
    const ended = resultOf(child);
    await untilRequests(archive, 2);
    // Within the pause before the third: a request that is under way would keep its lane for its time limit.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    const before = archive.requests.length;
    const saved = await heldIds(folder);
    expect(saved.length).toBeLessThan(expectedIds().length);
    const again = await runCommand([...range, "--data", folder, "--json"], { env });
    expect(again.stderr).toBe("");
    expect(again.status).toBe(0);
    const [first] = archive.requests.slice(before);
    expect(first!.path).toContain("resumptionToken");
    expect(await heldIds(folder)).toEqual(expectedIds());
    expect(archive.closestMs("arxiv-export")).toBeGreaterThanOrEqual(2_990);
  });

  test("the hub's days come page by page, with votes", async () => {
    await using archive = await startArchive({ world, clock });
    const folder = newFolder();
    const args = ["harvest", "hub", "--since", "2026-05-11", "--until", day, "--data", folder];
    const done = await runCommand(args, { env: environment(archive.base) });
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(/ok {6}hub daily 2026-05-11 2026-05-12/);
    const db = await openDatabase({ folder });
    const days = await db.selectFrom("submissions").select("day").distinct().orderBy("day").execute();
    expect(days.map((row) => row.day)).toEqual(["2026-05-11", day]);
    const votes = await db.selectFrom("signals").select("value").where("kind", "=", "upvotes").execute();
    expect(votes.length).toBeGreaterThan(10);
    await db.destroy();
  });

  test("a source that wants rest is told of, and sources shows until when", async () => {
    const faults = [{ kind: "too-many-requests", route: "oai", retryAfterSeconds: 3_600 }] as const;
    await using archive = await startArchive({ world, clock, faults });
    const folder = newFolder();
    const env = environment(archive.base, { BROADSHEET_CATEGORIES: "cs.CL" });
    const done = await runCommand([...range, "--data", folder], { env });
    expect(done.status).toBe(1);
    expect(done.stdout).toMatch(/FAILED {2}arxiv-oai cs\.CL .*429/);
    const shown = await runCommand(["sources", "--data", folder], { env });
    expect(shown.stdout).toMatch(/^arxiv-oai cs\.CL +new/m);
    expect(shown.stdout).toContain("serve does not harvest");
  });

  test("without a network it says so in a sentence and changes nothing", async () => {
    const env = environment("http://127.0.0.1:9");
    const done = await runCommand([...range, "--data", newFolder()], { env });
    expect(done.status).toBe(1);
    expect(done.stdout).toMatch(/FAILED .*127\.0\.0\.1:9 cannot be reached/);
    expect(done.stdout).toContain("0 records came");
  });

  test.each([
    [["harvest", "nowhere"], /no source "nowhere"/],
    [["harvest", "--until", day], /--until needs --since/],
    [["harvest", "--since", "yesterday"], /takes a day like/],
    [["harvest", "--since", "2026-02-30"], /takes a day like/],
    [["harvest", "--since", "2026-05-12", "--until", "2026-05-11"], /is after/],
    [["harvest", "--category", "cs CL"], /is no arXiv category/],
  ])("%j is wrong usage", async (args, message) => {
    const done = await runCommand([...args, "--data", newFolder()]);
    expect(done.status).toBe(2);
    expect(done.stderr).toMatch(message);
  });
});

// Side by side: both wait for the beat of the recurring work.
describe.concurrent("serve", () => {
  test("harvests by itself once it is told to, and the ledger shows it", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const present = createWorld({ seed: 9, from: addDays(today, -8), until: today, papersPerDay: 4 });
    await using archive = await startArchive({ world: present, clock: () => new Date() });
    const env = environment(archive.base, {
      BROADSHEET_HARVEST: "on",
      BROADSHEET_SOURCES: "arxiv",
      BROADSHEET_CATEGORIES: "cs.CL",
    });
    const program = await startProgram({ files: [], dataFolder: newFolder(), env });
    const status = await untilHeld(`${program.url}/api/status`);
    expect(status.columns).toEqual([{ source: "arxiv", category: "cs.CL", title: "cs.CL" }]);
    expect(await (await fetch(`${program.url}/status`)).text()).toContain(`${status.held} held`);
    expect((await program.stop()).status).toBe(0);
    expect(archive.requests.every(({ userAgent }) => userAgent.includes("+mailto:owner@example.org"))).toBe(
      true,
    );
  });

  test("asks nobody until it is told to", async () => {
    await using archive = await startArchive({ world, clock });
    const program = await startProgram({
      files: [],
      dataFolder: newFolder(),
      env: environment(archive.base),
    });
    // Longer than the beat of the recurring work.
    await new Promise((resolve) => setTimeout(resolve, 22_000));
    const stopped = await program.stop();
    expect(stopped.stdout).toContain(`choose what to follow at ${program.url}/start`);
    expect(archive.requests).toEqual([]);
  });
});

async function untilHeld(url: string): Promise<LedgerReport> {
  for (;;) {
    const report = (await (await fetch(url)).json()) as LedgerReport;
    if (report.held > 0) return report;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function untilRequests(archive: Archive, count: number): Promise<void> {
  while (archive.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
}
