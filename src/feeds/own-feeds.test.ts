import { parseAtomFeed, parseOpml } from "feedsmith";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openExamples } from "../../test/support/example-papers.ts";
import { signInAs } from "../../test/support/people.ts";
import type { Db } from "../database/dialect.ts";
import { createFeedKey, type FeedOf, listFeedKeys } from "../library/feed-keys.ts";
import { addFollow, setMark } from "../library/library.ts";

const now = "2026-05-12T10:00:00.000Z";

async function openOwn(db: Db, env: Record<string, string> = {}) {
  const pages = await openExamples(db, { env });
  const { account, cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
  const papers = await db.selectFrom("papers").select("pk").orderBy("id").execute();
  await setMark(db, account.id, { paperPk: papers[2]!.pk, kind: "save", folder: "herds & co" }, now);
  await setMark(db, account.id, { paperPk: papers[1]!.pk, kind: "later" }, now);
  const key = (opens: FeedOf) => createFeedKey(db, account.id, opens, now);
  return { pages, account, cookie, key };
}

describeOnBothDatabases("private feeds", (open) => {
  test("open what their key opens, to whoever has it, until it is taken back", async () => {
    const db = await open();
    const { pages, cookie, key } = await openOwn(db);
    const keys = {
      saved: await key("saved"),
      later: await key("later"),
      folder: await key("folder:herds & co"),
      picks: await key("today"),
    };
    const idsOf = async (name: keyof typeof keys) => {
      const response = await pages.fetch(`/feeds/of/${keys[name]}/${name}.atom`);
      expect(response.status, name).toBe(200);
      expect(response.headers.get("Cache-Control")).toBe("private, max-age=300");
      expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
      return (parseAtomFeed(await response.text()).entries ?? []).map(({ id }) => id?.split("/").at(-1));
    };
    expect(await idsOf("saved")).toEqual(["2605.10003"]);
    expect(await idsOf("folder")).toEqual(["2605.10003"]);
    expect(await idsOf("later")).toEqual(["2605.10002"]);
    expect(await idsOf("picks")).not.toContain("2605.10003");
    for (const path of [
      `/feeds/of/${keys.saved}/later.atom`,
      `/feeds/of/${keys.saved}/today.atom`,
      `/feeds/of/${keys.saved}/follows.opml`,
      `/feeds/of/${"x".repeat(32)}/saved.atom`,
      "/feeds/of/short/saved.atom",
    ])
      expect((await pages.fetch(path)).status, path).toBe(404);
    const html = await (await pages.fetch("/me", { headers: { Cookie: cookie } })).text();
    expect(html).toContain("Saved in herds &amp; co");
    const name = /name="feed" value="([0-9a-f]{64})"/.exec(html)![1]!;
    const form = { method: "POST", body: new URLSearchParams({ feed: name }) };
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    expect((await pages.fetch("/me/feeds/revoke", { ...form, headers })).status).toBe(303);
    const open_ = [];
    for (const [name, key] of Object.entries(keys))
      open_.push((await pages.fetch(`/feeds/of/${key}/${name}.atom`)).status);
    expect(open_.filter((status) => status === 404)).toHaveLength(1);
    expect(pages.errors).toEqual([]);
  });

  test("are made on one's own page, and shown once", async () => {
    const db = await open();
    const { pages, cookie, account } = await openOwn(db);
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    const made = await pages.fetch("/me/feeds", {
      method: "POST",
      headers,
      body: new URLSearchParams({ opens: "saved" }),
    });
    const address = /https:\/\/papers\.example\.org(\/feeds\/of\/[\w-]{32}\/saved\.json)/.exec(
      await made.text(),
    )![1]!;
    expect((await pages.fetch(address)).headers.get("Content-Type")).toBe("application/feed+json");
    expect(await listFeedKeys(db, account.id)).toMatchObject([{ opens: "saved" }]);
    const wrong = await pages.fetch("/me/feeds", {
      method: "POST",
      headers,
      body: new URLSearchParams({ opens: "x" }),
    });
    expect(wrong.status).toBe(303);
    expect(await listFeedKeys(db, account.id)).toHaveLength(1);
  });

  test("open a private instance's feeds, and what is followed as OPML with the same key", async () => {
    const db = await open();
    const { pages, account, cookie, key } = await openOwn(db, { BROADSHEET_PRIVATE: "yes" });
    await addFollow(db, account.id, { kind: "author", value: "Ada Lovelace" }, now);
    await addFollow(db, account.id, { kind: "category", value: "cs.CL" }, now);
    await addFollow(db, account.id, { kind: "search", value: '"sparse attention" & <flocks>' }, now);
    const secret = await key("feeds");
    expect((await pages.fetch("/feeds/today.atom")).status).toBe(401);
    expect((await pages.fetch(`/feeds/of/${secret}/today.atom`)).status).toBe(200);
    const keyed = await (await pages.fetch(`/feeds/of/${secret}/follows.opml`)).text();
    const outlines = parseOpml(keyed).body?.outlines ?? [];
    expect(outlines.map(({ text }) => text)).toContain('"sparse attention" & <flocks>');
    for (const { xmlUrl } of outlines) {
      const response = await pages.fetch(xmlUrl!.replace("https://papers.example.org", ""));
      expect(response.status, xmlUrl).toBe(200);
    }
    const own = await pages.fetch("/me/follows.opml", { headers: { Cookie: cookie } });
    expect(parseOpml(await own.text()).body?.outlines).toHaveLength(4);
  });
});
