import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";
import { enterLook, type Look } from "../harvest/ledger-entry.ts";
import type { LedgerReport } from "../harvest/ledger-report.ts";
import { stepOf } from "./status-chart.tsx";

const day = "2026-05-12";
const now = `${day}T12:00:00.000Z`;

/** Papers announced in a category on a day, and a look at the listing that declared so many. */
async function announce(
  db: Db,
  category: string,
  { held, declared, look = {} }: { held: number; declared: number; look?: Partial<Look> },
) {
  const papers = Array.from({ length: held }, (_, i) => ({
    id: `2605.${category === "cs.CL" ? 1 : 2}${String(i).padStart(4, "0")}`,
    submitter: null,
    announcements: [{ category, kind: i % 3 === 0 ? ("cross" as const) : ("new" as const) }],
  }));
  await saveDay(db, day, papers);
  const at = `${day}T00:03:00.000Z`;
  const key = { source: "arxiv", category, day };
  const whole: Look = { outcome: "batch", route: "listing", announced: declared, whole: true, ...look };
  await db.transaction().execute((trx) => enterLook(trx, key, { look: whole, now: at }));
}

describeOnBothDatabases("the ledger's page", (open) => {
  test("says what was announced and what is held, and marks what is short with a word", async () => {
    const db = await open();
    await announce(db, "cs.CL", { held: 7, declared: 7 });
    await announce(db, "cs.LG", {
      held: 4,
      declared: 9,
      look: { outcome: "cut", trouble: "the second page <never> came" },
    });
    const { read, errors } = await openPages(db, { now });
    const html = await read("/status");
    expect(html).toContain("<h1>16 announced, 11 held</h1>");
    expect(html).toContain("1 category-day is short");
    expect(html).toMatch(/4 of 9.{0,80}partial/s);
    expect(html).toContain("the second page &lt;never&gt; came");
    expect(html.match(/<tr id="2026-\d\d-\d\d"/g)).toHaveLength(30);
    expect(html).toContain("every entry is held except on 12 May");
    expect(html).not.toMatch(/ style=|<style/);
    expect(errors).toEqual([]);
  });

  test("the same as JSON, with what the index has followed", async () => {
    const db = await open();
    await announce(db, "cs.CL", { held: 7, declared: 7 });
    const pages = await openPages(db, { now });
    const report = (await (await pages.fetch("/api/status")).json()) as LedgerReport;
    expect(report).toMatchObject({ asOf: now, to: day, announced: 7, held: 7, short: 0, incidents: [] });
    expect(report.days).toHaveLength(30);
    const cell = report.days[0]!.cells[report.columns.findIndex(({ title }) => title === "cs.CL")];
    expect(cell).toMatchObject({
      state: "fresh",
      announced: 7,
      newPapers: 4,
      crossLists: 3,
      indexed: 7,
      route: "listing",
    });
    await announce(db, "cs.LG", { held: 2, declared: 2 });
    const later = (await (await pages.fetch("/api/status")).json()) as LedgerReport;
    expect(later.days[0]!.cells[later.columns.findIndex(({ title }) => title === "cs.LG")]).toMatchObject({
      received: 2,
      indexed: 0,
    });
  });

  test("a day that is not over does not lead, nor what declares nothing", async () => {
    const db = await open();
    await announce(db, "cs.CL", { held: 7, declared: 7 });
    const next = "2026-05-13";
    await saveDay(db, next, [{ id: "2605.09999" }]);
    const look: Look = { outcome: "batch", route: "api", announced: 1 };
    const key = { source: "hub", category: "all", day: next };
    const entered = { look, now: `${next}T08:00:00.000Z` };
    await db.transaction().execute((trx) => enterLook(trx, key, entered));
    const html = await (await openPages(db, { now: `${next}T12:00:00.000Z` })).read("/status");
    expect(html).toContain("<h1>7 announced, 7 held</h1>");
    expect(html).toMatch(/<th scope="col" title="all">\s*daily papers/);
  });

  test("before anything was harvested it says so, and draws nothing", async () => {
    const html = await (await openPages(await open(), { now })).read("/status");
    expect(html).toContain("Nothing harvested yet");
    expect(html).not.toContain('class="chart');
  });

  test("a source that could not be asked is not told like one that was never chosen, nor its day like a quiet one", async () => {
    const db = await open();
    for (const category of ["cs.CL", "cs.LG"]) {
      const look: Look = { outcome: "failed", route: "listing", trouble: "503 again and again" };
      const entered = { look, now: `${day}T06:00:00.000Z` };
      await db.transaction().execute((trx) => enterLook(trx, { source: "arxiv", category, day }, entered));
    }
    const { read } = await openPages(db, { now });
    const html = await read("/status");
    expect(html).toContain("<h1>Nothing has come yet</h1>");
    expect(html).toContain("2 category-days are short");
    expect(html).not.toContain("The owner says at");
    const empty = await read(`/papers/date/${day}`);
    expect(empty).toContain(`<a href="/status#${day}">nothing has come (cs.CL failed, cs.LG failed)</a>`);
  });

  test("an edition carries the day's line and leads to the day", async () => {
    const db = await open();
    await announce(db, "cs.CL", { held: 7, declared: 8 });
    const { read } = await openPages(db, { now });
    expect(await read(`/papers/date/${day}`)).toContain(
      `<a href="/status#${day}">8 announced, 7 held (cs.CL partial)</a>`,
    );
    expect(await read("/papers/week/2026-W20")).not.toContain("/status#");
  });

  test("the day's line names a source beside arXiv that could not be asked, and counts what others announced", async () => {
    const db = await open();
    await announce(db, "cs.CL", { held: 7, declared: 7 });
    const looks: [string, Look][] = [
      ["hub", { outcome: "failed", route: "api", trouble: "no answer" }],
      ["biorxiv", { outcome: "batch", route: "api", announced: 5, rejected: 5, whole: true }],
    ];
    const later = "2026-05-14T09:00:00.000Z";
    for (const [source, look] of looks) {
      const key = { source, category: "all", day };
      await db.transaction().execute((trx) => enterLook(trx, key, { look, now: later }));
    }
    const html = await (await openPages(db, { now: later })).read(`/papers/date/${day}`);
    expect(html).toContain("12 announced, 7 held (daily papers failed)");
  });

  test("papers that were filled in afterwards are marked one by one on their day, and on their own page", async () => {
    const db = await open();
    const announced = (late: boolean) => [{ category: "cs.CL", kind: "new" as const, late }];
    await saveDay(db, day, [
      ...Array.from({ length: 9 }, (_, i) => ({
        id: `2605.0100${i}`,
        submitter: null,
        announcements: announced(false),
      })),
      { id: "2605.01010", submitter: null, announcements: announced(true) },
      { id: "2605.01011", announcements: announced(true), votes: 5 },
    ]);
    const { read } = await openPages(db, { now });
    const html = await read(`/papers/date/${day}`);
    const marked = html.split(/(?=id="p2605)/).filter((part) => /class="late"/.test(part));
    expect(marked.map((part) => part.slice(5, 15))).toEqual(["2605.01010"]);
    expect(await read("/papers/2605.01010")).toContain("announced in cs.CL (held late)");
    expect(await read("/papers/2605.01000")).not.toContain("held late");
  });

  test("without an account of the day the edition says nothing of it", async () => {
    const db = await open();
    await saveDay(db, day, [{ id: "2605.00001" }]);
    expect(await (await openPages(db, { now })).read(`/papers/date/${day}`)).not.toContain("/status#");
  });
});

test.each([
  [1, 1],
  [4, 1],
  [5, 2],
  [39, 10],
  [1_412, 500],
  [2_100, 1_000],
])("the scale of %d goes in steps of %d", (highest, step) => {
  expect(stepOf(highest)).toBe(step);
});
