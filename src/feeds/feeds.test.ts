import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import RssParser from "rss-parser";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openExamples } from "../../test/support/example-papers.ts";
import { openPages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { countStatements } from "../../test/support/world-statements.ts";

const feeds = [
  "/feeds/today",
  "/feeds/week",
  "/feeds/month",
  "/feeds/trending",
  "/feeds/days",
  "/feeds/weeks",
  "/feeds/months",
  "/feeds/editions/2026-05-12",
  "/feeds/categories/cs.CL",
  "/feeds/categories/cs.CL+cs.CY",
  "/feeds/authors/Ada%20Lovelace",
  "/feeds/lists/flocks",
  "/feeds/similar/2605.10001",
  "/feeds/search",
] as const;

function addressOf(name: string, format: string): string {
  return `${name}.${format}${name === "/feeds/search" ? "?q=sparse+attention" : ""}`;
}

/** The first fault ends it, as in every reader that keeps to XML. */
function checkWellFormed(text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (fault) => {
    throw fault;
  });
  parser.write(text).close();
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What RFC 4287 asks of a feed and its entries beyond being XML. */
function checkAtom(text: string) {
  checkWellFormed(text);
  const feed = parseAtomFeed(text);
  expect(feed.id).toMatch(/^tag:papers\.example\.org,2026:feed\/./);
  expect(feed.updated).toMatch(instant);
  expect(feed.title).toBeTruthy();
  expect(feed.links?.map(({ rel }) => rel)).toEqual(["self", "alternate"]);
  const ids = (feed.entries ?? []).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const entry of feed.entries ?? []) {
    expect(entry.id).toMatch(/^tag:papers\.example\.org,2026:(paper|edition)\/./);
    expect(entry.published).toMatch(instant);
    expect(entry.updated).toMatch(instant);
    expect(entry.title).toBeTruthy();
    expect(entry.content).toBeTruthy();
    expect(feed.updated! >= entry.updated!).toBe(true);
  }
  return feed;
}

/** What the RSS Advisory Board asks. */
function checkRss(text: string) {
  checkWellFormed(text);
  const feed = parseRssFeed(text);
  expect(feed.title && feed.link && feed.description).toBeTruthy();
  expect(feed.atom?.links?.[0]?.rel).toBe("self");
  const rfc822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
  for (const item of feed.items ?? []) {
    expect(item.guid?.value).toMatch(/^tag:/);
    expect(item.guid?.isPermaLink).toBe(false);
    expect(item.pubDate).toMatch(rfc822);
    expect(item.link).toMatch(/^https:\/\/papers\.example\.org\/papers\/./);
  }
  return feed;
}

function checkJson(text: string) {
  const raw = JSON.parse(text) as { version: string };
  expect(raw.version).toBe("https://jsonfeed.org/version/1.1");
  const feed = parseJsonFeed(text);
  for (const item of feed.items ?? []) {
    expect(typeof item.id).toBe("string");
    expect(item.content_html ?? "").not.toBe("");
    expect(item.date_published).toMatch(instant);
  }
  return feed;
}

describeOnBothDatabases("feeds", (open) => {
  test("of every list pass strict parsers in three formats, and tell the same entries in each", async () => {
    const pages = await openExamples(await open());
    for (const name of feeds) {
      const read = async (format: string) => {
        const response = await pages.fetch(addressOf(name, format));
        expect(response.status, name).toBe(200);
        expect(response.headers.get("Content-Type")).toMatch(/^application\/(atom\+xml|rss\+xml|feed\+json)/);
        return response.text();
      };
      const [atom, rss] = [await read("atom"), await read("rss")];
      const entries = checkAtom(atom).entries ?? [];
      const items = checkRss(rss).items ?? [];
      const json = checkJson(await read("json")).items ?? [];
      if (name !== "/feeds/similar/2605.10001") expect(entries.length, name).toBeGreaterThan(0);
      expect(
        items.map(({ guid }) => guid?.value),
        name,
      ).toEqual(entries.map(({ id }) => id));
      expect(
        json.map(({ id }) => id),
        name,
      ).toEqual(entries.map(({ id }) => id));
      for (const text of [atom, rss]) {
        const parsed = await new RssParser().parseString(text);
        expect(
          parsed.items.map(({ title }) => title),
          name,
        ).toEqual(json.map(({ title }) => title));
      }
    }
    expect(pages.errors).toEqual([]);
  });

  test("name their page and themselves, and give reasons and true dates", async () => {
    const pages = await openExamples(await open());
    const today = checkAtom(await pages.read("/feeds/today.atom"));
    expect(today.links?.map(({ href }) => href)).toEqual([
      "https://papers.example.org/feeds/today.atom",
      "https://papers.example.org/",
    ]);
    const [first] = today.entries ?? [];
    expect(first).toMatchObject({
      id: "tag:papers.example.org,2026:paper/2605.10001",
      title: { value: "Counting Sheep with Sparse Attention" },
      authors: [{ name: "Ada Lovelace" }, { name: "Grace Hopper" }],
    });
    expect(JSON.stringify(first?.content)).toContain("Tuesday 12 May 2026: 42 votes by 08:30 UTC");
    const category = checkAtom(await pages.read("/feeds/categories/cs.CL.atom"));
    expect(category.entries?.map(({ published }) => published)).toEqual([
      "2026-05-11T00:00:00.000Z",
      "2026-05-11T00:00:00.000Z",
    ]);
    const days = checkJson(await pages.read("/feeds/days.json"));
    expect(days.items?.[0]).toMatchObject({
      title: "Tuesday 12 May 2026: 2 papers",
      url: "https://papers.example.org/papers/date/2026-05-12",
    });
    const search = checkAtom(await pages.read("/feeds/search.atom?q=sparse+attention"));
    expect(search.links?.[1]?.href).toBe("https://papers.example.org/papers?q=sparse+attention&sort=newest");
  });

  test("bring hostile titles out whole", async () => {
    const db = await open();
    const titles = [
      "Closing ]]> and <b>bold</b> & \"quoted\" 'x'",
      "Control \u0001\u0008\u000b\u000c\u001f and \ufffe\uffff",
      "Unpaired \ud800 surrogates \udc00 here",
      "TeX: $\\mathcal{O}(n^2)$ for $x<y$ \\& more",
      "<script>alert(1)</script> of models <0.5MB",
      "𝜆Grapher 👩‍🔬 עברית",
    ];
    await saveDay(
      db,
      "2026-05-12",
      titles.map((title, i) => ({ id: `2605.0000${i + 1}`, title, abstract: title })),
    );
    const pages = await openPages(db);
    const atom = checkAtom(await pages.read("/feeds/editions/2026-05-12.atom")).entries ?? [];
    const rss = checkRss(await pages.read("/feeds/editions/2026-05-12.rss")).items ?? [];
    const json = checkJson(await pages.read("/feeds/editions/2026-05-12.json")).items ?? [];
    const sorted = json.toSorted((a, b) => (a.id! < b.id! ? -1 : 1)).map(({ title }) => title);
    expect(sorted[0]).toContain("]]>");
    expect(sorted[1]).toBe("Control and");
    expect(sorted[2]).toMatch(/^Unpaired \ufffd surrogates \ufffd here$/);
    expect(sorted[3]).toContain("x<y");
    expect(sorted[5]).toBe(titles[5]);
    expect(atom).toHaveLength(titles.length);
    expect(rss.map(({ guid }) => guid?.value)).toEqual(json.map(({ id }) => id));
    for (const { content_html: html } of json) expect(html).not.toMatch(/<script|<b>/);
  });

  test("answer conditional requests, by tag before date, with what a 304 must carry", async () => {
    const db = await open();
    const pages = await openExamples(db);
    const path = "/feeds/days.atom";
    const first = await pages.fetch(path);
    const tag = first.headers.get("ETag")!;
    const modified = first.headers.get("Last-Modified")!;
    expect(modified).toBe("Tue, 12 May 2026 12:00:00 GMT");
    const earlier = "Tue, 12 May 2026 11:59:59 GMT";
    const asked: [Record<string, string>, number][] = [
      [{ "If-None-Match": tag }, 304],
      [{ "If-None-Match": `W/${tag}` }, 304],
      [{ "If-None-Match": '"other"', "If-Modified-Since": modified }, 200],
      [{ "If-Modified-Since": modified }, 304],
      [{ "If-Modified-Since": earlier }, 200],
      [{ "If-Modified-Since": "yesterday" }, 200],
    ];
    for (const [headers, status] of asked) {
      const response = await pages.fetch(path, { headers });
      expect(response.status, JSON.stringify(headers)).toBe(status);
      expect(response.headers.get("ETag")).toBe(tag);
      expect(response.headers.get("Last-Modified")).toBe(modified);
      expect(response.headers.get("Cache-Control")).toBe("public, max-age=300");
      if (status === 304) expect(await response.text()).toBe("");
    }
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 1));
    const changed = await pages.fetch(path, { headers: { "If-Modified-Since": modified } });
    expect(changed.status).toBe(200);
    expect(Date.parse(changed.headers.get("Last-Modified")!)).toBeGreaterThan(Date.parse(modified));
    expect(changed.headers.get("ETag")).not.toBe(tag);
    const head = await pages.fetch(path, { method: "HEAD" });
    expect(head.headers.get("ETag")).toBe(changed.headers.get("ETag"));
  });

  test("take no more queries for twice the papers", async () => {
    const db = await open();
    const count = (path: string) =>
      countStatements(db, async (counting) => {
        const pages = await openPages(counting);
        expect((await pages.fetch(path)).status, path).toBe(200);
      });
    const paths = [
      "/feeds/today.atom",
      "/feeds/authors/Ada%20Lovelace.atom",
      "/feeds/search.atom?q=counting",
    ];
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 5));
    const before: number[] = [];
    for (const path of paths) before.push(await count(path));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 15));
    const after: number[] = [];
    for (const path of paths) after.push(await count(path));
    expect(after).toEqual(before);
  });

  test("that are none answer with a problem", async () => {
    const pages = await openExamples(await open());
    for (const path of [
      "/feeds/today",
      "/feeds/nothing.atom",
      "/feeds/editions/2026-02-30.atom",
      "/feeds/editions/2026-05-01.atom",
      "/feeds/categories/none.rss",
      "/feeds/categories/.rss",
      "/feeds/authors/Nobody.json",
      "/feeds/lists/none.atom",
      "/feeds/similar/9999.99999.atom",
      "/feeds/search.atom",
      `/feeds/search.atom?q=${"x".repeat(2_100)}`,
      "/feeds/constructor.atom",
      "/feeds/constructor/x.atom",
    ]) {
      const response = await pages.fetch(path);
      expect(response.status, path).toBe(404);
      expect(await response.json(), path).toMatchObject({ code: "not-found" });
    }
    expect(pages.errors).toEqual([]);
  });

  test("say so where there are no papers yet", async () => {
    const pages = await openPages(await open());
    expect(checkAtom(await pages.read("/feeds/today.atom")).entries ?? []).toEqual([]);
    expect(checkAtom(await pages.read("/feeds/week.atom")).entries ?? []).toEqual([]);
    expect(checkRss(await pages.read("/feeds/days.rss")).items ?? []).toEqual([]);
  });

  test("of a private instance are for its readers", async () => {
    const db = await open();
    const pages = await openExamples(db, { env: { BROADSHEET_PRIVATE: "yes" } });
    expect((await pages.fetch("/feeds/today.atom")).status).toBe(401);
    const { cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
    const own = await pages.fetch("/feeds/today.atom", { headers: { Cookie: cookie } });
    expect(own.status).toBe(200);
    expect(own.headers.get("Cache-Control")).toBe("private, max-age=300");
    expect(own.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});
