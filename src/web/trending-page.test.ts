import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages, save } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";

const hostile = '"><script>alert(1)</script>';

/** Papers of the days before the present of the tests (1 June 2026), each with so many votes. */
async function fill(db: Db, papers: readonly { n: number; day: string; votes: number; title?: string }[]) {
  const items = papers.map(({ n, day, votes, title = `Paper ${n}` }) => {
    const value = `2605.${String(n).padStart(5, "0")}`;
    const identifiers = [{ scheme: "arxiv" as const, value }];
    const observedAt = `${day}T08:30:00.000Z`;
    return {
      records: [recordOf({ sourceId: value, identifiers, title, authors: [{ name: `Author ${n}` }] })],
      submissions: [{ day, source: "hub", submittedAt: observedAt }],
      announcements: [],
      signals: [{ kind: "upvotes" as const, source: "hub", observedAt, value: votes }],
      places: [],
    };
  });
  await save(db, ...items);
}

const idsOf = (html: string) => [...html.matchAll(/ id="p(2605\.\d+)"/g)].map((match) => match[1]);

describeOnBothDatabases("what is trending", (open) => {
  test("ranks across days, newer before older with the same votes, each with its reason and its explanation", async () => {
    const db = await open();
    await fill(db, [
      { n: 1, day: "2026-05-10", votes: 20 },
      { n: 2, day: "2026-05-30", votes: 20 },
      { n: 3, day: "2026-05-30", votes: 3, title: hostile },
    ]);
    const { fetch, read } = await openPages(db);
    const html = await read("/papers/trending");
    expect(idsOf(html)[0]).toBe("2605.00002");
    expect(idsOf(html).sort()).toEqual(["2605.00001", "2605.00002", "2605.00003"]);
    expect(html).not.toContain("<script>alert");
    expect(html).toContain('<a href="/explain/2026-05-30/2605.00002">');
    expect((await fetch("/explain/2026-05-30/2605.00002")).status).toBe(200);
    expect(html).toContain("/feeds/trending.atom");
    expect(await read("/papers/trending?explain")).toContain('class="terms"');
    expect(await read("/papers/trending?format=bibtex")).toContain("@misc");
  });

  test("goes on by pages, and every paper is on one", async () => {
    const db = await open();
    await fill(
      db,
      Array.from({ length: 40 }, (_, i) => ({ n: i + 1, day: "2026-05-28", votes: 40 - i })),
    );
    const { read } = await openPages(db);
    const first = await read("/papers/trending");
    const next = /href="([^"]*)" rel="next"/.exec(first)![1]!;
    const ids = [...idsOf(first), ...idsOf(await read(next))];
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  test("as of an instant, and nothing for an instant that is none", async () => {
    const db = await open();
    await fill(db, [{ n: 1, day: "2026-05-28", votes: 5 }]);
    const { fetch, read } = await openPages(db);
    expect((await fetch("/papers/trending?as-of=yesterday")).status).toBe(400);
    expect(await read("/papers/trending?as-of=2026-05-29")).toContain(
      "as it stood at 00:00 UTC, 29 May 2026",
    );
    expect(idsOf(await read("/papers/trending?as-of=2026-04-01"))).toEqual([]);
  });
});
