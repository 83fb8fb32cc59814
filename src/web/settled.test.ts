import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages, type PagesOptions, save } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import type { Db } from "../database/dialect.ts";

async function openDay(db: Db, options: PagesOptions) {
  const submissions = [{ day: "2026-05-12", source: "hub" }];
  await save(db, { records: [recordOf()], submissions, announcements: [], signals: [], places: [] });
  return openPages(db, options);
}

const day = "/papers/date/2026-05-12";
const forEver = "public, max-age=3600, s-maxage=31536000";
const cachingOf = (answer: Response) => answer.headers.get("Cache-Control");

describeOnBothDatabases("a page whose day is long over", (open) => {
  test("may be kept for ever by shared caches, by cookie and token", async () => {
    const { fetch } = await openDay(await open(), { now: "2026-05-27T00:00:00.000Z" });
    const answer = await fetch(day, { headers: { "Accept-Encoding": "gzip" } });
    expect(cachingOf(answer)).toBe(forEver);
    expect(answer.headers.get("Vary")).toContain("Cookie, Authorization");
    expect(answer.headers.get("Vary")).toContain("Accept-Encoding");
    expect(answer.headers.get("ETag")).toBeTruthy();
    expect(cachingOf(await fetch("/"))).toBe("no-cache");
    expect(cachingOf(await fetch("/papers/week/2026-W20"))).toBe("no-cache");
  });

  test("is asked for again while papers and votes may come", async () => {
    const { fetch } = await openDay(await open(), { now: "2026-05-26T23:59:00.000Z" });
    expect(cachingOf(await fetch(day))).toBe("no-cache");
  });

  test("is nobody else's when somebody is signed in, and on a private instance", async () => {
    const pages = await openDay(await open(), { now: "2026-06-30T00:00:00.000Z" });
    const { cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
    expect(cachingOf(await pages.fetch(day, { headers: { Cookie: cookie } }))).toMatch(/^private/);
    const env = { BROADSHEET_PRIVATE: "yes" };
    const closed = await openPages(await open(), { now: "2026-06-30T00:00:00.000Z", env });
    expect(cachingOf(await closed.fetch(day))).not.toBe(forEver);
  });
});
