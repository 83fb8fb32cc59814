// A backup restores what it was made of, on either database; anything less than a whole one restores nothing.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type Db, insertRows } from "./dialect.ts";
import { dumpTables, restoreTables } from "./dump.ts";

const madeAt = "2026-05-12T08:30:00.000Z";

async function* each(lines: string[]): AsyncGenerator<string> {
  yield* lines;
}

async function fill(db: Db): Promise<void> {
  const signal = {
    kind: "upvotes",
    source: "hub",
    observed_at: madeAt,
    value: 1.5,
    detail: null,
    approximate: 1,
    origin: "import",
    recorded_at: null,
  };
  await insertRows(
    db,
    "signals",
    Array.from({ length: 1_203 }, (_, i) => ({ ...signal, paper_pk: i })),
  );
  await insertRows(db, "settings", [{ name: "secret", value: "été \u2028 'x'" }]);
  const subscriber = {
    pk: 1,
    address: "ada@example.org",
    address_key: "ada@example.org",
    zone: "UTC",
    send_at: "07:30",
    state: "confirmed",
    token: "t",
    confirm_hash: null,
    confirm_expires_at: null,
    consent: "{}",
    created_at: madeAt,
    last_request_at: madeAt,
    confirmed_at: madeAt,
    unsubscribed_at: null,
    weekdays: "135",
    rhythm: "weekly",
    paused_until: "2026-06-01",
    clock_set_at: madeAt,
    papers: 30,
    own_share: 0,
  };
  await insertRows(db, "subscribers", [subscriber]);
}

describeOnBothDatabases("backup", (open) => {
  test("restores every row of every table", async () => {
    const [from, to] = [await open(), await open()];
    await fill(from);
    const lines = await Array.fromAsync(dumpTables(from, madeAt));
    expect(await restoreTables(to, each(lines))).toBe(1_205);
    expect(await Array.fromAsync(dumpTables(to, madeAt))).toEqual(lines);
  });

  test("a cut or damaged backup restores nothing", async () => {
    const [from, to] = [await open(), await open()];
    await fill(from);
    const lines = await Array.fromAsync(dumpTables(from, madeAt));
    for (const broken of [
      lines.slice(0, -1),
      [...lines.slice(0, 2), "{", ...lines.slice(2)],
      lines.slice(1),
      lines.toSpliced(1, 1),
    ]) {
      await expect(restoreTables(to, each(broken))).rejects.toMatchObject({ code: "bad-input" });
    }
    const unknown = JSON.stringify({ table: "papers; drop table papers", rows: [{}] });
    await expect(restoreTables(to, each([lines[0]!, unknown]))).rejects.toMatchObject({ code: "bad-input" });
    expect(await to.selectFrom("signals").selectAll().execute()).toEqual([]);
  });

  test("refuses a folder with data, and a backup of a newer schema", async () => {
    const db = await open();
    const newer = JSON.stringify({ broadsheetBackup: 1, schema: 999 });
    await expect(restoreTables(db, each([newer]))).rejects.toMatchObject({ code: "newer-version" });
    await fill(db);
    await expect(restoreTables(db, each([]))).rejects.toMatchObject({ code: "bad-usage" });
  });
});
