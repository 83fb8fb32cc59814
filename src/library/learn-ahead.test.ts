import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { subjects, tinyModel } from "../../test/support/tiny-model.ts";
import type { Db } from "../database/dialect.ts";
import { AppError } from "../lib/errors.ts";
import { raiseRevision } from "./keepers-store.ts";
import { learnAhead } from "./learn-ahead.ts";
import { insertMarks } from "./marks-store.ts";
import { FeatureReader } from "./taste/features.ts";
import { loadTastes } from "./tastes.ts";

const marked = "2026-05-12T06:00:00.000Z";
const reader = new FeatureReader(tinyModel());
const { signal } = new AbortController();

async function save(db: Db, keeper: string, paperPk: number, at: string): Promise<void> {
  await raiseRevision(db, keeper, at);
  await insertMarks(db, keeper, [{ paper_pk: paperPk, kind: "save", folder: "", marked_at: at }]);
}

async function fill(db: Db, keepers: readonly string[]): Promise<number[]> {
  const papers = Object.values(subjects).map((words, i) => {
    return { id: `2604.1000${i}`, title: words, abstract: `We study ${words}.` };
  });
  await saveDay(db, "2026-04-01", papers);
  const pks = (await db.selectFrom("papers").select("pk").orderBy("pk").execute()).map(({ pk }) => pk);
  for (const [i, keeper] of keepers.entries()) await save(db, keeper, pks[i % pks.length]!, marked);
  return pks;
}

const at = (time: string, from = reader) => ({ clock: () => new Date(time), reader: () => from });

describeOnBothDatabases("tastes learned ahead", (open) => {
  test("are those that would be learned when asked for, each once, and again when something has changed", async () => {
    const db = await open();
    const pks = await fill(db, ["a", "b", "c", "d", "e", "f", "g"]);
    const noon = "2026-05-12T12:00:00.000Z";
    expect(await learnAhead({ db, ...at(noon) }, signal)).toBe(7);
    const rows = await db.selectFrom("library_tastes").selectAll().orderBy("keeper").execute();
    expect(rows.map(({ keeper }) => keeper)).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    await db.deleteFrom("library_tastes").execute();
    await loadTastes(db, ["a", "b", "c", "d", "e", "f", "g"], { reader, now: noon });
    expect(await db.selectFrom("library_tastes").selectAll().orderBy("keeper").execute()).toEqual(rows);
    expect(await learnAhead({ db, ...at(noon) }, signal)).toBe(0);
    await save(db, "b", pks[2]!, noon);
    // Whoever marks papers now is waited for.
    expect(await learnAhead({ db, ...at("2026-05-12T12:00:30.000Z") }, signal)).toBe(0);
    expect(await learnAhead({ db, ...at("2026-05-12T12:05:00.000Z") }, signal)).toBe(1);
    // Before a week is over all are learned again; and with another model.
    expect(await learnAhead({ db, ...at("2026-05-18T13:00:00.000Z") }, signal)).toBe(7);
    const other = new FeatureReader({ ...reader.model, facts: { ...reader.model.facts, id: "another" } });
    expect(await learnAhead({ db, ...at("2026-05-18T14:00:00.000Z", other) }, signal)).toBe(7);
  });

  test("wait for whoever ends the program, and for a model", async () => {
    const db = await open();
    await fill(db, ["a", "b", "c", "d", "e", "f", "g"]);
    const ending = new AbortController();
    const clock = () => {
      // Asked a second time with the first few keepers.
      if (asked++ > 0) ending.abort();
      return new Date("2026-05-12T12:00:00.000Z");
    };
    let asked = 0;
    expect(await learnAhead({ db, clock, reader: () => reader }, ending.signal)).toBe(5);
    expect(await learnAhead({ db, ...at("2026-05-12T12:00:00.000Z") }, signal)).toBe(2);
    const missing = () => {
      throw new AppError("not-found", "There is no model.");
    };
    expect(await learnAhead({ db, clock, reader: missing }, signal)).toBe(0);
  });
});
