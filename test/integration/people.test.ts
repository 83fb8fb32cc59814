// Two processes on one PostgreSQL: people vote, put papers forward and sign in at both at once, and nothing is lost or doubled.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject, test } from "vitest";
import { invite } from "../../src/accounts/invitations.ts";
import { requestLink } from "../../src/accounts/sign-in.ts";
import { openDatabase } from "../../src/database/database.ts";
import type { Db } from "../../src/database/dialect.ts";
import { findPapersByPk } from "../../src/papers/papers-store.ts";
import { createPostgresDatabase } from "../support/databases.ts";
import { startMailSink } from "../support/mail-sink.ts";
import { accountsFor, cookieOf, signInAs, tokenIn } from "../support/people.ts";
import { type RunningProgram, runCommand, startProgram } from "../support/program.ts";

const server = inject("postgresUrl");
const folders: string[] = [];
const cleanUps: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function startTwo(more: Record<string, string> = {}) {
  const { url, remove } = await createPostgresDatabase(server);
  cleanUps.push(remove);
  const env = {
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_HARVEST: "off",
    BROADSHEET_READER_SUBMISSIONS: "3",
    ...more,
  };
  const start = async (files?: string[]) => {
    const dataFolder = mkdtempSync(join(tmpdir(), "broadsheet-two-"));
    folders.push(dataFolder);
    const program = await startProgram({ env, dataFolder, ...(files ? { files } : {}) });
    cleanUps.push(() => program.stop());
    return program;
  };
  const first = await start();
  const second = await start([]);
  const db = await openDatabase({ folder: "unused", url, poolSize: 4 });
  cleanUps.push(() => db.destroy());
  return { programs: [first, second] as const, db };
}

function post(program: RunningProgram, path: string, fields: Record<string, string>, cookie = "") {
  return fetch(program.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
    redirect: "manual",
  });
}

async function countRows(
  db: Db,
  table: "votes" | "proposals" | "account_sessions" | "accounts",
): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((e) => e.fn.countAll().as("rows"))
    .executeTakeFirstOrThrow();
  return Number(row.rows);
}

// The tests of this file run side by side: each waits for its own programs most of the time.
describe.skipIf(server === "")("two processes on one PostgreSQL", () => {
  test.concurrent("votes and papers put forward at both at once: each once, and counted", async () => {
    const { programs, db } = await startTwo();
    const accounts = accountsFor(db, { now: "2026-01-01T00:00:00.000Z", baseUrl: programs[0].url });
    const people = [];
    for (let i = 0; i < 8; i++) people.push(await signInAs(accounts, `reader${i}@example.org`, "reader"));
    const pks = (await db.selectFrom("papers").select("pk").orderBy("pk").limit(3).execute()).map(
      ({ pk }) => pk,
    );
    const papers = [...(await findPapersByPk(db, pks)).values()];
    const votes = people.flatMap(({ cookie }) =>
      papers.flatMap(({ id }) => programs.map((program) => post(program, "/votes", { paper: id }, cookie))),
    );
    const proposals = people.flatMap(({ cookie }) =>
      papers.flatMap(({ id }) =>
        programs.map((program) => post(program, "/submit/paper", { paper: id }, cookie)),
      ),
    );
    const answers = await Promise.all([...votes, ...proposals]);
    const statuses = Map.groupBy(answers, ({ status }) => status);
    expect(statuses.get(303)).toHaveLength(votes.length);
    expect(statuses.get(200)).toHaveLength(papers.length);
    expect([...statuses.keys()].filter((status) => ![200, 303, 409].includes(status))).toEqual([]);
    expect(await countRows(db, "votes")).toBe(people.length * papers.length);
    expect(await countRows(db, "proposals")).toBe(papers.length);
    for (const { pk } of papers) {
      const signals = db
        .selectFrom("signals")
        .selectAll()
        .where("paper_pk", "=", pk)
        .where("source", "=", "broadsheet");
      const values = (await signals.orderBy("observed_at").execute()).map(({ value }) => value);
      expect(values).toEqual(people.map((_, i) => i + 1));
      const rows = db
        .selectFrom("submissions")
        .selectAll()
        .where("paper_pk", "=", pk)
        .where("source", "=", "broadsheet");
      expect(await rows.execute()).toHaveLength(1);
    }
    // What the one process was told, the other shows.
    for (const { url } of programs)
      expect(await (await fetch(`${url}/papers/${papers[0]!.id}`)).text()).toContain("8 votes here.");
  });

  test.concurrent("a link pressed at both at once signs in once; the session holds at both; an invitation is taken once", async () => {
    await using sink = await startMailSink();
    const { programs, db } = await startTwo({
      BROADSHEET_SMTP_URL: sink.url,
      BROADSHEET_PUBLIC_URL: "http://papers.test",
    });
    const accounts = accountsFor(db, { now: new Date().toISOString(), baseUrl: "http://papers.test" });
    const invited = await invite(accounts, { address: "ben@example.org", role: "editor", by: null });
    const token = "token" in invited ? invited.token : "";
    const taken = await Promise.all(
      [...programs, ...programs].map((program) => post(program, `/invitation/${token}`, {})),
    );
    expect(taken.map(({ status }) => status).sort()).toEqual([303, 401, 401, 401]);
    expect(await countRows(db, "accounts")).toBe(1);
    const asked = await requestLink(accounts, { address: "ben@example.org", network: "192.0.2.1" });
    const browserToken = "browserToken" in asked ? asked.browserToken : "";
    const letterOf = () =>
      sink.messages
        .map(({ raw }) => raw.toString().replace(/=\r\n/g, ""))
        .find((text) => text.includes("/sign-in/link/"));
    await expect.poll(letterOf, { timeout: 120_000 }).toBeDefined();
    const link = `/sign-in/link/${tokenIn(letterOf()!)}`;
    const pressed = await Promise.all(
      [...programs, ...programs].map((program) =>
        post(program, link, {}, `broadsheet.asked=${browserToken}.`),
      ),
    );
    expect(pressed.map(({ status }) => status).sort()).toEqual([303, 401, 401, 401]);
    expect(await countRows(db, "account_sessions")).toBe(2);
    const cookie = cookieOf(pressed.find(({ status }) => status === 303)!.headers.getSetCookie());
    for (const { url } of programs)
      expect(
        (await fetch(`${url}/moderation`, { headers: { Cookie: cookie }, redirect: "manual" })).status,
      ).toBe(200);
    // One letter each, though two processes send.
    expect(sink.messages.map(({ recipients }) => recipients)).toEqual([
      ["ben@example.org"],
      ["ben@example.org"],
    ]);
  });
});

describe("the program", () => {
  test.concurrent("prints a code when others can reach it and nobody owns it, and doctor says so", async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), "broadsheet-owner-"));
    folders.push(dataFolder);
    const env = { BROADSHEET_PUBLIC_URL: "https://papers.example.org", BROADSHEET_HARVEST: "off" };
    const program = await startProgram({ env, dataFolder });
    const setUp = await fetch(`${program.url}/set-up`);
    expect(setUp.status).toBe(200);
    for (const path of ["/accounts", "/start", "/letters", "/me"])
      expect((await fetch(program.url + path, { redirect: "manual" })).status).toBe(303);
    const { stderr } = await program.stop();
    const code = /enter the code ([A-Z0-9-]{19}) /.exec(stderr)?.[1];
    expect(stderr).toContain("https://papers.example.org/set-up");
    const doctor = await runCommand(["doctor", "--json", "--data", dataFolder], { env });
    const { checks } = JSON.parse(doctor.stdout) as { checks: { name: string; state: string }[] };
    expect(checks).toContainEqual(expect.objectContaining({ name: "owner", state: "warning" }));
    expect(checks).toContainEqual(expect.objectContaining({ name: "cookies", state: "ok" }));
    const again = await startProgram({ env, dataFolder, files: [] });
    const fields = { code: code ?? "", address: "ada@example.org", password: "twelve green owls in a row" };
    const owner = await post(again, "/set-up", fields);
    expect([owner.status, owner.headers.get("Location")]).toEqual([303, "/me"]);
    expect(owner.headers.getSetCookie().join()).toMatch(/^__Host-broadsheet\.session_token=.*; Secure/);
    await again.stop();
    const listed = await runCommand(["accounts", "--data", dataFolder], { env });
    expect(listed.stdout).toMatch(/^ada@example\.org {2}owner, since /);
  });
});
