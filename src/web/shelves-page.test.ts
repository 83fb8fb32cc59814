import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openPages, save } from "../../test/support/pages.ts";
import { paperItem } from "../../test/support/world-papers.ts";

describeOnBothDatabases("shelves", (open) => {
  test("a list keeps its order and pages by a stable cursor", async () => {
    const db = await open();
    const items = Array.from({ length: 120 }, (_, i) =>
      paperItem(
        { source: "listing", title: `Entry Number ${i + 1} of the Listing` },
        {
          places: [
            { listId: "spring", listTitle: "Spring <list>", sourceFile: "spring.txt", position: i + 1 },
          ],
        },
      ),
    );
    await save(db, ...items);
    const { read, fetch } = await openPages(db);
    expect(await read("/lists")).toContain('<a href="/lists/spring"><b>Spring &lt;list&gt;</b></a>');
    const places = async (path: string) =>
      [...(await read(path)).matchAll(/class="place">(\d+)</g)].map((m) => Number(m[1]));
    expect(await places("/lists/spring")).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(await read("/lists/spring")).toContain('<a href="/lists/spring?after=50" rel="next">');
    expect(await places("/lists/spring?after=100")).toEqual(Array.from({ length: 20 }, (_, i) => i + 101));
    expect((await fetch("/lists/autumn")).status).toBe(404);
    const bad = await fetch("/lists/spring?after=x%27;--");
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain("Start from the first page.");
  });

  test("categories are unions, authors are found by name in any spelling", async () => {
    const db = await open();
    await save(
      db,
      paperItem({
        title: "About Language",
        categories: ["cs.CL"],
        authors: ["Björn Örn"],
        publishedOn: "2026-05-01",
      }),
      paperItem({
        title: "About Learning",
        categories: ["cs.LG", "cs.CL"],
        authors: ["Ada Lovelace"],
        publishedOn: "2026-05-02",
      }),
    );
    const { read, fetch } = await openPages(db);
    const union = await read("/categories/cs.CL+cs.LG");
    expect(union).toContain("<h1>cs.CL and cs.LG</h1><p>2 papers, newest first</p>");
    expect(union.indexOf("About Learning")).toBeLessThan(union.indexOf("About Language"));
    expect(await read("/categories/cs.LG")).not.toContain("About Language");
    expect((await fetch("/categories/cs.XX")).status).toBe(404);
    expect(await read("/authors/bjorn%20orn")).toContain("<h1>Björn Örn</h1>");
    const unknown = await fetch("/authors/Nobody%20Here");
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('<a href="/papers?q=Nobody+Here">');
    expect((await fetch("/authors/%20")).status).toBe(404);
  });
});
