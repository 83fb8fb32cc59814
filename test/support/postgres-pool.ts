// Databases on the test server that are emptied and used again: making one takes a second, emptying one some milliseconds.
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

/** A database as the migrations leave it: all its tables, and the rows that stand in them from the start. */
interface Beginnings {
  tables: string[];
  rows: Map<string, string>;
}

/** Of this process: test files run in processes of their own. */
const free: string[] = [];
const beginnings = new Map<string, Beginnings>();

/** The address of a database without data: one given back before, or a new one. */
export async function takeDatabase(server: string): Promise<string> {
  return free.pop() ?? (await createDatabase(server));
}

export async function createDatabase(server: string): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await run(`${server}/postgres`, (client) => client.query(`create database ${name}`));
  return `${server}/${name}`;
}

/** Called once the migrations have run: what the database must be like when it is used again. */
export async function noteBeginnings(url: string): Promise<void> {
  if (beginnings.has(url)) return;
  await run(url, async (client) => {
    const tables = await listTables(client);
    const rows = new Map<string, string>();
    for (const table of await listFilled(client, tables)) {
      const { rows: found } = await client.query(`select json_agg(t)::text as rows from ${table} t`);
      rows.set(table, found[0].rows);
    }
    beginnings.set(url, { tables, rows });
  });
}

/** Empties it for the next test; one whose tables a test has changed is dropped. */
export async function giveBack(server: string, url: string): Promise<void> {
  const began = beginnings.get(url);
  const emptied = began !== undefined && (await run(url, (client) => empty(client, began)));
  if (emptied) free.push(url);
  else await dropDatabase(server, url);
}

async function empty(client: pg.Client, { tables, rows }: Beginnings): Promise<boolean> {
  if ((await listTables(client)).join() !== tables.join()) return false;
  // No foreign keys and triggers while rows go and come.
  await client.query("set session_replication_role = replica");
  const filled = await listFilled(client, tables);
  const statements = filled.map((table) => `delete from ${table}`);
  for (const [table, json] of rows)
    statements.push(
      `insert into ${table} select * from json_populate_recordset(null::${table}, ${pg.escapeLiteral(json)})`,
    );
  statements.push(
    "select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences where last_value is not null",
  );
  await client.query(statements.join(";"));
  return true;
}

async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    "select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1",
  );
  return rows.map((row) => row.name);
}

async function listFilled(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  if (tables.length === 0) return [];
  const asked = tables.map((table, i) => `select ${i} as i where exists (select 1 from ${table})`);
  const { rows } = await client.query(asked.join(" union all "));
  return rows.map((row) => tables[row.i]!);
}

/** A pool says it has ended before its connections have; cutting them off then would be an error nobody catches. */
export async function dropDatabase(server: string, url: string): Promise<void> {
  const name = url.slice(url.lastIndexOf("/") + 1);
  const drop = (how: string) =>
    run(`${server}/postgres`, (client) => client.query(`drop database ${name}${how}`));
  for (let attempt = 0; attempt < 50; attempt++) {
    const dropped = await drop("").then(
      () => true,
      () => false,
    );
    if (dropped) return;
    await wait(20);
  }
  await drop(" with (force)");
}

async function run<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
