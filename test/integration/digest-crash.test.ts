// Kills the sender at random points: no letter is lost, and only one in flight comes twice, under the same Message-ID.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, inject, test } from "vitest";
import { openDatabase } from "../../src/database/database.ts";
import { type Db, insertRows } from "../../src/database/dialect.ts";
import type { SubscribersTable } from "../../src/database/letter-schema.ts";
import { countDeliveries } from "../../src/digest/deliveries-store.ts";
import { defaultWishes } from "../../src/digest/wishes.ts";
import { newToken } from "../../src/lib/link-token.ts";
import { createPostgresDatabase } from "../support/databases.ts";
import { papersOf, saveDay } from "../support/days.ts";
import { type MailSink, startMailSink } from "../support/mail-sink.ts";
import { resultOf, spawnCommand } from "../support/program.ts";

/** The long run, by hand: BROADSHEET_CRASH_READERS=2000 BROADSHEET_CRASH_KILLS=50. */
const readers = Number(process.env.BROADSHEET_CRASH_READERS ?? 300);
const kills = Number(process.env.BROADSHEET_CRASH_KILLS ?? 8);
const timeout = 120_000 + kills * 20_000;
const papers = 12;
/** Letters that one sender has in flight: handed over by its lanes, or waiting to be written down. */
const inFlight = 10;
const day = "2026-05-12";

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Place {
  folder: string;
  db: Db;
  sink: MailSink;
  start(): ReturnType<typeof spawnCommand>;
}

async function openPlace(databaseUrl?: string): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-crash-"));
  cleanups.push(async () => rmSync(folder, { recursive: true, force: true }));
  // Slow enough that a kill finds letters at every stage.
  const sink = await startMailSink({ beforeAccept: () => new Promise((resolve) => setTimeout(resolve, 4)) });
  cleanups.push(async () => sink[Symbol.asyncDispose]());
  const db = await openDatabase({ folder, ...(databaseUrl ? { url: databaseUrl } : {}) });
  cleanups.push(() => db.destroy());
  await saveDay(db, day, papersOf(day, 30));
  await insertRows(
    db,
    "subscribers",
    Array.from({ length: readers }, (_, i) => confirmedReader(i + 1)),
  );
  const env = {
    BROADSHEET_SMTP_URL: sink.url,
    BROADSHEET_MAIL_FROM: "letters@example.org",
    BROADSHEET_LOG_LEVEL: "error",
    BROADSHEET_DATABASE_URL: databaseUrl,
  };
  return { folder, db, sink, start: () => spawnCommand(["digest", "--date", day, "--data", folder], env) };
}

/** Hundreds of them, so not by the way a reader goes. */
function confirmedReader(pk: number): SubscribersTable {
  const at = "2026-05-01T00:00:00.000Z";
  return {
    pk,
    address: `reader${pk}@example.org`,
    address_key: `reader${pk}@example.org`,
    zone: "UTC",
    send_at: "09:00",
    state: "confirmed",
    token: newToken(),
    confirm_hash: null,
    confirm_expires_at: null,
    consent: "[]",
    created_at: at,
    last_request_at: at,
    confirmed_at: at,
    unsubscribed_at: null,
    ...defaultWishes,
  };
}

/** Lets a sender get some letters further, then kills it; true when it had ended by itself. */
async function killSomewhere({ sink, start }: Place): Promise<boolean> {
  const before = sink.messages.length;
  const child = start();
  const ended = resultOf(child);
  const wanted = before + 5 + Math.floor(Math.random() * 40);
  let running = true;
  void ended.then(() => {
    running = false;
  });
  while (running && sink.messages.length < wanted) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
  child.kill("SIGKILL");
  return (await ended).signal !== "SIGKILL";
}

function countByReader({ sink }: Place) {
  const counts = new Map<string, number>();
  const ids = new Map<string, Set<string>>();
  for (const { recipients, raw } of sink.messages) {
    expect(recipients).toHaveLength(1);
    const to = recipients[0]!;
    const id = /^Message-ID: (\S+)/m.exec(raw.toString("latin1"))![1]!;
    counts.set(to, (counts.get(to) ?? 0) + 1);
    ids.set(to, (ids.get(to) ?? new Set()).add(id));
  }
  return { counts, ids };
}

async function expectAllSent(place: Place): Promise<number> {
  const { counts, ids } = countByReader(place);
  expect(counts.size).toBe(readers);
  expect([...ids.values()].every((set) => set.size === 1)).toBe(true);
  expect(new Set([...ids.values()].flatMap((set) => [...set])).size).toBe(readers);
  expect(await countDeliveries(place.db)).toEqual({
    due: 0,
    claimed: 0,
    sent: readers,
    failed: 0,
    dropped: 0,
  });
  const remembered = await place.db
    .selectFrom("sent_papers")
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  expect(Number(remembered.count)).toBe(readers * papers);
  return place.sink.messages.length - readers;
}

async function crash(place: Place): Promise<void> {
  let killed = 0;
  while (killed < kills && !(await killSomewhere(place))) killed++;
  const last = await resultOf(place.start());
  expect(last.stderr).toBe("");
  expect(last.status).toBe(0);
  const repeats = await expectAllSent(place);
  const most = Math.max(...countByReader(place).counts.values());
  const { length } = place.sink.messages;
  console.info(
    `${readers} readers, ${killed} kills: ${length} letters arrived, ${repeats} repeats (${(repeats / killed).toFixed(2)} a kill, ` +
      `at most ${most - 1} of one letter), every reader served, one Message-ID each`,
  );
  expect(killed).toBeGreaterThanOrEqual(3);
  expect(repeats).toBeLessThanOrEqual(killed * inFlight);
}

describe("kill -9 of the sender", () => {
  test(
    "on SQLite: every reader has the issue, repeats only in flight",
    async () => crash(await openPlace()),
    timeout,
  );

  test.skipIf(inject("postgresUrl") === "")(
    "on PostgreSQL: the same",
    async () => {
      const { url, remove } = await createPostgresDatabase(inject("postgresUrl"));
      cleanups.push(remove);
      await crash(await openPlace(url));
    },
    timeout,
  );
});

describe("several senders at once", () => {
  async function together(place: Place): Promise<void> {
    const results = await Promise.all([1, 2, 3].map(() => resultOf(place.start())));
    expect(results.map((result) => [result.status, result.stderr])).toEqual(results.map(() => [0, ""]));
    expect(await expectAllSent(place)).toBe(0);
  }

  test("on SQLite: every letter once", async () => together(await openPlace()));

  test.skipIf(inject("postgresUrl") === "")("on PostgreSQL: every letter once", async () => {
    const { url, remove } = await createPostgresDatabase(inject("postgresUrl"));
    cleanups.push(remove);
    await together(await openPlace(url));
  });
});
