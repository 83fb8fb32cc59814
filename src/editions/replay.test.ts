// Pages as they stood: taken at an instant, and again after much has been recorded, corrected and joined; byte for byte.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type DayPaper, papersOf, saveDay } from "../../test/support/days.ts";
import type { Db } from "../database/dialect.ts";
import type { Signal } from "../papers/paper.ts";
import type { Edition } from "./edition.ts";
import { editionDocument } from "./edition-document.ts";
import { getEdition } from "./editions.ts";
import { makeEstimates, settleDays } from "./estimate/make-estimates.ts";
import { loadShippedRankingModel } from "./shipped-ranking-model.ts";

const categories = ["cs.CL"];
const model = loadShippedRankingModel();
const later = "2026-06-01T12:00:00.000Z";

async function page(db: Db, key: string, asOf: string | null, now = asOf ?? later): Promise<string> {
  const edition = await getEdition(db, key, { now, categories, ...(asOf ? { asOf } : {}) });
  return JSON.stringify(editionDocument(edition!, { explain: true }));
}

async function found(db: Db, key: string, asOf?: string): Promise<Edition> {
  const edition = await getEdition(db, key, { now: later, categories, ...(asOf ? { asOf } : {}) });
  if (!edition || !("formula" in edition)) throw new Error(`no edition ${key}`);
  return edition;
}

function votes(value: number, observedAt: string): Signal {
  return { kind: "upvotes", source: "hub", observedAt, value };
}

async function expectAt(db: Db, instant: string): Promise<void> {
  await makeEstimates({ db, clock: () => new Date(instant), model });
}

const idsOf = ({ items }: Edition) => items.map(({ paper }) => paper.id);

describeOnBothDatabases("a page as it stood", (open) => {
  test("is the same bytes after more signals, corrected papers, new papers and other estimates", async () => {
    const db = await open();
    const day = "2026-05-12";
    const papers = papersOf(day, 6);
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    await saveDay(db, day, papers);
    await expectAt(db, "2026-05-12T09:30:00.000Z");
    const at = "2026-05-12T10:00:00.000Z";
    const keys = [day, "2026-W20", "2026-05", "2026-05-10"];
    const before = await Promise.all(keys.map((key) => page(db, key, at)));
    // Recorded later; some of it says that it was observed before.
    const corrected = papers.map(
      (paper, i): DayPaper => ({
        ...paper,
        title: `Corrected ${i}`,
        authors: ["Somebody Else"],
        abstract: "Another abstract.",
        submitter: null,
        signals: [votes(1_000 + i, "2026-05-12T09:00:00.000Z")],
      }),
    );
    await saveDay(
      db,
      "2026-05-13",
      [...corrected, { id: "2605.99999", votes: 5 }],
      "2026-05-13T09:00:00.000Z",
    );
    await saveDay(db, day, [{ id: "2605.77777", votes: 99 }], "2026-05-12T11:00:00.000Z");
    await saveDay(db, "2026-05-09", papersOf("2026-05-09", 2), "2026-05-20T09:00:00.000Z");
    await expectAt(db, "2026-05-21T09:30:00.000Z");
    await settleDays({ db, clock: () => new Date("2026-05-21T10:00:00.000Z") }, 0);
    for (const [i, key] of keys.entries()) expect(await page(db, key, at, later)).toBe(before[i]);
    const now = await found(db, day);
    expect(now.items.map(({ paper }) => paper.title)).toContain("Corrected 5");
    expect(idsOf(now)).toContain("2605.77777");
    expect(await page(db, day, null)).not.toBe(before[0]);
  });

  test("shows both papers that were joined later, each with what was its own", async () => {
    const db = await open();
    const day = "2026-05-12";
    await saveDay(db, day, [
      { id: "2605.00001", title: "On Counting", votes: 9 },
      { id: "10.1234/again", title: "Counting, Again", votes: 4, submitter: "Bob" },
    ]);
    await expectAt(db, "2026-05-12T09:30:00.000Z");
    const at = "2026-05-12T10:00:00.000Z";
    const before = await page(db, day, at);
    await saveDay(db, "2026-05-14", [
      { id: "2605.00001", alsoId: "10.1234/again", submitter: null, title: "On Counting" },
    ]);
    expect(idsOf(await found(db, day))).toHaveLength(1);
    expect(await page(db, day, at, later)).toBe(before);
  });

  test("a day that was filled in: as observed by then, as recorded when it was settled", async () => {
    const db = await open();
    const day = "2026-05-12";
    const filledAt = "2026-05-30T09:00:00.000Z";
    const papers = papersOf(day, 4);
    await saveDay(db, day, papers, filledAt);
    await expectAt(db, "2026-05-30T09:01:00.000Z");
    await settleDays({ db, clock: () => new Date("2026-05-30T09:01:00.000Z") }, 0);
    const at = "2026-05-12T12:00:00.000Z";
    const before = await page(db, day, at);
    expect(JSON.parse(before)).toMatchObject({ cut: { asOf: at, reconstructed: true }, counts: { held: 4 } });
    expect(
      await getEdition(db, day, { now: later, categories, asOf: "2026-05-12T08:00:00.000Z" }),
    ).toMatchObject({
      items: [],
    });
    await saveDay(
      db,
      day,
      [
        { id: papers[3]!.id, title: "Renamed", signals: [votes(500, "2026-05-12T10:00:00.000Z")] },
        { id: "2605.88888", votes: 700 },
      ],
      "2026-05-31T09:00:00.000Z",
    );
    expect(await page(db, day, at, later)).toBe(before);
    // Between: strictly what was held.
    const held = await found(db, day, "2026-05-30T12:00:00.000Z");
    expect(held).toMatchObject({ cut: { reconstructed: false }, counts: { held: 4 } });
  });
});

describeOnBothDatabases("papers that came after the closing", (open) => {
  test("stand on the next page, marked, and on one page alone; as it stood too", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    const lateId = "2605.55555";
    await saveDay(db, "2026-05-11", [{ id: lateId, votes: 4 }], "2026-05-12T07:00:00.000Z");
    const waiting = await found(db, "2026-05-11");
    expect(idsOf(waiting)).toContain(lateId);
    expect(waiting).toMatchObject({ carriedOn: 0, counts: { held: 4, submitted: 4 } });
    const at = "2026-05-12T08:00:00.000Z";
    const before = await page(db, "2026-05-11", at);

    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 2));
    const [monday, tuesday] = [await found(db, "2026-05-11"), await found(db, "2026-05-12")];
    expect(idsOf(monday)).not.toContain(lateId);
    expect(monday).toMatchObject({ carriedOn: 1, counts: { held: 3, submitted: 3 } });
    expect(tuesday.counts).toEqual({ announced: 0, submitted: 2, held: 3 });
    const item = tuesday.items.find(({ paper }) => paper.id === lateId)!;
    expect(item).toMatchObject({
      rank: 2,
      carriedFrom: "2026-05-11",
      enteredAt: "2026-05-12T07:00:00.000Z",
      votes: 4,
      reason: "carried over from 11 May: 4 votes by 08:30 UTC",
    });
    expect(tuesday.items.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const week = await found(db, "2026-W20");
    expect(idsOf(week).filter((id) => id === lateId)).toHaveLength(1);
    expect(week.counts.held).toBe(6);
    expect(await page(db, "2026-05-11", at, later)).toBe(before);
  });

  test("put forward again for the day itself, it is the day's own", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 1));
    await saveDay(db, "2026-05-11", [{ id: "2605.55555" }], "2026-05-12T07:00:00.000Z");
    await saveDay(db, "2026-05-12", [{ id: "2605.55555", votes: 1 }]);
    expect((await found(db, "2026-05-12")).items).toMatchObject([{ carriedFrom: null }]);
    expect(idsOf(await found(db, "2026-05-11"))).toHaveLength(1);
  });
});
