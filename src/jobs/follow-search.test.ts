import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { conferenceLines, testFolder, writeTestFile } from "../../test/support/world-files.ts";
import type { Db } from "../database/dialect.ts";
import { importFiles } from "../harvest/import.ts";
import type { Search, SearchChange } from "../search/search.ts";
import { followPapers } from "./follow-search.ts";

async function fill(db: Db, papers: number): Promise<void> {
  const file = writeTestFile(testFolder(), "a.jsonl", conferenceLines(papers));
  await importFiles(db, { paths: [file], origin: "import", clock: () => new Date("2026-05-12T12:00:00Z") });
}

/** Takes changes as the index does; loses everything once, after `losesAfter` pieces. */
function openFollower({ losesAfter = Number.POSITIVE_INFINITY, unwritten = 0 } = {}) {
  const held = new Set<number>();
  let changeNumber = 0;
  let flushes = 0;
  const pieces: number[] = [];
  const search = {
    get changeNumber() {
      return changeNumber;
    },
    get unwritten() {
      return flushes > 0 ? 0 : unwritten;
    },
    apply(changes: readonly SearchChange[], since: number) {
      if (since !== changeNumber) return;
      pieces.push(changes.length);
      for (const { key } of changes) held.add(key);
      changeNumber = changes.at(-1)!.changeNumber;
      if (pieces.length !== losesAfter) return;
      held.clear();
      changeNumber = 0;
    },
    async flush() {
      flushes++;
    },
  };
  return { search: search as unknown as Search, held, pieces, flushes: () => flushes };
}

describeOnBothDatabases("followPapers", (open) => {
  test("applies everything in order, in small pieces, and nothing the second time", async () => {
    const db = await open();
    await fill(db, 60);
    const { search, held, pieces } = openFollower();
    expect(await followPapers(db, search)).toBe(60);
    expect(held.size).toBe(60);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(25);
    expect(await followPapers(db, search)).toBe(0);
  });

  test("starts again when the index is lost in the middle", async () => {
    const db = await open();
    await fill(db, 60);
    const { search, held } = openFollower({ losesAfter: 2 });
    await followPapers(db, search);
    expect(held.size).toBe(60);
  });

  test("stops between two pieces, and writes what has piled up", async () => {
    const db = await open();
    await fill(db, 60);
    const stop = new AbortController();
    const { search, held, flushes } = openFollower({ unwritten: 1_000_000 });
    const following = followPapers(db, search, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(await following).toBe(60);
    expect(flushes()).toBe(1);
    stop.abort();
    held.clear();
    expect(await followPapers(db, search, { signal: stop.signal })).toBe(0);
  });
});
