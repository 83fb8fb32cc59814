import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import type { Db } from "../database/dialect.ts";
import { explainTrendingOrder, trendingOrder } from "../editions/trending-order.ts";
import { listIndexFacts } from "../papers/index-facts-store.ts";
import type { PaperRecord, Signal, SourceItem } from "../papers/paper.ts";
import { saveItems } from "../papers/save-store.ts";
import type { SearchChange, Standing } from "../search/search.ts";
import { followPapers } from "./follow-search.ts";
import { followStandings, StandingsFollower, standingOf } from "./follow-standings.ts";

const now = "2026-05-12T12:00:00.000Z";

function record(source: PaperRecord["source"], n: number): PaperRecord {
  const identifiers = [{ scheme: "arxiv" as const, value: `2605.0000${n}` }];
  const names = ["Alpha", "Beta", "Gamma"];
  const base = {
    source,
    sourceId: `2605.0000${n}`,
    identifiers,
    title: `${names[n]} tokens`,
    versions: [],
    links: [],
  };
  return { ...base, abstract: "Of tokens.", authors: [{ name: "Ada Long" }], categories: ["cs.CL"] };
}

function votes(value: number, observedAt: string, source = "hub"): Signal {
  return { kind: "upvotes", source, observedAt, value };
}

function item(n: number, signals: Signal[], parts: Partial<SourceItem> = {}): SourceItem {
  return {
    records: [record("arxiv-api", n)],
    submissions: [],
    announcements: [],
    places: [],
    signals,
    ...parts,
  };
}

async function save(db: Db, items: SourceItem[]): Promise<void> {
  await db.transaction().execute((trx) => saveItems(trx, items, { now, origin: "import" }));
}

async function savePapers(db: Db): Promise<void> {
  const place = { listId: "000_ab", listTitle: "One", sourceFile: "000_ab.txt", position: 1 };
  const repository: Signal = {
    kind: "repository",
    source: "hub",
    observedAt: now,
    detail: "https://example.org/x",
  };
  const submission = { day: "2026-05-04", source: "hub" };
  await save(db, [
    item(0, [votes(3, "2026-05-10T00:00:00.000Z"), votes(8, "2026-05-11T00:00:00.000Z"), repository]),
    item(1, [votes(2, now), votes(1, now, "feed")], {
      submissions: [submission],
      places: [place, { ...place, position: 2 }],
    }),
    item(2, [votes(0, now)]),
  ]);
  await save(db, [item(0, [], { records: [record("hub", 0), record("arxiv", 0)] })]);
}

/** The pks by the first word of their papers' titles. */
async function pksOf(db: Db): Promise<Record<string, number>> {
  const rows = await db.selectFrom("papers").select(["pk", "title"]).execute();
  return Object.fromEntries(rows.map(({ pk, title }) => [title.split(" ")[0], pk]));
}

describeOnBothDatabases("what the index is told beside the papers", (open) => {
  test("sources by family, lists, code", async () => {
    const db = await open();
    await savePapers(db);
    const changes: SearchChange[] = [];
    const search = {
      changeNumber: 0,
      apply(slice: readonly SearchChange[]) {
        changes.push(...slice);
        this.changeNumber = slice.at(-1)!.changeNumber;
      },
    };
    await followPapers(db, search as unknown as Parameters<typeof followPapers>[1]);
    const told = changes.map(({ document }) => document!);
    const facts = told.map(({ title, sources, lists, hasCode }) => ({ title, sources, lists, hasCode }));
    expect(facts.sort((a, b) => (a.title < b.title ? -1 : 1))).toEqual([
      { title: "Alpha tokens", sources: ["arxiv", "hub"], lists: [], hasCode: true },
      { title: "Beta tokens", sources: ["arxiv"], lists: ["000_ab"], hasCode: false },
      { title: "Gamma tokens", sources: ["arxiv"], lists: [], hasCode: false },
    ]);
    expect((await listIndexFacts(db, [])).size).toBe(0);
  });

  test("the latest votes of each source, and the trend, of papers that have some", async () => {
    const db = await open();
    await savePapers(db);
    const pks = await pksOf(db);
    const told: Standing[] = [];
    const search = { setStandings: (standings: Iterable<Standing>) => void told.push(...standings) };
    expect(await followStandings(db, search)).toBe(2);
    expect(told).toEqual([
      standingOf({ pk: pks.Alpha!, votes: 8, day: "2026-05-10" }),
      standingOf({ pk: pks.Beta!, votes: 3, day: "2026-05-04" }),
    ]);
  });

  test("are read at once, then after changes, at most once a minute, and none is forgotten", async () => {
    const db = await open();
    let nowMs = 0;
    let told = 0;
    const follower = new StandingsFollower(() => new Date(nowMs));
    const search = { setStandings: () => void told++ };
    const follow = async (atMs: number, changed: boolean) => {
      nowMs = atMs;
      await follower.follow(db, search, changed);
      return told;
    };
    expect(await follow(0, false)).toBe(1);
    expect(await follow(1_000, true)).toBe(1);
    expect(await follow(59_000, false)).toBe(1);
    expect(await follow(60_000, false)).toBe(2);
    expect(await follow(600_000, false)).toBe(2);
    expect(await follow(600_001, true)).toBe(3);
  });
});

test("points, one for being put forward and one a vote, lose half their worth in a week", () => {
  const trend = (votes: number, day: string) => standingOf({ pk: 1, votes, day }).trending;
  expect(trend(9, "2026-05-04")).toBeCloseTo(trend(4, "2026-05-11"), 9);
  expect(trend(9, "2026-05-05")).toBeGreaterThan(trend(4, "2026-05-11"));
  expect(trend(1, "no day")).toBe(2);
  expect(trend(0, "2026-05-11")).toBe(0);
});

test("a trend is told apart into votes and day, which add up to it", () => {
  const trending = trendingOrder({ votes: 7, day: "2026-05-12" });
  const terms = explainTrendingOrder({ votes: 7, trending });
  expect(terms.map(({ points }) => points).reduce((sum, points) => sum + points)).toBeCloseTo(trending, 9);
  expect(terms.map(({ name, value }) => [name, Math.round(value)])).toEqual([
    ["votes", 7],
    ["day", Date.parse("2026-05-12T00:00:00Z") / 86_400_000],
  ]);
  expect(terms[0]!.points).toBeCloseTo(1 + Math.log2(8), 9);
});
