import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages, save } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";
import type { SourceItem } from "../papers/paper.ts";
import { papersInBlock } from "./sitemap.ts";

/** Texts of the elements of this name; throws where the document is not well-formed. */
function textsOf(xml: string, name: string): string[] {
  const texts: string[] = [];
  let inside = false;
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    inside = tag.name === name;
    if (inside) texts.push("");
  });
  parser.on("closetag", () => {
    inside = false;
  });
  parser.on("text", (text) => {
    if (inside) texts[texts.length - 1] += text;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return texts;
}

const numbered = (n: number): SourceItem => {
  const value = `2605.${String(n).padStart(5, "0")}`;
  const record = recordOf({
    sourceId: value,
    identifiers: [{ scheme: "arxiv", value }],
    title: `Paper ${n}`,
  });
  const submissions = [{ day: `2026-05-${String((n % 3) + 10)}`, source: "hub" }];
  return { records: [record], submissions, announcements: [], signals: [], places: [] };
};

async function fill(db: Db, papers: number): Promise<void> {
  await save(db, ...Array.from({ length: papers }, (_, i) => numbered(i + 1)));
}

describeOnBothDatabases("the sitemap", (open) => {
  test("leads to every edition and every paper once, papers with the day of their last change", async () => {
    const db = await open();
    await fill(db, 7);
    const { read, fetch } = await openPages(db);
    const parts = textsOf(await read("/sitemap.xml"), "loc");
    expect(parts).toEqual([
      "https://papers.example.org/sitemaps/pages.xml",
      "https://papers.example.org/sitemaps/papers-1.xml",
    ]);
    const pages = textsOf(await read("/sitemaps/pages.xml"), "loc");
    for (const path of ["date/2026-05-10", "date/2026-05-12", "week/2026-W19", "month/2026-05"])
      expect(pages).toContain(`https://papers.example.org/papers/${path}`);
    const papers = await read("/sitemaps/papers-1.xml");
    expect(textsOf(papers, "loc")).toEqual(
      Array.from({ length: 7 }, (_, i) => `https://papers.example.org/papers/2605.0000${i + 1}`),
    );
    expect(new Set(textsOf(papers, "lastmod"))).toEqual(new Set(["2026-05-12"]));
    for (const address of [...pages, ...textsOf(papers, "loc")])
      expect((await fetch(new URL(address).pathname)).status).toBe(200);
  });

  test("a paper stays in its block: the second begins above its limit", async () => {
    const db = await open();
    await fill(db, 2);
    const move = { pk: papersInBlock + 1 };
    const last = await db.selectFrom("papers").select("pk").orderBy("pk", "desc").executeTakeFirstOrThrow();
    await db.updateTable("papers").set(move).where("pk", "=", last.pk).execute();
    const { read } = await openPages(db);
    expect(textsOf(await read("/sitemap.xml"), "loc")).toHaveLength(3);
    expect(textsOf(await read("/sitemaps/papers-1.xml"), "loc")).toHaveLength(1);
    expect(textsOf(await read("/sitemaps/papers-2.xml"), "loc")).toHaveLength(1);
    expect(textsOf(await read("/sitemaps/papers-3.xml"), "loc")).toHaveLength(0);
  });

  test.each(["papers-0.xml", "papers-1", "papers-1e3.xml", "papers--1.xml", "lists.xml"])(
    "there is no part %s",
    async (name) => {
      const { fetch } = await openPages(await open());
      expect((await fetch(`/sitemaps/${name}`)).status).toBe(404);
    },
  );
});

describeOnBothDatabases("what crawlers read first", (open) => {
  test("robots.txt closes what is somebody's or has no end, and names the sitemap and the dumps", async () => {
    const { read } = await openPages(await open());
    const robots = await read("/robots.txt");
    expect(robots).toMatch(/^User-agent: \*\n/);
    for (const path of ["/papers?", "/me", "/u/", "/sign-in", "/explain/"])
      expect(robots).toContain(`\nDisallow: ${path}\n`);
    expect(robots).toContain("\nSitemap: https://papers.example.org/sitemap.xml\n");
    expect(robots).toContain("https://papers.example.org/dumps");
  });

  test("a private instance closes everything, and says so without signing in", async () => {
    const { fetch } = await openPages(await open(), { env: { BROADSHEET_PRIVATE: "yes" } });
    const robots = await fetch("/robots.txt");
    expect(robots.status).toBe(200);
    expect(await robots.text()).toBe("User-agent: *\nDisallow: /\n");
    expect((await fetch("/sitemap.xml")).status).toBe(303);
  });

  test("llms.txt is a heading, a quotation and lists of links", async () => {
    const db = await open();
    await fill(db, 3);
    const text = await (await openPages(db)).read("/llms.txt");
    expect(text).toMatch(/^# Broadsheet\n\n> .*: 3 papers .*\n/);
    const links = [...text.matchAll(/^- \[[^\]]+\]\((https:\/\/papers\.example\.org\/[^)]*)\)/gm)];
    expect(links.length).toBeGreaterThan(6);
  });
});
