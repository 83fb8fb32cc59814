import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { paperItem, save } from "../../test/support/world-papers.ts";
import type { Db } from "../database/dialect.ts";
import { getList, listLists } from "../papers/lists-store.ts";
import { countPapers, findPaper, listChanges } from "../papers/papers-store.ts";
import { exportAll } from "./export.ts";
import { isSampleWanted, loadSample, removeSample } from "./sample.ts";

const clock = () => new Date("2026-05-25T12:00:00.000Z");

async function exportText(db: Db): Promise<string> {
  return (await Array.fromAsync(exportAll(db))).join("");
}

describeOnBothDatabases("the sample", (open) => {
  test("fills an empty folder: days, votes and the founding collection, all marked as summaries", async () => {
    const db = await open();
    expect(await isSampleWanted(db)).toBe(true);
    const report = await loadSample(db, clock);
    expect(report).toMatchObject({ failed: false, rejected: 0 });
    expect(await isSampleWanted(db)).toBe(false);
    const founding = await getList(db, "founding", { limit: 100 });
    expect(founding.entries).toHaveLength(60);
    const papers = (await listChanges(db, 0, 1_000)).map((change) => change.paper!);
    expect(papers).toHaveLength(report.added);
    expect(papers.every((paper) => paper.abstractKind === "summary")).toBe(true);
    const days = await db.selectFrom("submissions").select("day").distinct().orderBy("day").execute();
    expect(days[0]!.day).toBe("2026-05-04");
    expect(days.at(-1)!.day).toBe("2026-05-22");
    expect(await loadSample(db, clock)).toMatchObject({ added: 0, updated: 0, merged: 0 });
  });

  test("goes without a trace, and does not come back by itself", async () => {
    const db = await open();
    const report = await loadSample(db, clock);
    expect(await removeSample(db, clock)).toEqual({ papersRemoved: report.added, papersKept: 0 });
    expect(await countPapers(db)).toBe(0);
    for (const table of [
      "identifiers",
      "paper_authors",
      "submissions",
      "signals",
      "lists",
      "list_entries",
      "merges",
    ] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    expect(await isSampleWanted(db)).toBe(false);
    expect(await removeSample(db, clock)).toEqual({ papersRemoved: 0, papersKept: 0 });
    const changes = await listChanges(db, 0, 1_000);
    expect(changes.filter((change) => change.paper === null)).toHaveLength(report.added);
    expect((await loadSample(db, clock)).added).toBe(report.added);
  });

  test("leaves what other sources say of its papers", async () => {
    const db = await open();
    await loadSample(db, clock);
    const id = "2605.00658";
    const hub = paperItem(
      {
        source: "hub",
        sourceId: id,
        identifiers: [{ scheme: "arxiv", value: id }],
        title: "Said by the Hub",
        abstract: "Their own words.",
        abstractKind: "abstract",
      },
      { submissions: [{ day: "2026-05-04", source: "hub", submitter: "Ada" }] },
    );
    expect((await save(db, [hub]))[0]!.kind).toBe("merged");
    expect(await removeSample(db, clock)).toMatchObject({ papersKept: 1 });
    expect(await findPaper(db, id)).toMatchObject({
      paper: {
        title: "Said by the Hub",
        abstract: "Their own words.",
        abstractKind: "abstract",
        authors: [],
      },
    });
    expect(await countPapers(db)).toBe(1);
    expect(await db.selectFrom("submissions").select(["day", "origin"]).execute()).toEqual([
      { day: "2026-05-04", origin: "import" },
    ]);
    expect(await db.selectFrom("merges").selectAll().execute()).toEqual([]);
    expect(await listLists(db)).toEqual([]);
  });

  test("brought back from an export is still the sample", async () => {
    const [db, copy] = [await open(), await open()];
    await loadSample(db, clock);
    const lines = (await exportText(db)).trimEnd().split("\n").slice(1);
    await save(
      copy,
      lines.map((line) => JSON.parse(line)),
    );
    expect(await countPapers(copy)).toBe(lines.length);
    await removeSample(copy, clock);
    expect(await countPapers(copy)).toBe(0);
    expect(await copy.selectFrom("signals").selectAll().execute()).toEqual([]);
  });

  test("loading that was cut short is wanted again", async () => {
    const db = await open();
    await db.insertInto("settings").values({ name: "sample", value: "loading" }).execute();
    await save(db, [paperItem()]);
    expect(await isSampleWanted(db)).toBe(true);
  });
});
