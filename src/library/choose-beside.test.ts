import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { subjects, tinyModel } from "../../test/support/tiny-model.ts";
import type { Db } from "../database/dialect.ts";
import { openChoosing } from "./choose-beside.ts";
import { raiseRevision } from "./keepers-store.ts";
import { addFollow, saveSettings } from "./library.ts";
import { insertMarks } from "./marks-store.ts";
import { openPicks } from "./pick-for-many.ts";
import type { PickTask } from "./pick-one.ts";
import type { CandidatePaper } from "./taste/candidates.ts";
import { FeatureReader } from "./taste/features.ts";

const now = "2026-05-12T12:00:00.000Z";
const topics = Object.keys(subjects) as (keyof typeof subjects)[];
const readers = Array.from({ length: 80 }, (_, r) => `r${r}`);

const candidates = topics.flatMap((topic, t) =>
  Array.from({ length: 8 }, (_, i): CandidatePaper => {
    const words = subjects[topic].split(" ");
    const paper = {
      pk: 1_000 + 10 * t + i,
      id: `c${t}.${i}`,
      titleText: `${words[i % words.length]} of ${topic}`,
      abstractText: `We study ${subjects[topic]}.`,
      authors: [{ name: i === 0 ? "Ada Lovelace" : `Author ${i}` }],
      categories: ["cs.LG"],
    };
    return { paper, day: "2026-05-12", votes: (i * 7) % 5 };
  }),
);

/** Each reader saves some papers, of unlike mixture; some follow, hide or will not hear of words. */
async function fillLibraries(db: Db): Promise<void> {
  const papers = topics.flatMap((topic, t) =>
    [0, 1, 2, 3].map((i) => ({
      id: `2604.${10_000 + t * 10 + i}`,
      title: `On ${subjects[topic].split(" ")[i]} of ${topic}`,
      abstract: `We study ${subjects[topic]}.`,
      authors: [`Unheard Name ${i}`],
    })),
  );
  await saveDay(db, "2026-04-01", papers);
  const rows = await db.selectFrom("papers").select("pk").orderBy("pk").execute();
  for (const [r, keeper] of readers.entries()) {
    const saved = [r, r + 3, r * 2 + 7].map((k) => rows[k % rows.length]!.pk);
    await raiseRevision(db, keeper, now);
    const marks = [...new Set(saved)].map((paper_pk) => ({
      paper_pk,
      kind: "save",
      folder: "",
      marked_at: now,
    }));
    await insertMarks(db, keeper, marks);
  }
  await addFollow(db, "r1", { kind: "author", value: "Ada Lovelace" }, now);
  await saveSettings(db, "r2", { vetoes: { words: ["graph"], reasons: ["outside"] } }, now);
}

describeOnBothDatabases("choosing in threads", (open) => {
  test("chooses what the main thread would, with the same reasons; what is damaged is learned anew", async () => {
    const db = await open();
    await fillLibraries(db);
    const wishes = readers.map((keeper, r) => ({
      keeper,
      had: new Set([1_000 + (r % 3)]),
      limit: 5 + (r % 7),
    }));
    const search = {
      search: () => {
        throw new Error("nobody follows a search");
      },
    };
    const context = { db, search, reader: () => new FeatureReader(tinyModel()) };
    const here = await openPicks(context, candidates, now)(wishes);
    const reader = new FeatureReader(tinyModel());
    const beside = { threads: 2, leastReaders: 10 };
    const chooseApart = openPicks({ ...context, reader: () => reader, beside }, candidates, now);
    const apart = await chooseApart(wishes);
    expect(apart).toEqual(here);
    expect(apart.every(({ picks }) => picks.length >= 4)).toBe(true);
    await db.updateTable("library_tastes").set({ taste: "{}" }).where("keeper", "=", "r5").execute();
    expect(await chooseApart(wishes)).toEqual(here);
    const { taste } = await db
      .selectFrom("library_tastes")
      .select("taste")
      .where("keeper", "=", "r5")
      .executeTakeFirstOrThrow();
    expect(taste.length).toBeGreaterThan(100);
  });
});

test("a thread that fails leaves its readers to others, and the next ones are chosen for by a new one", async () => {
  const choose = openChoosing(new FeatureReader(tinyModel()), { papers: candidates, now }, { threads: 1 });
  const task: PickTask = {
    taste: null,
    marks: [{ paper_pk: 1_001, kind: "hide" }],
    had: new Set(),
    limit: 3,
  };
  const broken = { ...task, marks: undefined as never };
  expect(await choose([task, broken], new Map())).toEqual([null, null]);
  expect(await choose([task], new Map())).toEqual([{ picks: [], hidden: new Set([1_001]) }]);
});
