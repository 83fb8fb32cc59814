import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { subjects, tinyModel } from "../../test/support/tiny-model.ts";
import type { Db } from "../database/dialect.ts";
import { resetLibrary } from "./keeper.ts";
import { eraseKeeper, raiseRevision } from "./keepers-store.ts";
import { readTexts } from "./known-texts.ts";
import { addFollow, saveSettings } from "./library.ts";
import { insertMarks } from "./marks-store.ts";
import { FeatureReader } from "./taste/features.ts";
import { loadTastes } from "./tastes.ts";
import { keepTastes } from "./tastes-store.ts";

const now = "2026-05-12T12:00:00.000Z";
const reader = new FeatureReader(tinyModel());
const topics = Object.keys(subjects) as (keyof typeof subjects)[];

/** Twelve papers, topic after topic; their pks. */
async function savePapers(db: Db): Promise<number[]> {
  const papers = topics.flatMap((topic, t) =>
    [0, 1, 2, 3].map((i) => ({
      id: `2604.${10_000 + t * 10 + i}`,
      title: `On ${subjects[topic].split(" ")[i]} of ${topic}`,
      abstract: `We study ${subjects[topic]}.`,
    })),
  );
  await saveDay(db, "2026-04-01", papers);
  const rows = await db.selectFrom("papers").select("pk").orderBy("pk").execute();
  return rows.map(({ pk }) => pk);
}

async function fillLibraries(db: Db): Promise<string[]> {
  const pks = await savePapers(db);
  for (let r = 0; r < 55; r++) {
    const rows = [0, 3, 7, 8].map((k) => {
      const kind = k === 8 ? "less" : "save";
      return { paper_pk: pks[(r + k) % pks.length]!, kind, folder: "", marked_at: now };
    });
    await raiseRevision(db, `r${r}`, now);
    await insertMarks(db, `r${r}`, rows);
  }
  await saveSettings(db, "r1", { vetoes: { words: ["speech", "graph"], reasons: [`like:${pks[1]}`] } }, now);
  await addFollow(db, "follower", { kind: "category", value: "cs.CL" }, now);
  return ["follower", ...Array.from({ length: 55 }, (_, i) => `r${i}`)];
}

describeOnBothDatabases("the tastes of many readers", (open) => {
  test("are those that each alone would have, and are kept, where there is nothing to learn too", async () => {
    const db = await open();
    const keepers = await fillLibraries(db);
    const together = await loadTastes(db, keepers, { reader, now });
    expect(together.size).toBe(56);
    expect(together.get("r0")!.learned!.examples).toHaveLength(4);
    // One of the papers must not speak.
    expect(together.get("r1")!.learned!.examples).toHaveLength(3);
    expect(together.get("follower")).toMatchObject({
      learned: null,
      categories: new Map([["cs.cl", "cs.CL"]]),
    });
    const rows = await db.selectFrom("library_tastes").selectAll().orderBy("keeper").execute();
    expect(rows).toHaveLength(56);
    expect(await loadTastes(db, keepers, { reader, now })).toEqual(together);
    await db.deleteFrom("library_tastes").where("keeper", "in", ["r0", "r1", "r54", "follower"]).execute();
    for (const keeper of ["r0", "r1", "r54", "follower"])
      expect((await loadTastes(db, [keeper], { reader, now })).get(keeper)).toEqual(together.get(keeper));
    expect(await db.selectFrom("library_tastes").selectAll().orderBy("keeper").execute()).toEqual(rows);
  });

  test("are not kept of who was erased, emptied or changed while they were learned", async () => {
    const db = await open();
    for (const keeper of ["gone", "emptied", "changed", "same"]) await raiseRevision(db, keeper, now);
    await eraseKeeper(db, "gone");
    await resetLibrary(db, "emptied", now);
    await raiseRevision(db, "changed", now);
    const row = { revision: 1, learned_with: reader.name, learned_at: now, taste: "null" };
    await keepTastes(
      db,
      ["gone", "emptied", "changed", "same"].map((keeper) => ({ keeper, ...row })),
    );
    const kept = await db.selectFrom("library_tastes").select("keeper").execute();
    expect(kept).toEqual([{ keeper: "same" }]);
  });

  test("know a paper's text until it changes", async () => {
    const db = await open();
    const [pk] = (await savePapers(db)) as [number];
    const read = async () => (await readTexts(db, reader, [pk, 9_999])).get(pk)!;
    const first = await read();
    expect(await read()).toBe(first);
    await saveDay(
      db,
      "2026-04-01",
      [{ id: "2604.10000", title: "A new title", abstract: "We study." }],
      "2026-04-02T09:00:00.000Z",
    );
    expect((await read()).title).toBe("A new title");
  });
});
