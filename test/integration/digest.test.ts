// The letter from request to end: the real program, a real SMTP server, the reader's steps over HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { afterAll, describe, expect, inject, test } from "vitest";
import { openDatabase } from "../../src/database/database.ts";
import type { Db } from "../../src/database/dialect.ts";
import { createPostgresDatabase } from "../support/databases.ts";
import { papersOf, saveDay } from "../support/days.ts";
import { addConfirmedReader } from "../support/letters.ts";
import { type MailSink, startMailSink } from "../support/mail-sink.ts";
import { type Environment, runCommand, startProgram } from "../support/program.ts";

const cleanups: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Place {
  folder: string;
  env: Environment;
  sink: MailSink;
  db: Db;
}

/** A data folder with papers, a mail server, and the database opened beside the program. */
async function openPlace(databaseUrl?: string): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-digest-"));
  cleanups.push(async () => rmSync(folder, { recursive: true, force: true }));
  const sink = await startMailSink();
  cleanups.push(async () => sink[Symbol.asyncDispose]());
  const db = await openDatabase({ folder, ...(databaseUrl ? { url: databaseUrl } : {}) });
  cleanups.push(() => db.destroy());
  await saveDay(db, "2026-05-11", papersOf("2026-05-11", 4));
  await saveDay(db, "2026-05-12", papersOf("2026-05-12", 20));
  const env = {
    BROADSHEET_SMTP_URL: sink.url,
    BROADSHEET_MAIL_FROM: "letters@example.org",
    BROADSHEET_LOG_LEVEL: "warn",
    ...(databaseUrl ? { BROADSHEET_DATABASE_URL: databaseUrl } : {}),
  };
  return { folder, env, sink, db };
}

async function startAt({ folder, env }: Place) {
  const program = await startProgram({ files: [], dataFolder: folder, env });
  cleanups.push(() => program.stop());
  return program;
}

/** The n-th message to come, parsed. */
async function messageAt(sink: MailSink, index: number): Promise<Email> {
  while (sink.messages.length <= index) await new Promise((resolve) => setTimeout(resolve, 50));
  return await PostalMime.parse(sink.messages[index]!.raw);
}

function header(mail: Email, name: string): string {
  return mail.headers.find((h) => h.key === name)?.value ?? "";
}

async function journey(place: Place) {
  const program = await startAt(place);
  const form = new URLSearchParams({ address: "Ada@example.org", time: "08:40", zone: "Europe/Berlin" });
  expect((await fetch(`${program.url}/subscribe`, { method: "POST", body: form })).status).toBe(200);
  const confirmation = await messageAt(place.sink, 0);
  expect(place.sink.messages[0]).toMatchObject({
    from: "letters@example.org",
    recipients: ["Ada@example.org"],
  });
  expect(header(confirmation, "list-unsubscribe")).toBe("");
  const link = /http\S+\/confirm\/\S+/.exec(confirmation.text!)![0];
  expect(link.startsWith(program.url)).toBe(true);
  expect((await fetch(link)).status).toBe(200);
  const args = ["digest", "--date", "2026-05-12", "--data", place.folder, "--json"];
  const before = await runCommand(args, { env: place.env });
  expect(JSON.parse(before.stdout)).toMatchObject({ sent: 0 });
  expect((await fetch(link, { method: "POST" })).status).toBe(200);

  const env = { ...place.env, BROADSHEET_PUBLIC_URL: program.url };
  const sent = await runCommand(args, { env });
  expect(JSON.parse(sent.stdout)).toMatchObject({ date: "2026-05-12", sent: 1, failed: 0, waiting: 0 });
  const letter = await messageAt(place.sink, 1);
  expect(letter.subject).toBe("Broadsheet, 12 May: Paper 1 of 2026-05-12 and 11 more");
  expect(header(letter, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  const out = /^<(http\S+)>$/.exec(header(letter, "list-unsubscribe"))![1]!;
  const paper = /http\S+\/papers\/\d{4}\.\d{5}/.exec(letter.text!)![0];
  expect((await fetch(paper)).status).toBe(200);
  expect(JSON.parse((await runCommand(args, { env })).stdout)).toMatchObject({ sent: 0 });

  expect((await fetch(out)).status).toBe(200);
  const oneClick = {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    redirect: "manual",
  } as const;
  for (const _ of [1, 2]) expect((await fetch(out, oneClick)).status).toBe(200);
  const other = ["digest", "--date", "2026-05-11", "--data", place.folder, "--json"];
  expect(JSON.parse((await runCommand(other, { env })).stdout)).toMatchObject({ sent: 0 });
  expect(place.sink.messages).toHaveLength(2);
}

// The tests of this file run side by side: each waits for the beats of its own server most of the time.
describe.concurrent("the letter, from request to end", () => {
  test("on SQLite", async () => journey(await openPlace()));

  test.skipIf(inject("postgresUrl") === "")("on PostgreSQL", async () => {
    const { url, remove } = await createPostgresDatabase(inject("postgresUrl"));
    cleanups.push(remove);
    await journey(await openPlace(url));
  });
});

test.concurrent("a running server sends by itself at the reader's hour", async () => {
  const place = await openPlace();
  const today = new Date().toISOString().slice(0, 10);
  await saveDay(place.db, today, papersOf(today, 2));
  await addConfirmedReader(place.db, "ada@example.org", { sendAt: "00:00" });
  await startAt(place);
  const letter = await messageAt(place.sink, 0);
  expect(letter.subject).toMatch(/^Broadsheet, .*Paper 1 of .* and 1 more$/);
});

test.concurrent("without a mail server the letters are kept, and only the owner at this machine reads them", async () => {
  const place = await openPlace();
  const program = await startAt({ ...place, env: { BROADSHEET_LOG_LEVEL: "warn" } });
  const form = new URLSearchParams({ address: "ada@example.org", time: "08:40", zone: "UTC" });
  const asked = await fetch(`${program.url}/subscribe`, { method: "POST", body: form });
  expect(await asked.text()).toContain('href="/letters"');
  let list = "";
  while (!list.includes("Please confirm")) list = await (await fetch(`${program.url}/letters`)).text();
  const path = /href="(\/letters\/[^"]+)"/.exec(list)![1]!;
  expect(await (await fetch(program.url + path)).text()).toMatch(/<a href="\/confirm\/[\w-]{32}">/);
  const html = await fetch(`${program.url}${path}?as=html`);
  expect(html.headers.get("Content-Security-Policy")).toMatch(/^sandbox .*default-src 'none'/);
  const raw = await (await fetch(`${program.url}${path}?as=raw`)).text();
  expect(raw).toContain("Auto-Submitted: auto-generated");
  for (const wrong of ["/letters/..%2fbroadsheet.sqlite", "/letters/x.eml", "/letters/%00"]) {
    expect((await fetch(program.url + wrong)).status).toBe(404);
  }
  for (const name of ["X-Forwarded-For", "Forwarded"]) {
    const foreign = await fetch(program.url + path, { headers: { [name]: "192.0.2.1" }, redirect: "manual" });
    expect([foreign.status, foreign.headers.get("Location")?.split("?")[0]]).toEqual([303, "/sign-in"]);
  }
  const byHand = ["digest", "--test", "me@example.org", "--data", place.folder];
  await saveDay(place.db, "2026-05-12", papersOf("2026-05-12", 2));
  const copy = await runCommand(byHand, { env: { BROADSHEET_LOG_LEVEL: "warn" } });
  expect(copy.stdout).toMatch(/1 letter kept in .*letters \(a test copy\), not sent: no mail server is set/);
});
