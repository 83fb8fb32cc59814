// Thirty days, five categories, something wrong every day, on a clock that runs as fast as the requests go: in the end the
// ledger is the truth, and on the way nobody had to look for what was missing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/database/database.ts";
import type { Db } from "../../src/database/dialect.ts";
import { type LedgerRow, troubles } from "../../src/harvest/ledger.ts";
import { listAnnouncedIds, listLedgerRows } from "../../src/harvest/ledger-store.ts";
import { addDays } from "../support/archive/eastern.ts";
import type { Fault } from "../support/archive/faults.ts";
import { type Archive, startArchive } from "../support/archive/server.ts";
import { createSimulatedClock } from "../support/archive/simulated-clock.ts";
import { followedCategories } from "../support/archive/taxonomy.ts";
import { createWorld } from "../support/archive/world.ts";
import { openWork, passTime } from "../support/harvesting.ts";

const [from, until] = ["2026-10-29", "2026-11-27"];
const allDay = 24 * 60;
const often = 10_000;

/** One or more for every announcement; the weekends have the change of the clock and days without announcement. */
const faults: Fault[] = [
  { day: "2026-10-29", kind: "unavailable", route: "listing", category: "cs.CL", times: 3 },
  { day: "2026-10-30", kind: "unavailable", route: "listing", category: "cs.LG", retryAfterSeconds: 900 },
  { day: "2026-11-02", kind: "too-many-requests", route: "listing", times: 2 },
  { day: "2026-11-03", kind: "truncated", route: "listing", category: "cs.CV", times: 2 },
  { day: "2026-11-04", kind: "stale", route: "listing", category: "hep-th", times: often, minutes: 100 },
  { day: "2026-11-05", kind: "wrong-encoding", route: "oai" },
  { day: "2026-11-06", kind: "entity-bomb", route: "rss", category: "cs.CL" },
  { day: "2026-11-09", kind: "token-expired", route: "oai", times: 2 },
  { day: "2026-11-10", kind: "duplicate-page", route: "listing", category: "cs.LG" },
  { day: "2026-11-11", kind: "shrinking-page", route: "listing", category: "cs.CL" },
  { day: "2026-11-12", kind: "empty-page", route: "listing", category: "stat.ML" },
  { day: "2026-11-13", kind: "cut-connection", route: "listing", category: "hep-th", times: 2 },
  // 2026-11-16: the whole batch is 90 minutes late.
  { day: "2026-11-17", kind: "shrinking-page", route: "oai", times: 8, missing: 12 },
  { day: "2026-11-17", kind: "unavailable", route: "query" },
  { day: "2026-11-18", kind: "stale", route: "rss", category: "cs.CV", times: often, minutes: allDay },
  {
    day: "2026-11-19",
    kind: "unavailable",
    route: "listing",
    category: "cs.CL",
    times: often,
    minutes: allDay,
  },
  { day: "2026-11-20", kind: "cut-connection", route: "oai" },
  { day: "2026-11-20", kind: "duplicate-page", route: "oai" },
  {
    day: "2026-11-23",
    kind: "too-many-requests",
    route: "oai",
    retryAfterSeconds: 3_600,
    retryAfterAsDate: true,
  },
  { day: "2026-11-24", kind: "truncated", route: "oai", times: 2 },
  { day: "2026-11-25", kind: "stale", route: "listing", category: "cs.LG", times: often, minutes: allDay },
  {
    day: "2026-11-26",
    kind: "shrinking-page",
    route: "listing",
    category: "stat.ML",
    times: often,
    minutes: allDay,
  },
];
const lateDay = "2026-11-16";

/** Stale or partial listings that last beyond the hour, or contradict themselves: each must be flagged in time. */
const mustBeFlagged = faults.filter(
  ({ kind, route, day }) =>
    route === "listing" &&
    ["stale", "truncated", "duplicate-page", "empty-page", "shrinking-page"].includes(kind) &&
    // Wrong by its own account in no way; the feed tells, hours later.
    day !== "2026-11-26",
);

const folder = mkdtempSync(join(tmpdir(), "broadsheet-month-"));
const world = createWorld({
  seed: 11,
  from,
  until,
  papersPerDay: 8,
  deferrals: ["2026-11-26"],
  late: { [lateDay]: 90 },
});
const time = createSimulatedClock("2026-10-28T23:30:00Z");
let archive: Archive;
let db: Db;
/** "2026-11-04 hep-th" -> first moment the ledger showed trouble. */
const flaggedAt = new Map<string, string>();
let rows: LedgerRow[];

beforeAll(async () => {
  archive = await startArchive({ world, clock: time.clock, faults, oaiPageSize: 40 });
  db = await openDatabase({ folder });
  const work = openWork(db, archive, time, { categories: followedCategories, listingPageSize: 25 });
  await using _ = work.fetcher;
  await passTime(work, time, { until: "2026-11-28T12:00:00Z", onStep: noteFlags });
  rows = await listLedgerRows(db, { from, to: until });
}, 400_000);

afterAll(async () => {
  await archive[Symbol.asyncDispose]();
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function noteFlags(): Promise<void> {
  const now = time.clock().toISOString();
  for (const row of await listLedgerRows(db, {
    from: [addDays(now.slice(0, 10), -3), from].sort()[1]!,
    to: until,
  })) {
    const key = `${row.day} ${row.category}`;
    const noted = row.history.find(({ state }) => state === "stalled" || state === "partial")?.at;
    if (troubles.has(row.state)) flaggedAt.set(key, flaggedAt.get(key) ?? now);
    else if (noted !== undefined) flaggedAt.set(key, flaggedAt.get(key) ?? noted);
  }
}

describe("thirty days of faults", () => {
  test("every fault struck", () => {
    const struck = new Set(archive.faults.struck().map(({ fault }) => fault));
    expect(faults.filter((fault) => !struck.has(fault))).toEqual([]);
  });

  test("the ledger ends equal to the truth, for every category and day", async () => {
    const wrong: unknown[] = [];
    for (const truth of world.truth()) {
      const { category, day } = truth;
      const row = rows.find((one) => one.category === category && one.day === day);
      const held = await listAnnouncedIds(db, { source: "arxiv", category, day });
      const ids = (kind: string) => held.filter((one) => one.kind === kind).map(({ arxivId }) => arxivId);
      const ours = {
        new: ids("new").sort(),
        cross: ids("cross").sort(),
        replacement: ids("replacement").sort(),
      };
      const theirs = { new: truth.new, cross: truth.cross, replacement: truth.replacement };
      const total = truth.new.length + truth.cross.length + truth.replacement.length;
      const counts = [row?.newPapers, row?.crossLists, row?.updates, row?.announced ?? 0];
      const expected = [truth.new.length, truth.cross.length, truth.replacement.length, total];
      const quiet = !truth.announced && row?.state === "quiet";
      const well =
        JSON.stringify(ours) === JSON.stringify(theirs) && (quiet || counts.join() === expected.join());
      if (!well) wrong.push({ category, day, ours, theirs, row });
    }
    expect(wrong).toEqual([]);
  });

  test("every stale or partial batch is flagged within an hour of being due", () => {
    const late = mustBeFlagged.filter(({ day, category }) => {
      const at = flaggedAt.get(`${day} ${category}`);
      const due = world.truthOf(category!, day!).dueAt!.getTime();
      return at === undefined || Date.parse(at) > due + 60 * 60_000;
    });
    expect(late).toEqual([]);
    for (const category of followedCategories) expect(flaggedAt.has(`${lateDay} ${category}`)).toBe(true);
  });

  test("there is one false alarm at most", () => {
    const faulty = (key: string) =>
      key.startsWith(lateDay) ||
      faults.some(
        ({ day, category, route }) =>
          route !== undefined && key.startsWith(day!) && (!category || key.endsWith(category)),
      );
    const falseAlarms = [...flaggedAt.keys()].filter((key) => !faulty(key));
    expect(falseAlarms.length, falseAlarms.join()).toBeLessThanOrEqual(1);
  });

  test("requests stay apart, one at a time, and few", () => {
    expect(archive.closestMs("arxiv-web")).toBeGreaterThanOrEqual(15_000);
    expect(archive.closestMs("arxiv-export")).toBeGreaterThanOrEqual(3_000);
    expect(archive.mostAtOnce("arxiv-web")).toBe(1);
    expect(archive.mostAtOnce("arxiv-export")).toBe(1);
    expect(new Set(archive.requests.map(({ userAgent }) => userAgent))).toEqual(
      new Set(["Broadsheet/test (+mailto:owner@example.org)"]),
    );
    // Three looks of a few pages, a feed, a sweep and a census, for five categories; trouble adds some.
    const days = 21;
    expect(archive.requests.length / days).toBeLessThan(5 * (3 * 3 + 1 + 2) + 2);
  });
});
