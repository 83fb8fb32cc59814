// A whole harvester over the archive on this machine and a simulated clock: days pass as fast as the requests go.

import type { Db } from "../../src/database/dialect.ts";
import { harvestDue, nextDue } from "../../src/harvest/harvest.ts";
import { createPoliteFetcher } from "../../src/harvest/polite-fetch.ts";
import type { HarvestSettings, Work } from "../../src/harvest/sources.ts";
import { lastAnnouncement } from "../../src/sources/arxiv-announcements.ts";
import type { Archive } from "./archive/server.ts";
import type { SimulatedClock } from "./archive/simulated-clock.ts";

export function settingsFor(
  { base }: Pick<Archive, "base">,
  more: Partial<HarvestSettings> = {},
): HarvestSettings {
  return {
    categories: ["cs.CL"],
    sources: ["arxiv"],
    arxivUrl: base,
    arxivOaiUrl: `${base}/oai`,
    arxivRssUrl: base,
    arxivApiUrl: `${base}/api/query`,
    hubUrl: base,
    biorxivUrl: base,
    aclUrl: base,
    aclListUrl: `${base}/`,
    feeds: [],
    ...more,
  };
}

/** What a visit works with; dispose of the fetcher. */
export function openWork(
  db: Db,
  archive: Pick<Archive, "base">,
  time: SimulatedClock,
  more: Partial<HarvestSettings> = {},
): Work {
  let state = 7;
  // A small generator with a seed, so that back-offs are the same in every run.
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const fetcher = createPoliteFetcher({
    db,
    clock: time.clock,
    sleep: time.sleep,
    version: "test",
    contact: "owner@example.org",
    allowPrivate: [archive.base],
    random,
  });
  return { db, clock: time.clock, fetcher, settings: settingsFor(archive, more) };
}

/** Lets days pass as `serve` would: visits what is due; in the hours after an announcement looks in every ten minutes. */
export async function passTime(
  work: Work,
  time: SimulatedClock,
  { until, onStep }: { until: string; onStep?: () => Promise<void> },
): Promise<void> {
  while (time.clock().toISOString() < until) {
    await harvestDue(work);
    await onStep?.();
    const now = time.clock().getTime();
    const due = await nextDue(work);
    const sinceDue = now - Date.parse(lastAnnouncement(time.clock().toISOString()).at);
    const beat = sinceDue < 70 * 60_000 ? 10 * 60_000 : 4 * 3_600_000;
    time.advanceTo(new Date(Math.max(now + 30_000, Math.min(now + beat, due ? Date.parse(due) : Infinity))));
  }
}
