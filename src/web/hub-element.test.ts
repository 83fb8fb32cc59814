// Scrapers of the hub's pages, in the ways they are written, on ours; and programs that want a paper as Markdown.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages, save } from "../../test/support/pages.ts";

interface Props {
  periodType: string;
  dateString: string;
  dailyPapers: { title: string; publishedAt: string; paper: Record<string, unknown> }[];
  prevDate: string | null;
}

const signs: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const readAttribute = (text: string) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => signs[sign]!);

/** By regular expression, as programs without a parser of HTML do it. */
function scrape(html: string): Props {
  const attribute = /data-target="DailyPapers"\s+data-props="([^"]+)"/.exec(html)?.[1];
  return JSON.parse(readAttribute(attribute ?? "null")) as Props;
}

const hostile = `</div></main><script>alert("x")</script> & 'quoted' "twice" &quot; <!-- \u2028 😀`;

describeOnBothDatabases("the element of the daily papers", (open) => {
  test("holds the day's papers by votes, whatever they are called", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 1));
    await saveDay(db, "2026-05-12", [
      { id: "2605.00001", votes: 2, title: hostile, abstract: hostile },
      { id: "2605.00002", votes: 9, title: "The best", authors: Array(60).fill("Ada Lovelace") },
    ]);
    const { read, errors } = await openPages(db);
    const html = await read("/papers/date/2026-05-12");
    const props = scrape(html);
    expect(props).toMatchObject({ periodType: "day", dateString: "2026-05-12", prevDate: "2026-05-11" });
    expect(props.dailyPapers.map(({ title }) => title)).toEqual([
      "The best",
      expect.stringContaining("alert"),
    ]);
    expect(props.dailyPapers[0]?.paper.authors).toHaveLength(50);
    expect(props.dailyPapers[1]).toMatchObject({
      publishedAt: "2026-05-12T00:00:00.000Z",
      paper: { id: "2605.00001", upvotes: 2, authors: [{ name: "Grace Hopper" }, { name: "Ada Lovelace" }] },
    });
    expect(html).not.toContain("<script>alert");
    expect(html).toMatch(
      /<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="[^"]+" hidden/,
    );
    expect(errors).toEqual([]);
  });

  test("stands at every address that they ask, a hundred papers at most", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 120));
    const { read } = await openPages(db);
    for (const path of [
      "/papers",
      "/papers/date/2026-05-12",
      "/papers/week/2026-W20",
      "/papers/week/2026-W52",
      "/papers/month/2026-05",
      "/papers/date/2026-12-01",
    ])
      expect([path, scrape(await read(path)).dailyPapers.length]).toEqual([path, 100]);
    expect(scrape(await read("/papers/date/2026-05-09")).dailyPapers).toEqual([]);
    for (const path of ["/", "/papers?q=counting"]) expect(await read(path)).not.toContain("DailyPapers");
    expect(await (await openPages(await open())).read("/papers")).not.toContain("DailyPapers");
  });
});

describeOnBothDatabases("a paper as Markdown", (open) => {
  test("by its address or by what is accepted, for every id that leads to it", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", votes: 2, title: "On Counting" }]);
    const { fetch } = await openPages(db);
    const file = await fetch("/papers/2605.00001.md");
    expect(file.headers.get("Content-Type")).toBe("text/markdown; charset=utf-8");
    const text = await file.text();
    expect(text).toMatch(/^# On Counting\n\nGrace Hopper, Ada Lovelace\n\n- Id: 2605\.00001\n/);
    const accepted = await fetch("/papers/2605.00001", { headers: { Accept: "text/markdown" } });
    expect(await accepted.text()).toBe(text);
    expect(accepted.headers.get("Vary")).toContain("Accept");
    const page = await fetch("/papers/2605.00001", { headers: { Accept: "text/html" } });
    expect([page.headers.get("Content-Type"), page.headers.get("Vary")]).toEqual([
      "text/html; charset=UTF-8",
      expect.stringContaining("Accept"),
    ]);
    expect((await fetch("/papers/2605.00001v1.md")).headers.get("Location")).toBe("/papers/2605.00001.md");
    expect((await fetch("/papers/1234.56789.md")).status).toBe(404);
  });

  test("a paper that arXiv does not have is found by its id in the hub's form", async () => {
    const db = await open();
    await save(db, {
      records: [
        {
          source: "acl",
          sourceId: "P19-1001",
          identifiers: [{ scheme: "acl", value: "P19-1001" }],
          title: "A Paper of the Anthology",
          authors: [],
          categories: [],
          versions: [],
          links: [],
        },
      ],
      submissions: [],
      announcements: [],
      signals: [],
      places: [],
    });
    const { fetch } = await openPages(db);
    const [{ id }] = (await (await fetch("/api/papers")).json()) as [{ id: string }];
    const page = await fetch(`/papers/${id}`);
    expect([page.status, page.headers.get("Location")]).toEqual([
      302,
      expect.stringMatching(/^\/papers\/[a-z][0-9a-z]{7}$/),
    ]);
    expect((await fetch(`/papers/${id}.md`)).headers.get("Location")).toMatch(/\.md$/);
    expect((await fetch("/papers/0702.00001")).status).toBe(404);
  });
});
