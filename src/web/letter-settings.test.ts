import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { addConfirmedReader } from "../../test/support/letters.ts";
import { openPages, type Pages } from "../../test/support/pages.ts";
import { endSubscription } from "../digest/unsubscribe.ts";

const wished: [string, string][] = [
  ["rhythm", "weekly"],
  ["weekday", "3"],
  ["weekday", "5"],
  ["time", "07:15"],
  ["zone", "Asia/Kolkata"],
  ["pause", "2026-06-20"],
  ["papers", "25"],
  ["own", "80"],
];

function send(pages: Pages, path: string, fields: [string, string][], headers: Record<string, string> = {}) {
  return pages.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

describeOnBothDatabases("the reader's wishes", (open) => {
  test("are shown by the private link, changed by a post only, and shown as changed", async () => {
    const db = await open();
    const pages = await openPages(db);
    const reader = await addConfirmedReader(db, "ada@example.org", {
      zone: "Europe/Berlin",
      sendAt: "08:40",
    });
    const path = `/u/${reader.token}/settings`;
    const shown = await pages.fetch(path);
    expect(shown.headers.get("Cache-Control")).toBe("no-store");
    expect(shown.headers.get("X-Robots-Tag")).toBe("noindex");
    const html = await shown.text();
    expect(html).toContain('value="08:40"');
    expect(html.match(/name="weekday" value="\d" checked/g)).toHaveLength(7);
    expect(html).not.toContain("ada@example.org");
    const answer = await send(pages, path, wished);
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, `${path}?kept`]);
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      rhythm: "weekly",
      weekdays: "35",
      send_at: "07:15",
      zone: "Asia/Kolkata",
      paused_until: "2026-06-20",
      clock_set_at: "2026-06-01T12:00:00.000Z",
      papers: 25,
      own_share: 80,
    });
    const kept = (await pages.read(`${path}?kept`)).replaceAll(/\s+/g, " ");
    for (const words of ["Kept.", "once a week, on Wednesday, at 07:15", "No letter before 20 June 2026."])
      expect(kept).toContain(words);
  });

  test("a test letter is asked for by a post, once an hour", async () => {
    const db = await open();
    const pages = await openPages(db);
    const reader = await addConfirmedReader(db, "ada@example.org");
    const [settings, path] = [`/u/${reader.token}/settings`, `/u/${reader.token}/test-letter`];
    expect(await pages.read(settings)).toContain(`action="${path}"`);
    const queued = () => db.selectFrom("deliveries").select("kind").where("state", "=", "due").execute();
    expect((await pages.fetch(path)).status).toBeGreaterThanOrEqual(404);
    expect((await queued()).filter(({ kind }) => kind === "test")).toEqual([]);
    for (const outcome of ["asked", "again"])
      expect((await send(pages, path, [])).headers.get("Location")).toBe(`${settings}?test=${outcome}`);
    expect((await queued()).filter(({ kind }) => kind === "test")).toHaveLength(1);
    expect(await pages.read(`${settings}?test=asked`)).toContain("It is on its way.");
    expect((await send(pages, "/u/nobody/test-letter", [])).status).toBe(404);
  });

  test("what cannot be is said at its field, with what was typed, and nothing is changed", async () => {
    const db = await open();
    const pages = await openPages(db);
    const reader = await addConfirmedReader(db, "ada@example.org");
    const path = `/u/${reader.token}/settings`;
    const before = await db.selectFrom("subscribers").selectAll().execute();
    const answer = await send(pages, path, [
      ["papers", '"><script>x</script>'],
      ["time", "99:99"],
    ]);
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html.match(/class="error"/g)).toHaveLength(6);
    expect(html).not.toContain("<script>x");
    const foreign = await send(pages, path, wished, { "Sec-Fetch-Site": "cross-site" });
    expect(foreign.status).toBe(403);
    expect(await db.selectFrom("subscribers").selectAll().execute()).toEqual(before);
  });

  test("of nobody there are none; who has left is told so, and changes nothing", async () => {
    const db = await open();
    const pages = await openPages(db);
    const reader = await addConfirmedReader(db, "ada@example.org");
    await endSubscription(db, reader.token, { now: "2026-05-02T00:00:00.000Z" });
    for (const token of [reader.token, "x".repeat(32), "x"]) {
      const path = `/u/${token}/settings`;
      const shown = await pages.fetch(path, { redirect: "manual" });
      const left = token === reader.token;
      expect([shown.status, shown.headers.get("Location")]).toEqual(
        left ? [303, `/u/${token}`] : [404, null],
      );
      expect((await send(pages, path, wished)).status).toBe(404);
    }
  });

  test("a change of the papers alone sets no clock", async () => {
    const db = await open();
    const pages = await openPages(db);
    const reader = await addConfirmedReader(db, "ada@example.org");
    const fields: [string, string][] = [
      ...[..."1234567"].map((day): [string, string] => ["weekday", day]),
      ["rhythm", "daily"],
      ["time", "09:00"],
      ["zone", "UTC"],
      ["pause", ""],
      ["papers", "30"],
      ["own", "0"],
    ];
    expect((await send(pages, `/u/${reader.token}/settings`, fields)).status).toBe(303);
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ papers: 30, own_share: 0, clock_set_at: null });
  });
});
