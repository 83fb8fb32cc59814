// arXiv's feed of the day of a category: the second word on what was announced, and the first where the listing fails.
import { type Day, type Instant, minutesAfter } from "../lib/clock.ts";
import { lastAnnouncement } from "../sources/arxiv-announcements.ts";
import { type ArxivRss, parseArxivRss } from "../sources/arxiv-rss.ts";
import { ask } from "./harvest-ask.ts";
import { isStale, withoutRepeats } from "./harvest-repeats.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { isComplete } from "./ledger-state.ts";
import { findLedgerRow, listKnownAnnouncements } from "./ledger-store.ts";
import { feedAt, nextFeed } from "./plan.ts";
import type { Stream, Visited, Work } from "./sources.ts";

const source = "arxiv-rss";
const retryMinutes = 30;
/** A feed has so many items at most; one that is full may have left some out. */
const fullFeed = 2_000;

export function feedStream(category: string): Stream {
  const name = `${source} ${category}`;
  return { name, lane: "arxiv-export", source: "arxiv", visit: (work) => visit(work, category) };
}

async function visit(work: Work, category: string): Promise<Visited> {
  const now = work.clock();
  const { day } = lastAnnouncement(now.toISOString());
  if (feedAt(day) > now.toISOString())
    return { ok: true, early: true, message: `The feed of ${day} is not due yet.`, nextAt: feedAt(day) };
  const outcome = await readFeed(work, { category, day });
  if (outcome.resting) return { ok: false, resting: true, message: outcome.message, nextAt: outcome.until! };
  // The feed of a day is gone when the next day begins in New York.
  const again = [outcome.until ?? minutesAfter(work.clock(), retryMinutes), nextFeed(now)].sort()[0]!;
  return { ok: outcome.ok, message: outcome.message, nextAt: outcome.settled ? nextFeed(now) : again };
}

interface Outcome {
  ok: boolean;
  resting?: boolean;
  message: string;
  /** Nothing more is to be had from this day's feed. */
  settled: boolean;
  until?: Instant | null;
}

interface Place {
  category: string;
  day: Day;
}

async function readFeed(work: Work, place: Place): Promise<Outcome> {
  const { category, day } = place;
  const url = `${work.settings.arxivRssUrl}/rss/${encodeURIComponent(category)}`;
  const reply = await ask(work, { source, url, accept: "application/rss+xml" });
  if (reply.kind === "resting")
    return { ok: false, resting: true, settled: false, message: reply.message, until: reply.until };
  if (reply.kind === "trouble") return missed(work, place, { message: reply.message, until: reply.until });
  if (reply.kind === "unchanged") return missed(work, place, { message: "The feed answered 304 unasked." });
  const feed = parseArxivRss(reply.body);
  if (!feed.ok) {
    const why = feed.kind === "refused" ? feed.message : feed.reason;
    return missed(work, place, { message: `The feed of ${category} cannot be read: ${why}.` });
  }
  if (feed.announcedOn !== day)
    return {
      ok: true,
      settled: false,
      message: `The feed of ${category} is of ${feed.announcedOn}, not of ${day}.`,
    };
  return feed.entries.length + feed.rejected.length === 0
    ? emptyFeed(work, place)
    : saveFeed(work, place, feed);
}

/** Trouble with the feed matters to the day only while the listing did not tell of it. */
async function missed(
  work: Work,
  { category, day }: Place,
  { message, until = null }: { message: string; until?: Instant | null },
): Promise<Outcome> {
  const key = { source: "arxiv", category, day };
  const now = work.clock().toISOString();
  await work.db.transaction().execute(async (trx) => {
    const row = await findLedgerRow(trx, key);
    if (row !== null && row.received > 0) return;
    await enterLook(trx, key, { look: { outcome: "failed", route: "feed", trouble: message }, now });
  });
  return { ok: false, settled: false, message, until };
}

/** Either nothing was announced, or the feed was made too early: only where the listing shows nothing is it believed. */
async function emptyFeed(work: Work, { category, day }: Place): Promise<Outcome> {
  const key = { source: "arxiv", category, day };
  const now = work.clock().toISOString();
  return work.db.transaction().execute(async (trx) => {
    const row = await findLedgerRow(trx, key);
    if (row !== null && row.received > 0)
      return { ok: true, settled: isComplete(row), message: `The feed of ${category} is empty on ${day}.` };
    await enterLook(trx, key, { look: { outcome: "quiet", route: "feed", announced: 0, whole: true }, now });
    return { ok: true, settled: false, message: `The feed of ${category} has nothing for ${day}.` };
  });
}

async function saveFeed(work: Work, place: Place, feed: ArxivRss): Promise<Outcome> {
  const { category, day } = place;
  const key = { source: "arxiv", category, day };
  const now = work.clock().toISOString();
  const ids = feed.entries.map(({ id }) => id);
  const outcome = await work.db.transaction().execute(async (trx): Promise<Outcome> => {
    const known = await listKnownAnnouncements(trx, ids, key);
    const items = feed.entries.map(({ id, item }) => ({ id, item }));
    if (isStale(items, known, day)) {
      const message = `The feed of ${category} is stamped ${day} and holds the batch before.`;
      await enterLook(trx, key, { look: { outcome: "previous", route: "feed", trouble: message }, now });
      return { ok: false, settled: false, message };
    }
    const row = await findLedgerRow(trx, key);
    const fresh = withoutRepeats(items, known, day);
    const outcomes = await saveHarvested(trx, fresh, now);
    const added = fresh.length - known.filter((one) => one.day === day).length;
    const look: Look = {
      outcome: "batch",
      route: "feed",
      whole: ids.length < fullFeed,
      rejected: feed.rejected.length + outcomes.filter(({ kind }) => kind === "rejected").length,
      ...(row !== null && isComplete(row) && row.route === "listing" ? {} : { announced: fresh.length }),
      ...(row !== null && isComplete(row) && added > 0
        ? { trouble: `the feed has ${added} papers that the listing left out` }
        : {}),
    };
    await enterLook(trx, key, { look, now });
    return {
      ok: true,
      settled: true,
      message: `The feed of ${category} for ${day} is here: ${ids.length} entries.`,
    };
  });
  work.onPage?.(`${source} ${category}`, ids.length);
  return outcome;
}
