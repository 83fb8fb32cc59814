import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages, save } from "../../test/support/pages.ts";
import { paperItem } from "../../test/support/world-papers.ts";

const day = "2026-05-12";

describeOnBothDatabases("every page", (open) => {
  const pages = [
    "/",
    `/papers/date/${day}`,
    "/papers/week/2026-W20",
    "/papers/month/2026-05",
    "/papers/date/2026-05-10",
    "/papers/date/nonsense",
    "/papers?q=title",
    "/papers/2605.00001",
    "/papers/2605.77777",
    "/lists",
    "/lists/hostile",
    "/categories/cs.CL",
    "/authors/Ada%20Lovelace",
    "/about",
    "/subscribe",
    "/nowhere",
  ];
  const hostile = `<img src=x onerror=alert(1)>: "><svg onload=alert(1)> </title><script>alert(1)</script> ${"$\\href{javascript:alert(1)}{x}$"} title`;

  async function openHostile() {
    const db = await open();
    await saveDay(db, day, [
      {
        id: "2605.00001",
        votes: 9,
        title: hostile,
        abstract: hostile,
        authors: [hostile, "Ada Lovelace"],
        submitter: hostile,
      },
      ...papersOf(day, 12).map((paper) => ({ ...paper, title: `${hostile} ${paper.id}` })),
    ]);
    await save(
      db,
      paperItem(
        {
          title: hostile,
          categories: ["cs.CL", hostile],
          venue: hostile,
          links: [{ kind: "code", url: "javascript:alert(1)" }],
        },
        { places: [{ listId: "hostile", listTitle: hostile, sourceFile: hostile, position: 1 }] },
      ),
    );
    return openPages(db);
  }

  test("holds nothing inline and nothing that runs, whatever its papers are called", async () => {
    const { read, errors } = await openHostile();
    for (const path of pages) {
      const html = await read(path);
      const tags = [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*\/?>/g)];
      for (const [, name, attributes] of tags) {
        for (const [, attribute, value] of (attributes ?? "").matchAll(/([a-zA-Z:-]+)="([^"]*)"/g)) {
          expect(`${path} ${attribute}`).not.toMatch(/ (?:on.*|style)$/);
          if (attribute === "href") expect(value).toMatch(/^(?:https:\/\/|[/#])/);
        }
        // Data, which no browser runs.
        const isData = attributes === ' type="application/ld+json"';
        if (name === "script" && !isData)
          expect(attributes).toMatch(/^ src="\/assets\/(?:new-since|search)\.0123456789\.js" type="module"$/);
      }
      expect(html).not.toMatch(/<(?:img|style|iframe|object|embed|base)\b/);
      expect(html.match(/<script(?! type="application\/ld\+json">)/g)).toHaveLength(
        /^\/papers(?:\?|$)/.test(path) ? 2 : 1,
      );
    }
    expect(errors).toEqual([]);
  });

  test("forbids the browser what pages do not need, and may be kept only by asking, dated pages for an hour", async () => {
    const { fetch } = await openHostile();
    for (const path of pages) {
      const { headers } = await fetch(path);
      expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'; style-src 'self'");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Referrer-Policy")).toMatch(/^(same-origin|no-referrer)$/);
      const isDated = /^\/papers\/(date|week|month)\//.test(path);
      expect(headers.get("Cache-Control")).toMatch(isDated ? /no-cache|max-age=3600/ : /no-cache|no-store/);
      expect(headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
    }
  });
});

describeOnBothDatabases("the door", (open) => {
  test("what has not changed is not sent again; HEAD sends nothing", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { fetch } = await openPages(db);
    const first = await fetch("/");
    const tag = first.headers.get("ETag") ?? "";
    expect(tag).not.toBe("");
    expect((await fetch("/", { headers: { "If-None-Match": tag } })).status).toBe(304);
    await saveDay(db, day, [{ id: "2605.90000", votes: 99 }]);
    expect((await fetch("/", { headers: { "If-None-Match": tag } })).status).toBe(200);
    const any = { "If-None-Match": "*" };
    for (const path of ["/", "/about", "/papers/2605.90000.bib"]) {
      const answer = await fetch(path, { headers: any });
      expect([path, answer.status, await answer.text()]).toEqual([path, 304, ""]);
      expect(answer.headers.get("ETag")).not.toBeNull();
      expect(answer.headers.get("Content-Type")).toBeNull();
      expect((await fetch(path, { headers: any, method: "HEAD" })).status).toBe(304);
    }
    expect((await fetch("/nowhere", { headers: any })).status).toBe(404);
    const head = await fetch("/", { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
  });

  test("assets may be kept for ever, unknown ones are not found", async () => {
    const { fetch } = await openPages(await open());
    const style = await fetch("/assets/broadsheet.0123456789.css");
    expect(style.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(style.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    expect((await fetch("/assets/fonts-licence.txt")).headers.get("Cache-Control")).toBe("no-cache");
    expect((await fetch("/assets/..%2f..%2fpackage.json")).status).toBe(404);
  });

  test("a slash too many leads to the address without", async () => {
    const { fetch } = await openPages(await open());
    expect((await fetch("/about/")).headers.get("Location")).toMatch(/\/about$/);
  });

  test("health tells what there is", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const health = await (await openPages(db)).fetch("/healthz");
    expect(await health.json()).toEqual({ status: "ok", papers: 3, searchBehind: 0, searchDamage: null });
    expect(health.headers.get("Cache-Control")).toBe("no-store");
  });

  test("what breaks is logged, and says nothing of its inside", async () => {
    const db = await open();
    const pages = await openPages(db);
    await db.schema.dropTable("list_entries").execute();
    const answer = await pages.fetch("/lists");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/list_entries|sql|at /i);
    expect(pages.errors.join()).toContain("list_entries");
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });
});
