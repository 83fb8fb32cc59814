// The real corpora, where they lie: every entry is taken, papers that several sources bring are one, and again is nothing new.
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/database/database.ts";
import { importFiles } from "../../src/harvest/import.ts";
import { countPapers, listChanges } from "../../src/papers/papers-store.ts";
import { sharedSamples } from "../support/shared-samples.ts";
import { conferencePaper, testFolder, writeTestFile } from "../support/world-files.ts";

const seeds = sharedSamples("seeds", "importing the listing pages");
const daily = sharedSamples("corpus/hf-daily", "importing the daily papers");
const conferences = sharedSamples("corpus/conference-papers.jsonl.gz", "importing the conference lists");
const quirks = sharedSamples("quirks.json", "importing odd titles");

const clock = () => new Date();

function pathsOf(folder: string, names: string[]): string[] {
  return names.map((name) => join(process.env.BROADSHEET_SHARED ?? "../shared", folder, name));
}

async function openFresh() {
  const db = await openDatabase({ folder: testFolder() });
  const bringIn = (paths: string[]) => importFiles(db, { paths, origin: "import", clock });
  return { db, bringIn, [Symbol.asyncDispose]: () => db.destroy() };
}

test.skipIf(seeds.missing)("the five listing pages: 546 entries, 484 papers", async () => {
  await using world = await openFresh();
  const paths = pathsOf("seeds", seeds.names());
  const report = await world.bringIn(paths);
  expect(report).toMatchObject({ read: 546, added: 484, merged: 0, unchanged: 0, updated: 62, rejected: 0 });
  expect(report.files.map((file) => file.read)).toEqual([121, 119, 119, 68, 119]);
  expect(await world.bringIn(paths)).toMatchObject({ read: 546, unchanged: 546 });
});

test.skipIf(seeds.missing || daily.missing || conferences.missing)(
  "the three corpora together make about 95,830 papers, whatever comes first",
  async () => {
    await using world = await openFresh();
    const ofDays = await world.bringIn(pathsOf("corpus/hf-daily", daily.names()));
    expect(ofDays).toMatchObject({ read: 8_207, added: 8_206, updated: 1, rejected: 0 });
    const ofLists = await world.bringIn(pathsOf("seeds", seeds.names()));
    expect(ofLists).toMatchObject({ read: 546, added: 427, merged: 57, rejected: 0 });
    const printed = pathsOf("corpus", ["conference-papers.jsonl.gz"]);
    expect(await world.bringIn(printed)).toMatchObject({ read: 87_326, updated: 0, rejected: 0 });
    const papers = await countPapers(world.db);
    // The 187 pairs were read one by one when this was written: each is one paper (TÜLU 3 = Tulu 3 among them).
    expect(papers).toBe(95_829);
    expect(await world.bringIn(printed)).toMatchObject({ read: 87_326, unchanged: 87_326 });
  },
  900_000,
);

test.skipIf(quirks.missing)("odd titles come in as they are, each its own paper", async () => {
  await using world = await openFresh();
  const odd = (JSON.parse(quirks.text()) as { field: string; value: unknown }[])
    .filter((quirk) => quirk.field === "title" && typeof quirk.value === "string")
    .map((quirk) => String(quirk.value));
  expect(odd.length).toBeGreaterThan(30);
  const lines = odd.map((title, i) =>
    JSON.stringify({ ...conferencePaper(i), title, authors: [`Ada Number${i}`] }),
  );
  const file = writeTestFile(testFolder(), "odd.jsonl", `${lines.join("\n")}\n`);
  expect(await world.bringIn([file])).toMatchObject({ added: odd.length, rejected: 0 });
  const held = (await listChanges(world.db, 0, 1_000)).map((change) => change.paper!.title);
  expect(held.map((title) => title.trim())).toEqual(odd.map((title) => title.trim()));
});
