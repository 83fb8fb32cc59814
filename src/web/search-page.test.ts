import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";

const day = "2026-05-12";

describeOnBothDatabases("search", (open) => {
  test("search finds, marks what matched, and pages on", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 45));
    const { read } = await openPages(db);
    const first = await read("/papers?q=counting");
    expect(first).toContain("45 papers for");
    expect(first).toContain("<mark>Counting</mark>");
    expect(first).toContain('<a href="/papers?q=counting&amp;offset=20" rel="next">Next 20</a>');
    expect(await read("/papers?q=counting&offset=40")).toContain("41 to 45");
    expect(await read("/papers?q=counting&offset=-3")).toContain('<span class="rank">1</span>');
    expect(await read("/papers?q=zymurgy")).toContain("No paper holds");
    expect(await read("/papers")).toContain("Search 45 papers");
  });

  test("a query is text wherever it is shown", async () => {
    const { read } = await openPages(await open());
    const html = await read(`/papers?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).not.toContain("<script>");
    expect((await read(`/papers?q=${"x".repeat(5000)}`)).length).toBeLessThan(30_000);
  });
});
