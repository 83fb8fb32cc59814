// The same tests on SQLite and on PostgreSQL: one switch, a fresh database for each opening.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterEach, describe, inject } from "vitest";
import { openDatabase } from "../../src/database/database.ts";
import type { Db } from "../../src/database/dialect.ts";

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
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-test-"));
  return {
    db: await openDatabase({ folder }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function openFreshPostgres(server: string): Promise<Opened> {
  const { url, remove } = await createPostgresDatabase(server);
  return { db: await openDatabase({ folder: "unused", url, poolSize: 4 }), remove };
}

/** An empty database on the test server, for a program that is given its address. */
export async function createPostgresDatabase(
  server: string,
): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOnServer(server, `create database ${name}`);
  return {
    url: `${server}/${name}`,
    remove: () => dropDatabase(server, name),
  };
}

/** A pool says it has ended before its connections have; cutting them off then would be an error nobody catches. */
async function dropDatabase(server: string, name: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const dropped = await runOnServer(server, `drop database ${name}`).then(
      () => true,
      () => false,
    );
    if (dropped) return;
    await wait(20);
  }
  await runOnServer(server, `drop database ${name} with (force)`);
}

async function runOnServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
