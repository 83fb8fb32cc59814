import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import type { Db } from "../database/dialect.ts";
import { removeSample } from "../harvest/sample.ts";
import { cacheEditions } from "./edition-cache.ts";
import { getEdition } from "./editions.ts";
import { trendingPapers } from "./trending-papers.ts";

const day = "2026-05-12";
const options = { now: "2026-06-01T12:00:00.000Z", categories: ["cs.CL"] };

/** Every way in which what an edition is computed from changes. */
const changes: [name: string, change: (db: Db) => Promise<unknown>][] = [
  ["another paper", (db) => saveDay(db, day, [{ id: "2605.09999", votes: 3 }])],
  [
    "an observation",
    (db) =>
      saveDay(db, day, [
        {
          id: "2605.00001",
          signals: [{ kind: "upvotes", source: "hub", observedAt: "2026-05-12T20:00:00.000Z", value: 999 }],
        },
      ]),
  ],
  [
    "an announcement",
    (db) =>
      saveDay(db, day, [
        { id: "2605.00001", submitter: null, announcements: [{ category: "cs.CL", kind: "new" }] },
      ]),
  ],
  ["a title", (db) => saveDay(db, day, [{ id: "2605.00001", title: "Another title altogether" }])],
  ["a paper of another day", (db) => saveDay(db, "2026-05-13", [{ id: "2605.08888" }])],
];

describeOnBothDatabases("the cache of editions", (open) => {
  test("gives the same edition while nothing has changed", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 5));
    const cache = cacheEditions(db);
    const first = await cache.get(day, options);
    expect(first).toEqual(await getEdition(db, day, options));
    expect(await cache.get(day, options)).toBe(first);
    // Saying the same again changes nothing.
    await saveDay(db, day, papersOf(day, 5));
    expect(await cache.get(day, options)).toBe(first);
  });

  test.each(changes)("is never stale: %s", async (_name, change) => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 5));
    const cache = cacheEditions(db);
    const before = await cache.get(day, options);
    await change(db);
    const after = await cache.get(day, options);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await getEdition(db, day, options));
  });

  test("keeps the order of trending papers, every part of it, until something changes", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 5));
    const cache = cacheEditions(db);
    const now = "2026-05-20T12:00:00.000Z";
    const part = { ...options, now, limit: 2, offset: 2 };
    const second = await cache.trending(part);
    expect(second).toEqual(await trendingPapers(db, part));
    const all = await cache.trending({ ...options, now, limit: 9 });
    expect(all.items.slice(2, 4)).toEqual(second.items);
    await saveDay(db, "2026-05-13", [{ id: "2605.08888", votes: 900 }]);
    expect((await cache.trending(part)).total).toBe(6);
  });

  test("the sample's leaving is a change", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 2));
    await db.updateTable("submissions").set({ origin: "sample" }).execute();
    const cache = cacheEditions(db);
    await cache.get(day, options);
    await removeSample(db, () => new Date(options.now));
    expect(await cache.get(day, options)).toEqual(await getEdition(db, day, options));
  });

  test("other days, other fields, another present are other editions", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 2));
    const cache = cacheEditions(db);
    const asked = [
      ["2026-05-11", options],
      [day, { ...options, categories: ["cs.LG"] }],
      [day, { ...options, now: "2026-05-01T12:00:00.000Z" }],
      ["2026-W20", options],
      ["never", options],
    ] as const;
    await cache.get(day, options);
    for (const [key, other] of asked)
      expect(await cache.get(key, other)).toEqual(await getEdition(db, key, other));
  });

  test("is bounded, and what was asked for lately stays", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 2));
    const cache = cacheEditions(db);
    const first = await cache.get(day, options);
    const early = await cache.get("2026-01-01", options);
    for (let n = 1; n <= 30; n++) {
      await cache.get(`2026-03-${String(n).padStart(2, "0")}`, options);
      expect(await cache.get(day, options)).toBe(first);
    }
    expect(await cache.get("2026-01-01", options)).not.toBe(early);
  });
});
