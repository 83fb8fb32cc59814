import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openWork } from "../../test/support/harvesting.ts";
import { openServer, type TestAnswer } from "../../test/support/http-server.ts";
import type { Db } from "../database/dialect.ts";
import { countPapers } from "../papers/papers-store.ts";
import { harvestDue, harvestRange, repairGaps } from "./harvest.ts";
import { findStream } from "./harvest-streams-store.ts";
import { readLedgerReport } from "./ledger-report.ts";
import { findLedgerRow } from "./ledger-store.ts";

const pageSize = 2;

interface Post {
  doi: string;
  version?: string;
  category?: string;
  title?: string;
}

const posts = (day: string, count: number): Post[] =>
  Array.from({ length: count }, (_, i) => ({ doi: `10.64898/${day.replaceAll("-", ".")}.${i + 1}` }));

type Lists = Record<string, Post[]>;

/** The details API over made-up posts by day; `spoil` decides about an answer before it is given. */
function openArchive(lists: Lists, spoil: (day: string, cursor: number) => TestAnswer | null = () => null) {
  return openServer(({ pathname }) => {
    const [, , , day = "", , cursor = "0"] = pathname.split("/");
    return spoil(day, Number(cursor)) ?? { body: pageOf(lists, day, Number(cursor)) };
  });
}

function pageOf(lists: Lists, day: string, cursor: number): string {
  const all = lists[day] ?? [];
  if (all.length === 0) return JSON.stringify({ messages: [{ status: "no posts found" }], collection: [] });
  const collection = all.slice(cursor, cursor + pageSize).map((post) => ({
    title: `On the counting of made-up cells, part ${post.doi}`,
    authors: "Lovelace, A.; Hopper, G.",
    date: day,
    version: "1",
    category: "neuroscience",
    abstract: "We count made-up cells.",
    server: "bioRxiv",
    ...post,
  }));
  return JSON.stringify({
    messages: [{ status: "ok", total: String(all.length), count: collection.length, cursor }],
    collection,
  });
}

/** A Tuesday. */
const now = "2026-05-12T08:00:00Z";
const key = (day: string) => ({ source: "biorxiv", category: "all", day });

function openVisits(db: Db, base: string) {
  const time = createSimulatedClock(now);
  return { time, work: openWork(db, { base }, time, { sources: ["biorxiv"] }) };
}

describeOnBothDatabases("bioRxiv", (open) => {
  test("day by day and page by page; the next visit begins with yesterday", async () => {
    using server = await openArchive({ "2026-05-11": posts("2026-05-11", 5) });
    const db = await open();
    const { work } = openVisits(db, server.base);
    await using _ = work.fetcher;
    const [report] = await harvestDue(work);
    expect(report).toMatchObject({
      ok: true,
      records: 5,
      nextAt: expect.stringMatching(/^2026-05-12T14:00/),
    });
    const day = (date: string, ...cursors: number[]) =>
      cursors.map((cursor) => `/details/biorxiv/${date}/${date}/${cursor}/json`);
    expect(server.asked).toEqual([
      ...["05", "06", "07", "08", "09", "10"].flatMap((date) => day(`2026-05-${date}`, 0)),
      ...day("2026-05-11", 0, 2, 4),
      ...day("2026-05-12", 0),
    ]);
    expect(await countPapers(db)).toBe(5);
    expect((await findStream(db, "biorxiv posts"))!.position).toEqual({ day: "2026-05-11" });
  });

  test("the ledger has the day as declared, whole when it is over, by category", async () => {
    const list = [
      ...posts("2026-05-11", 3),
      { doi: "10.64898/2026.05.11.1", version: "2" },
      { doi: "10.1101/2026.01.01.9", version: "3", category: "cell biology" },
      { doi: "nonsense" },
    ];
    const lists: Lists = { "2026-05-11": list, "2026-05-12": posts("2026-05-12", 1) };
    using server = await openArchive(lists);
    const db = await open();
    const { work, time } = openVisits(db, server.base);
    await using _ = work.fetcher;
    await harvestDue(work);
    // Six rows: one is a second version of the same day, one cannot be taken.
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({
      state: "fresh",
      announced: 5,
      received: 4,
      newPapers: 3,
      updates: 1,
      rejected: 1,
      route: "api",
    });
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({
      state: "waiting",
      received: 1,
      announced: 1,
    });
    // A weekend without posts is quiet, a weekday without any only because later days have some; what was there before
    // anybody looked came late.
    expect(await findLedgerRow(db, key("2026-05-10"))).toMatchObject({ state: "quiet", announced: 0 });
    expect(await findLedgerRow(db, key("2026-05-07"))).toMatchObject({ state: "quiet", announced: 0 });
    lists["2026-05-12"]!.push({ doi: "10.64898/2026.05.12.2" });
    time.advanceTo(new Date("2026-05-13T08:00:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({
      state: "fresh",
      received: 2,
      announced: 2,
    });
    const report = await readLedgerReport(db, {
      now: time.clock().toISOString(),
      accounts: [{ source: "biorxiv", category: "all" }],
      indexedUpTo: 0,
    });
    expect(report.columns).toEqual([{ source: "biorxiv", category: "all", title: "bioRxiv" }]);
    expect(report.days.find(({ day }) => day === "2026-05-11")!.cells[0]).toMatchObject({
      indexed: 0,
      parts: [
        { category: "biorxiv.cell-biology", received: 1, newPapers: 0, updates: 1, indexed: 0 },
        { category: "biorxiv.neuroscience", received: 3, newPapers: 3, updates: 0 },
      ],
    });
  });

  test("a weekday without posts is late until a later day has some, and never quiet by itself", async () => {
    const lists: Lists = { "2026-05-08": posts("2026-05-08", 1) };
    using server = await openArchive(lists);
    const db = await open();
    const { work, time } = openVisits(db, server.base);
    await using _ = work.fetcher;
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({ state: "waiting" });
    time.advanceTo(new Date("2026-05-13T09:00:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({ state: "late" });
    lists["2026-05-12"] = posts("2026-05-12", 1);
    expect((await repairGaps(work)).map(({ ok, stream }) => [ok, stream])).toEqual([
      [true, "biorxiv posts 2026-05-11 2026-05-11"],
    ]);
    time.advanceTo(new Date("2026-05-13T16:00:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({ state: "quiet" });
  });

  test("posts of days before the first look are late, each of them", async () => {
    using server = await openArchive({ "2026-05-06": posts("2026-05-06", 2) });
    const db = await open();
    const { work } = openVisits(db, server.base);
    await using _ = work.fetcher;
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-06"))).toMatchObject({ state: "late", late: 2 });
    const marks = await db.selectFrom("announcements").select("late").execute();
    expect(marks).toEqual([{ late: 1 }, { late: 1 }]);
  });

  test("trouble in the middle keeps what came, says so, and goes on with the page that did not", async () => {
    let troubles = 1;
    using server = await openArchive({ "2026-05-11": posts("2026-05-11", 5) }, (_, cursor) =>
      cursor === 2 && troubles-- > 0 ? { body: "{" } : null,
    );
    const db = await open();
    const { work } = openVisits(db, server.base);
    await using _ = work.fetcher;
    const range = { since: "2026-05-10", until: "2026-05-11" };
    expect(await harvestRange(work, range)).toMatchObject([
      { ok: false, message: expect.stringContaining("no JSON") },
    ]);
    expect(await countPapers(db)).toBe(pageSize);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("no JSON"),
    });
    expect(await harvestRange(work, range)).toMatchObject([{ ok: true }]);
    expect(server.asked.map((path) => path.split("/").slice(3, 6).join(" "))).toEqual([
      "2026-05-10 2026-05-10 0",
      ...[0, 2, 2, 4].map((cursor) => `2026-05-11 2026-05-11 ${cursor}`),
    ]);
    expect(await countPapers(db)).toBe(5);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({ state: "fresh", announced: 5 });
    expect(await findStream(db, "biorxiv posts 2026-05-10 2026-05-11")).toBeNull();
  });

  test("a list that grows while it is read is begun again", async () => {
    const lists: Lists = { "2026-05-11": posts("2026-05-11", 3) };
    using server = await openArchive(lists, (day, cursor) => {
      if (cursor === 2) lists[day] = posts(day, 4);
      return null;
    });
    const db = await open();
    const { work } = openVisits(db, server.base);
    await using _ = work.fetcher;
    await harvestRange(work, { since: "2026-05-11", until: "2026-05-11" });
    expect(server.asked.map((path) => path.split("/")[5])).toEqual(["0", "2", "0", "2"]);
    expect(await findLedgerRow(db, key("2026-05-11"))).toMatchObject({
      state: "fresh",
      announced: 4,
      received: 4,
    });
  });

  test.each([
    ["a page that was not asked for", 0, "biorxiv sent the page at 0 for the one at 2.", "partial"],
    ["another day's posts", null, "biorxiv shows posts of 2026-05-11 for 2026-05-12.", "waiting"],
  ])("%s is not taken", async (_name, cursor, message, state) => {
    const lists: Lists = { "2026-05-11": posts("2026-05-11", 3) };
    using server = await openArchive(lists, (day, asked) => {
      if (cursor !== null) return asked === 2 ? { body: pageOf(lists, day, cursor) } : null;
      return day === "2026-05-12" ? { body: pageOf(lists, "2026-05-11", asked) } : null;
    });
    const db = await open();
    const { work } = openVisits(db, server.base);
    await using _ = work.fetcher;
    expect((await harvestDue(work))[0]).toMatchObject({ ok: false, message });
    const day = cursor === null ? "2026-05-12" : "2026-05-11";
    expect(await findLedgerRow(db, key(day))).toMatchObject({ state });
  });

  test("a server that shows the day before all the time is stalled when the day is over", async () => {
    const lists: Lists = { "2026-05-11": posts("2026-05-11", 1) };
    using server = await openArchive(lists, (day) =>
      day === "2026-05-12" ? { body: pageOf(lists, "2026-05-11", 0) } : null,
    );
    const db = await open();
    const { work, time } = openVisits(db, server.base);
    await using _ = work.fetcher;
    await harvestDue(work);
    time.advanceTo(new Date("2026-05-13T08:00:00Z"));
    await harvestDue(work);
    expect(await findLedgerRow(db, key("2026-05-12"))).toMatchObject({ state: "stalled", received: 0 });
  });
});
