// The polite fetcher as a guest of the archive: days of asking everything, with trouble on the way.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/database/database.ts";
import { createPoliteFetcher, type FetchOutcome } from "../../../src/harvest/polite-fetch.ts";
import { startArchive } from "./server.ts";
import { createSimulatedClock } from "./simulated-clock.ts";
import { followedCategories, setOf } from "./taxonomy.ts";
import { createWorld } from "./world.ts";

test("keeps its distance on every lane over days, and goes on after refusals", async () => {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-guest-"));
  const world = createWorld({ seed: 2, from: "2026-10-30", until: "2026-11-03", papersPerDay: 3 });
  const time = createSimulatedClock("2026-10-30T05:00:00Z");
  await using archive = await startArchive({
    world,
    clock: time.clock,
    faults: [
      { kind: "unavailable", route: "listing", category: "cs.LG", times: 2 },
      { kind: "too-many-requests", route: "rss", retryAfterSeconds: 300 },
      { kind: "cut-connection", route: "oai" },
    ],
  });
  await using db = {
    value: await openDatabase({ folder }),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
  };
  await using fetcher = createPoliteFetcher({
    db: db.value,
    clock: time.clock,
    sleep: time.sleep,
    version: "1",
    contact: "owner@example.org",
    allowPrivate: [archive.base],
    random: () => 0.5,
  });
  const ask = (source: string, path: string) =>
    fetcher.fetchPolitely({
      source,
      url: archive.base + path,
      maxBytes: 5_000_000,
      timeoutMs: 60_000,
      allowedHosts: [],
    });
  const kinds = new Map<FetchOutcome["kind"], number>();
  for (let hour = 0; hour < 96; hour += 6) {
    const outcomes = await Promise.all(
      followedCategories.flatMap((category) => [
        ask("arxiv-listing", `/list/${category}/new`),
        ask("arxiv-rss", `/rss/${category}`),
        ask(
          "arxiv-oai",
          `/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-10-30&set=${setOf(category)}`,
        ),
      ]),
    );
    for (const { kind } of outcomes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    time.advanceTo(new Date(Date.UTC(2026, 9, 30, 11 + hour)));
  }
  await db.value.destroy();
  expect(archive.faults.struck().map(({ times }) => times)).toEqual([2, 1, 1]);
  expect(archive.closestMs("arxiv-export")).toBeGreaterThanOrEqual(3_000);
  expect(archive.closestMs("arxiv-web")).toBeGreaterThanOrEqual(15_000);
  expect([archive.mostAtOnce("arxiv-export"), archive.mostAtOnce("arxiv-web")]).toEqual([1, 1]);
  // 240 asked; those who stood behind a refusal were told to wait without asking.
  expect(kinds.get("failed")).toBe(1);
  expect(kinds.get("ok")! + kinds.get("pausedUntil")! + 1).toBe(240);
  expect(archive.requests.length).toBe(kinds.get("ok")! + 4);
});
