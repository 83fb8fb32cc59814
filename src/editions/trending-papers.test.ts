import type { Kysely, KyselyPlugin } from "kysely";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type DayPaper, papersOf, saveDay } from "../../test/support/days.ts";
import type { Db } from "../database/dialect.ts";
import type { Schema } from "../database/schema.ts";
import type { Signal } from "../papers/paper.ts";
import { getEdition } from "./editions.ts";
import { makeEstimates, settleDays } from "./estimate/make-estimates.ts";
import { explainTerms } from "./explain.ts";
import { HALF_LIFE_DAYS } from "./formula.ts";
import { loadShippedRankingModel } from "./shipped-ranking-model.ts";
import { type Trending, type TrendingOptions, trendingDays, trendingPapers } from "./trending-papers.ts";

const options = { now: "2026-05-31T12:00:00.000Z", categories: ["cs.CL"], limit: 10 };

const idsOf = ({ items }: Trending) => items.map(({ paper }) => paper.id);
const shown = ({ items, ...page }: Trending) =>
  JSON.stringify({
    ...page,
    items: items.map(({ paper: { changeNumber: _, ...paper }, ...item }) => ({ ...item, paper })),
  });

function votes(value: number, observedAt: string): Signal {
  return { kind: "upvotes", source: "hub", observedAt, value };
}

function silent(id: string): DayPaper {
  return { id, submitter: null, announcements: [{ category: "cs.CL", kind: "new" }] };
}

describeOnBothDatabases("trending papers", (open) => {
  test("points lose half their worth a week, each paper keeps its day, and terms add up to the score", async () => {
    const db = await open();
    await saveDay(db, "2026-05-17", [{ id: "2605.17001", votes: 39, submitter: "Ada" }]);
    await saveDay(db, "2026-05-24", [{ id: "2605.24001", votes: 23, submitter: "Bob" }]);
    await saveDay(db, "2026-05-31", [
      { id: "2605.31001", votes: 10, submitter: "Cleo" },
      silent("2605.31002"),
    ]);
    const trending = await trendingPapers(db, options);
    expect(trending.items.map(({ paper, day, rank }) => [paper.id, day, rank])).toEqual([
      ["2605.24001", "2026-05-24", 1],
      ["2605.31001", "2026-05-31", 2],
      ["2605.17001", "2026-05-17", 3],
      ["2605.31002", "2026-05-31", 4],
    ]);
    const points = trending.items.map(({ terms }) => terms.find(({ name }) => name === "age")?.points ?? 0);
    for (const [i, taken] of [24 / 2 - 24, 0, 40 / 4 - 40, 0].entries())
      expect(points[i]).toBeCloseTo(taken, 9);
    for (const item of trending.items) {
      expect(item.terms.reduce((sum, term) => sum + term.points, 0)).toBeCloseTo(item.score, 12);
      expect(explainTerms(item).every(({ words, weight }) => words !== "" && weight !== "")).toBe(true);
    }
    expect(explainTerms(trending.items[0]!).find(({ name }) => name === "age")).toMatchObject({
      value: 7,
      words: "days since its own day",
      weight: `all of it halved every ${HALF_LIFE_DAYS} days; only where days are ranked together`,
    });
    expect(trending).toMatchObject({ from: "2026-05-02", to: "2026-05-31", total: 4, formula: "front-4" });
    expect(trending.items.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test("only the last thirty days count, and time alone changes no order", async () => {
    const db = await open();
    const spread = ["2026-05-01", "2026-05-02", "2026-05-12", "2026-05-30"];
    for (const day of spread) await saveDay(db, day, papersOf(day, 3));
    const today = await trendingPapers(db, options);
    expect(new Set(today.items.map(({ day }) => day))).toEqual(new Set(spread.slice(1)));
    const tomorrow = await trendingPapers(db, { ...options, now: "2026-06-01T12:00:00.000Z" });
    expect(idsOf(tomorrow)).toEqual(idsOf(today).filter((id) => !id.startsWith("2605.02")));
    const empty = await trendingPapers(db, {
      ...options,
      now: "2026-05-30T12:00:00.000Z",
      asOf: "2026-01-01T00:00:00.000Z",
    });
    expect(empty).toMatchObject({ total: 0, items: [], from: "2025-12-03" });
    expect(trendingDays).toBe(30);
  });

  test("a later listing makes nothing young; what was put forward counts from then", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", [{ id: "2605.04001", votes: 9 }, silent("2605.04002")]);
    await saveDay(db, "2026-05-25", [silent("2605.04001"), { id: "2605.04002", votes: 9 }]);
    // Before the window, within what is read for late papers, and listed again in it.
    await saveDay(db, "2026-04-29", [{ id: "2604.29001", votes: 90 }]);
    await saveDay(db, "2026-05-26", [silent("2604.29001")]);
    const { items } = await trendingPapers(db, options);
    expect(items.map(({ paper, day }) => [paper.id, day])).toEqual([
      ["2605.04002", "2026-05-25"],
      ["2605.04001", "2026-05-04"],
    ]);
  });

  test("a paper that came late stands on the page that took it in", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 2));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 2));
    await saveDay(db, "2026-05-11", [{ id: "2605.11900", votes: 70 }], "2026-05-12T10:00:00.000Z");
    const late = (await trendingPapers(db, options)).items[0]!;
    expect(late).toMatchObject({ day: "2026-05-12", carriedFrom: "2026-05-11", paper: { id: "2605.11900" } });
    const page = await getEdition(db, late.day, options);
    expect(page!.items.map(({ paper }) => paper.id)).toContain(late.paper.id);
  });

  test("parts of the list fit together", async () => {
    const db = await open();
    await saveDay(db, "2026-05-29", papersOf("2026-05-29", 7));
    await saveDay(db, "2026-05-30", papersOf("2026-05-30", 7));
    const all = await trendingPapers(db, { ...options, limit: 50 });
    expect(all.items).toHaveLength(14);
    const parts = await Promise.all(
      [0, 5, 10].map((offset) => trendingPapers(db, { ...options, limit: 5, offset })),
    );
    expect(parts.flatMap(({ items }) => items)).toEqual(all.items);
    expect(parts.map(({ total, offset }) => [total, offset])).toEqual([
      [14, 0],
      [14, 5],
      [14, 10],
    ]);
    expect((await trendingPapers(db, { ...options, offset: 14 })).items).toEqual([]);
  });

  test("as of an instant it is the same bytes, whatever is recorded later", async () => {
    const db = await open();
    for (const day of ["2026-05-11", "2026-05-12"]) await saveDay(db, day, papersOf(day, 4));
    await saveDay(db, "2026-05-13", [silent("2605.13009"), { id: "2605.13008" }]);
    const model = loadShippedRankingModel();
    await makeEstimates({ db, model, clock: () => new Date("2026-05-13T09:30:00.000Z") });
    const at = "2026-05-13T10:00:00.000Z";
    const before = await trendingPapers(db, { ...options, now: at, asOf: at });
    expect(before.items.some(({ estimate }) => estimate !== null)).toBe(true);
    const changed = papersOf("2026-05-11", 4).map(
      (paper, i): DayPaper => ({
        ...paper,
        title: `Corrected ${i}`,
        submitter: null,
        signals: [votes(500 + i, "2026-05-12T09:00:00.000Z")],
      }),
    );
    await saveDay(db, "2026-05-14", changed, "2026-05-14T09:00:00.000Z");
    await saveDay(db, "2026-05-12", [{ id: "2605.77777", votes: 999 }], "2026-05-13T11:00:00.000Z");
    await makeEstimates({ db, model, clock: () => new Date("2026-05-15T09:30:00.000Z") });
    await settleDays({ db, clock: () => new Date("2026-05-20T10:00:00.000Z") }, 0);
    expect(shown(await trendingPapers(db, { ...options, asOf: at }))).toBe(shown(before));
    const now = await trendingPapers(db, options);
    expect(idsOf(now)[0]).toBe("2605.77777");
    expect(now.items.map(({ paper }) => paper.title)).toContain("Corrected 3");
  });

  test("queries do not grow with the papers", async () => {
    const db = await open();
    const count = async (given: Partial<TrendingOptions> = {}) => {
      const counter = countQueries(db);
      await trendingPapers(counter.db, { ...options, ...given });
      return counter.queries();
    };
    await saveDay(db, "2026-05-20", papersOf("2026-05-20", 2));
    const few = [await count(), await count({ asOf: options.now })];
    for (const day of ["2026-05-21", "2026-05-22", "2026-05-28"]) await saveDay(db, day, papersOf(day, 40));
    expect([await count({ limit: 100 }), await count({ limit: 100, asOf: options.now })]).toEqual(few);
    expect(few[0]).toBeLessThanOrEqual(12);
  });
});

function countQueries(db: Db): { db: Db; queries(): number } {
  let queries = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      queries += 1;
      return result;
    },
  };
  return { db: (db as Kysely<Schema>).withPlugin(plugin), queries: () => queries };
}
