import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openDatabase } from "../database/database.ts";
import { readModel } from "../search/meaning/model-file.ts";
import { trainBeside } from "./train-beside.ts";
import { isTrainingDue } from "./train-own.ts";

test("due when the papers are enough for a model of their own, then when they have grown by a quarter", () => {
  const shipped = { own: false, trainedOn: 95_369 };
  expect(isTrainingDue(shipped, 19_999)).toBe(false);
  expect(isTrainingDue(shipped, 20_000)).toBe(true);
  const own = { own: true, trainedOn: 20_000 };
  expect(isTrainingDue(own, 24_999)).toBe(false);
  expect(isTrainingDue(own, 25_000)).toBe(true);
  // What is drawn of more papers never grows.
  expect(isTrainingDue({ own: true, trainedOn: 190_000 }, 3_000_000)).toBe(false);
});

test("a thread beside trains and writes the model; one that is stopped keeps what it has learnt", async () => {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-train-beside-"));
  const database = { folder };
  const db = await openDatabase(database);
  await saveDay(db, "2026-05-12", papersOf("2026-05-12", 120));
  await db.destroy();
  const file = join(folder, "meaning", "papers.model");
  const task = { database, file, settings: { seed: 1, epochs: 2 }, threads: 1 };
  const stopped = new AbortController();
  const broken = trainBeside(task, stopped.signal);
  stopped.abort();
  await expect(broken).rejects.toMatchObject({ code: "interrupted" });
  expect(readdirSync(join(folder, "meaning"))).not.toContain("papers.model");
  const trained = await trainBeside(task, new AbortController().signal);
  expect(trained).toMatchObject({ epochs: 2, seed: 1, papers: 120 });
  expect((await readModel(file)).facts.id).toBe(trained.id);
  expect(readdirSync(join(folder, "meaning"))).toEqual(["papers.model"]);
});
