// Plain feeds of journals that the owner named: whatever each holds at the moment, a few times a day, only when it changed.
import { addDays, type Day, dayOf, type Instant, minutesAfter } from "../lib/clock.ts";
import type { Announcement, SourceItem } from "../papers/paper.ts";
import { type Feed, parseFeed } from "../sources/feed.ts";
import { ask } from "./harvest-ask.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { findLedgerRow, listPlacedIds } from "./ledger-store.ts";
import { retryAt } from "./plan.ts";
import type { HarvestSettings, Source, Stream, Visited, Work } from "./sources.ts";

const beatMinutes = 4 * 60;
/** Entries with older dates are taken; the account of their days is not begun any more. */
const accountedDays = 30;

/** A feed has no past: a stretch of days brings what it holds now. */
export const feedsSource: Source = {
  name: "feeds",
  title: "Feeds of journals",
  accounts: ({ feeds }) => feeds,
  streams: listFeedStreams,
  rangeStreams: listFeedStreams,
};

function listFeedStreams({ feeds }: HarvestSettings): Stream[] {
  return feeds.map((url) => ({
    name: `feed ${url}`,
    // Each host has a lane of its own.
    lane: new URL(url).host,
    source: "feeds",
    visit: (work, position) => visitFeed(work, url, position as Position | null),
  }));
}

interface Position {
  etag: string | null;
}

async function visitFeed(work: Work, url: string, position: Position | null): Promise<Visited> {
  const name = `feed ${url}`;
  const reply = await ask(work, { source: name, url, accept: feedTypes, etag: position?.etag ?? undefined });
  const nextAt = minutesAfter(work.clock(), beatMinutes);
  if (reply.kind === "resting")
    return { ok: false, resting: true, message: reply.message, nextAt: reply.until };
  if (reply.kind === "unchanged") {
    await work.db
      .transaction()
      .execute((trx) => enterDays(trx, url, { counts: new Map(), now: work.clock() }));
    return { ok: true, message: "Nothing new.", nextAt };
  }
  if (reply.kind === "trouble") return troubled(work, url, { message: reply.message, until: reply.until });
  if (reply.kind === "refused") return troubled(work, url, { message: reply.message });
  const feed = parseFeed(reply.body, reply.url);
  if (!feed.ok) return troubled(work, url, { message: `It cannot be read: ${feed.reason}.` });
  await keepFeed(work, url, { feed, etag: reply.etag });
  work.onPage?.(name, feed.items.length);
  const refused = feed.rejected.length > 0 ? `, ${feed.rejected.length} could not be taken` : "";
  return { ok: true, message: `${feed.items.length} entries${refused}.`, nextAt };
}

const feedTypes = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml, text/xml";

async function troubled(
  work: Work,
  url: string,
  { message, until = null }: { message: string; until?: Instant | null },
): Promise<Visited> {
  const now = work.clock();
  const look: Look = { outcome: "failed", route: "feed", trouble: message };
  const key = { source: "feeds", category: url, day: dayOf(now) };
  await work.db.transaction().execute((trx) => enterLook(trx, key, { look, now: now.toISOString() }));
  const failures = (await findStream(work.db, `feed ${url}`))?.failures ?? 0;
  return { ok: false, message, nextAt: retryAt(now, until, failures) };
}

async function keepFeed(
  work: Work,
  url: string,
  { feed, etag }: { feed: Feed; etag: string | null },
): Promise<void> {
  const now = work.clock();
  const today = dayOf(now);
  await work.db.transaction().execute(async (trx) => {
    const ids = feed.items.map(idOf);
    const placed = await listPlacedIds(trx, ids, { source: "feeds", category: url });
    const items = feed.items.map((item) => place(item, { url, today, known: placed.has(idOf(item)) }));
    const outcomes = await saveHarvested(trx, items, now.toISOString());
    const taken = items.filter((_, i) => outcomes[i]!.kind !== "rejected");
    const days = taken.flatMap(({ announcements }) => announcements.map(({ day }) => day));
    const counts = new Map<Day, number>();
    for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
    const rejected = feed.rejected.length + items.length - taken.length;
    await enterDays(trx, url, { counts, rejected, now });
    await savePosition(trx, `feed ${url}`, { etag } satisfies Position);
  });
}

function idOf({ records }: SourceItem): string {
  return records[0]!.sourceId;
}

/** On the day of its date; one without a date, or with that of an issue to come, on the day it is first seen. */
function place(
  item: SourceItem,
  { url, today, known }: { url: string; today: Day; known: boolean },
): SourceItem {
  const { publishedOn, updatedOn } = item.records[0]!;
  const at = (day: Day, kind: Announcement["kind"]): Announcement => ({
    source: "feeds",
    category: url,
    day,
    kind,
  });
  const dated = publishedOn !== undefined && publishedOn <= today;
  const announcements = dated ? [at(publishedOn, "new")] : known ? [] : [at(today, "new")];
  const since = announcements[0]?.day ?? "";
  if (updatedOn !== undefined && updatedOn <= today && dated && updatedOn > since)
    announcements.push(at(updatedOn, "replacement"));
  return { ...item, announcements };
}

/** The rows of the days the feed has something of, and of those that were waiting for its word. */
async function enterDays(
  trx: Work["db"],
  url: string,
  { counts, rejected = 0, now }: { counts: ReadonlyMap<Day, number>; rejected?: number; now: Date },
): Promise<void> {
  const today = dayOf(now);
  for (let day = addDays(today, -accountedDays); day <= today; day = addDays(day, 1)) {
    const key = { source: "feeds", category: url, day };
    const known = await findLedgerRow(trx, key);
    // Days that were looked at and answered need no more words; what could not be asked then is answered now.
    if (day < today && !counts.has(day) && known?.look !== "failed") continue;
    const outcome = counts.has(day) || (known?.received ?? 0) > 0 ? "batch" : "previous";
    const look: Look = { outcome, route: "feed", ...(day === today ? { rejected } : {}) };
    await enterLook(trx, key, { look, now: now.toISOString() });
  }
}
