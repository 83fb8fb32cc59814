import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";
import { saveHarvestChoice } from "../harvest/harvest-choice-store.ts";

const day = "2026-05-12";

const titlesOf = (html: string) =>
  [...html.matchAll(/<(?:h2|h3|p) class="(?:headline|line-title)"[^>]*><a href="([^"]+)"/g)].map((m) => m[1]);

describeOnBothDatabases("editions", (open) => {
  test("the front is the latest day, with every paper of it once", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    await saveDay(db, day, papersOf(day, 23));
    const { read } = await openPages(db);
    const html = await read("/");
    expect(html).toContain("<h1>Tuesday 12 May 2026</h1>");
    expect(html).toContain("23 submitted, 23 held");
    expect(html).toContain('href="/papers/date/2026-05-11" rel="prev"');
    expect(html).not.toContain('rel="next"');
    expect(new Set(titlesOf(html)).size).toBe(23);
    expect(titlesOf(html)).toHaveLength(23);
    expect(html).toContain('<link rel="canonical" href="https://papers.example.org/"/>');
    expect(await read(`/papers/date/${day}`)).toContain(
      `rel="canonical" href="https://papers.example.org/papers/date/${day}"`,
    );
  });

  test("without papers the front says how to get some", async () => {
    const { fetch } = await openPages(await open());
    const front = await fetch("/");
    expect(front.status).toBe(200);
    expect(await front.text()).toContain("There are no papers here yet.");
    expect((await fetch("/papers/week")).headers.get("Location")).toBe("/");
  });

  test("an owner who has not chosen yet is asked what to follow, nobody else", async () => {
    const db = await open();
    const owner = await openPages(db, { owner: true });
    const empty = await owner.fetch("/");
    expect([empty.status, empty.headers.get("Location")]).toEqual([302, "/start"]);
    await saveDay(db, day, papersOf(day, 2));
    expect(await owner.read("/")).toContain('<a href="/start">Choose what you follow</a>');
    expect(await owner.read(`/papers/date/${day}`)).not.toContain("/start");
    expect(await (await openPages(db)).read("/")).not.toContain("/start");
    await saveHarvestChoice(db, { enabled: true, categories: ["cs.CL"], author: null, zone: "UTC" });
    expect(await owner.read("/")).not.toContain("/start");
  });

  test("an empty and a future day name the nearest with papers", async () => {
    const db = await open();
    await saveDay(db, "2026-05-08", papersOf("2026-05-08", 2));
    await saveDay(db, day, papersOf(day, 2));
    const { read } = await openPages(db);
    const empty = await read("/papers/date/2026-05-10");
    expect(empty).toContain("No papers on Sunday 10 May 2026.");
    expect(empty).toMatch(
      /href="\/papers\/date\/2026-05-08">Friday 8 May 2026<.*href="\/papers\/date\/2026-05-12">/,
    );
    const future = await read("/papers/date/2026-12-24");
    expect(future).toContain("Thursday 24 December 2026 has not come yet.");
    expect(future).toContain(`href="/papers/date/${day}"`);
  });

  test("keys in other spellings and of other kinds are led to the right address", async () => {
    const { fetch } = await openPages(await open());
    const target = async (path: string) => {
      const answer = await fetch(path);
      return `${answer.status} ${answer.headers.get("Location")}`;
    };
    expect(await target("/papers/date/2026-5-4")).toBe("301 /papers/date/2026-05-04");
    expect(await target("/papers/date/2026-05")).toBe("301 /papers/month/2026-05");
    expect(await target("/papers/week/2026-w5")).toBe("301 /papers/week/2026-W05");
    expect(await target("/papers/month/2026-5-4")).toBe("301 /papers/date/2026-05-04");
  });

  test("keys that are no dates say what is wrong", async () => {
    const { fetch } = await openPages(await open());
    const wrong = [
      ["/papers/date/2026-02-30", "There is no day “2026-02-30” in the calendar."],
      ["/papers/date/2026-13-01", "There is no day “2026-13-01” in the calendar."],
      ["/papers/week/2026-W60", "There is no week “2026-W60” in the calendar."],
      ["/papers/month/2026-13", "There is no month “2026-13” in the calendar."],
      ["/papers/date/yesterday", "“yesterday” is not a day."],
      [`/papers/date/${"9".repeat(300)}`, "…” is not a day."],
    ] as const;
    for (const [path, sentence] of wrong) {
      const answer = await fetch(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain(sentence);
    }
  });

  test("weeks and months hold their days' papers; their bare addresses lead to the latest", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 4));
    await saveDay(db, day, papersOf(day, 5));
    const { fetch, read } = await openPages(db);
    expect((await fetch("/papers/week")).headers.get("Location")).toBe("/papers/week/2026-W20");
    expect((await fetch("/papers/month")).headers.get("Location")).toBe("/papers/month/2026-05");
    const week = await read("/papers/week/2026-W20");
    expect(week).toContain("<h1>Week 20 of 2026</h1>");
    expect(week).toContain("11 to 17 May 2026");
    expect(titlesOf(week)).toHaveLength(9);
    expect(await read("/papers/month/2026-05")).toContain("<h1>May 2026</h1>");
  });

  test("fifty papers take at most 40 KB gzipped, and the answer is compressed", async () => {
    const db = await open();
    const words = (seed: number, n: number) =>
      Array.from({ length: n }, (_, i) => `w${((seed * 7919 + i * 104729) % 9973).toString(36)}`).join(" ");
    const papers = papersOf(day, 50).map((paper, i) => ({
      ...paper,
      title: `${words(i, 1)}: ${words(i + 100, 11)}`,
      abstract: `We introduce ${words(i, 120)}. ${words(i + 50, 60)}.`,
    }));
    await saveDay(db, day, papers);
    const { fetch } = await openPages(db);
    const answer = await fetch("/", { headers: { "Accept-Encoding": "gzip" } });
    const packed = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get("Content-Encoding")).toBe("gzip");
    expect(gunzipSync(packed).toString()).toContain("50 held");
    expect(packed.length).toBeLessThan(40_000);
    expect(gzipSync(gunzipSync(packed)).length).toBeLessThan(20_000);
  });
});
