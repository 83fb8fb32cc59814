import type { Kysely, KyselyPlugin } from "kysely";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import type { Schema } from "../database/schema.ts";
import type { Edition } from "./edition.ts";
import { findLatestDay, getEdition, listEditionDays, listEditionKeys } from "./editions.ts";

const options = { now: "2026-06-01T12:00:00.000Z", categories: ["cs.CL", "cs.LG"] };

async function edition(...args: Parameters<typeof getEdition>): Promise<Edition> {
  const found = await getEdition(...args);
  if (!found || !("asOf" in found)) throw new Error(`no edition ${args[1]}`);
  return found;
}

describeOnBothDatabases("editions", (open) => {
  test("every paper put forward or announced in a followed category is on the page, ranked and counted", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [
      { id: "2605.00001", votes: 3, submitter: "Bob" },
      { id: "2605.00002", votes: 50, title: "Soohak: Numbers" },
      { id: "2605.00003", submitter: null, announcements: [{ category: "cs.CL", kind: "new" }] },
      {
        id: "2605.00004",
        votes: 1,
        submitter: "Cleo",
        announcements: [{ category: "cs.LG", kind: "cross" }],
      },
      { id: "2605.00005", submitter: null, announcements: [{ category: "math.GT", kind: "new" }] },
      { id: "2605.00006", submitter: null, announcements: [{ category: "cs.CL", kind: "replacement" }] },
    ]);
    const day = await edition(db, "2026-05-12", options);
    expect(day.items.map((item) => item.paper.id)).toEqual([
      "2605.00002",
      "2605.00001",
      "2605.00004",
      "2605.00003",
    ]);
    expect(day.items.map((item) => item.rank)).toEqual([1, 2, 3, 4]);
    expect(day.items.map((item) => item.score)).toEqual([51, 4, 2, 0.1]);
    expect(day.counts).toEqual({ announced: 2, submitted: 3, held: 4 });
    expect(day).toMatchObject({
      kind: "day",
      number: 1,
      asOf: "2026-05-12T08:30:00.000Z",
      asOfApproximate: true,
      formula: "front-4",
      previous: null,
      next: null,
    });
    expect(day.items[0]).toMatchObject({
      step: 1,
      votes: 50,
      submitters: ["Ada"],
      reason: "50 votes by 08:30 UTC",
    });
    expect(day.items[3]).toMatchObject({ votes: null, reason: "announced in cs.CL" });
    expect(day.items.reduce((sum, item) => sum + item.share, 0)).toBeCloseTo(1, 12);
  });

  test("asked again as of its own instant it is the same, bit for bit, whatever came later", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 9));
    const before = await edition(db, "2026-05-12", options);
    const later = (value: number) =>
      ({ kind: "upvotes", source: "hub", observedAt: "2026-05-14T08:30:00.000Z", value }) as const;
    const last = before.items.at(-1)!.paper.id;
    await saveDay(db, "2026-05-14", [{ id: last, submitter: null, signals: [later(900)] }]);
    const now = await edition(db, "2026-05-12", options);
    expect(now.items[0]!.paper.id).toBe(last);
    expect(now).toMatchObject({ asOf: "2026-05-14T08:30:00.000Z", asOfApproximate: false });
    expect(now.items[0]!.reason).toBe("900 votes by 14 May");
    const replay = await edition(db, "2026-05-12", { ...options, asOf: before.asOf });
    const ranked = (e: Edition) => e.items.map(({ paper, ...item }) => ({ ...item, id: paper.id }));
    expect(JSON.stringify(ranked(replay))).toBe(JSON.stringify(ranked(before)));
    expect({ ...replay, items: [], next: null }).toEqual({
      ...before,
      items: [],
      next: null,
      heldAt: before.asOf,
      cut: { asOf: before.asOf, reconstructed: true },
    });
    const early = await getEdition(db, "2026-05-12", { ...options, asOf: "2026-05-12T05:00:00.000Z" });
    expect(early?.items).toEqual([]);
  });

  test("neighbours, numbers, weeks and months count only what has papers", async () => {
    const db = await open();
    for (const day of ["2026-05-08", "2026-05-11", "2026-05-12", "2026-06-02"])
      await saveDay(db, day, papersOf(day, 2));
    expect(await listEditionDays(db, options)).toEqual(["2026-05-08", "2026-05-11", "2026-05-12"]);
    expect(await findLatestDay(db, options)).toBe("2026-05-12");
    expect(await listEditionKeys(db, "week", options)).toEqual(["2026-W19", "2026-W20"]);
    expect(await edition(db, "2026-05-11", options)).toMatchObject({
      number: 2,
      previous: "2026-05-08",
      next: "2026-05-12",
    });
    expect(await edition(db, "2026-W20", options)).toMatchObject({
      number: 2,
      from: "2026-05-11",
      to: "2026-05-17",
      previous: "2026-W19",
      next: null,
      counts: { held: 4 },
    });
    expect(await edition(db, "2026-05", options)).toMatchObject({
      number: 1,
      counts: { held: 6 },
      next: null,
    });
    const weekend = await getEdition(db, "2026-05-10", options);
    expect(weekend).toMatchObject({ items: [], future: false, previous: "2026-05-08", next: "2026-05-11" });
    const future = await getEdition(db, "2026-06-02", options);
    expect(future).toMatchObject({ items: [], future: true, previous: "2026-05-12", next: null });
    expect(await getEdition(db, "2026-02-30", options)).toBeNull();
  });

  test("a paper of two days is on the week once, with its latest votes", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", [{ id: "2605.00001", votes: 3 }]);
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", votes: 8, submitter: "Grace" }]);
    const week = await edition(db, "2026-W20", options);
    expect(week.items).toHaveLength(1);
    expect(week.items[0]).toMatchObject({ votes: 8, submitters: ["Ada", "Grace"], score: 9 });
    expect(week.items[0]!.enteredAt).toBe("2026-05-11T08:30:00.000Z");
  });

  test("without any paper", async () => {
    const db = await open();
    expect(await findLatestDay(db, options)).toBeNull();
    expect(await getEdition(db, "2026-05-12", options)).toMatchObject({
      items: [],
      previous: null,
      next: null,
    });
  });

  test("the number of queries does not grow with the papers", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 5));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 60));
    const [few, many] = [counting(db), counting(db)];
    await getEdition(few.db, "2026-05-11", options);
    await getEdition(many.db, "2026-05-12", options);
    expect(many.count()).toBe(few.count());
    expect(few.count()).toBeLessThanOrEqual(7);
  });
});

/** Counts what is asked of a database. */
function counting(db: Kysely<Schema>): { db: Kysely<Schema>; count(): number } {
  let asked = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      asked++;
      return result;
    },
  };
  return { db: db.withPlugin(plugin), count: () => asked };
}
