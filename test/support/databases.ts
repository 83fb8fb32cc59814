// The same tests on SQLite and on PostgreSQL: one switch, a fresh database for each opening.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, inject } from "vitest";
import { openDatabase, sqlitePath } from "../../src/database/database.ts";
import type { Db } from "../../src/database/dialect.ts";
import { createDatabase, dropDatabase, giveBack, noteBeginnings, takeDatabase } from "./postgres-pool.ts";

export type OpenDatabase = () => Promise<Db>;

/** Runs `tests` once on each database. What `open` opened is closed and removed after each test. */
export function describeOnBothDatabases(name: string, tests: (open: OpenDatabase) => void): void {
  describe(`${name} (SQLite)`, () => withCleanUp(tests, openFreshSqlite));
  const url = inject("postgresUrl");
  describe.skipIf(url === "")(`${name} (PostgreSQL)`, () => withCleanUp(tests, () => openFreshPostgres(url)));
}

type Opened = { db: Db; remove(): Promise<void> };

function withCleanUp(tests: (open: OpenDatabase) => void, openFresh: () => Promise<Opened>): void {
  const opened: Opened[] = [];
  afterEach(async () => {
    for (const { db, remove } of opened.splice(0)) {
      await db.destroy();
      await remove();
    }
  });
  tests(async () => {
    const fresh = await openFresh();
    opened.push(fresh);
    return fresh.db;
  });
}

async function openFreshSqlite(): Promise<Opened> {
  migrated ??= makeMigrated();
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-test-"));
  writeFileSync(sqlitePath(folder), await migrated);
  return {
    db: await openDatabase({ folder }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of this process: the file of a new database, as the migrations leave it. Running them takes ten times as long as a copy. */
let migrated: Promise<Uint8Array> | null = null;

async function makeMigrated(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-test-"));
  try {
    const db = await openDatabase({ folder });
    // Closing carries the write-ahead log over: the one file is all there is.
    await db.destroy();
    return readFileSync(sqlitePath(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openFreshPostgres(server: string): Promise<Opened> {
  const url = await takeDatabase(server);
  const db = await openDatabase({ folder: "unused", url, poolSize: 4 });
  await noteBeginnings(url);
  return { db, remove: () => giveBack(server, url) };
}

/** An empty database on the test server, for a program that is given its address. */
export async function createPostgresDatabase(
  server: string,
): Promise<{ url: string; remove(): Promise<void> }> {
  const url = await createDatabase(server);
  return { url, remove: () => dropDatabase(server, url) };
}
